import json
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from graph.export.network_json import write_node_link
from graph.read.project import Graph, from_records
from tests.graph.export.awkward import CONTROL, awkward, complete, plain
from tests.graph.small import node, small


@pytest.mark.parametrize(
    "graph",
    [awkward(control=CONTROL), complete(), from_records([])],
    ids=["awkward", "complete", "empty"],
)
def test_networkx_reads_back_every_node_link_and_attribute(graph: Graph, tmp_path: Path) -> None:
    path = tmp_path / "graph.json"
    written = write_node_link(graph, path)
    back: Any = nx.node_link_graph(json.loads(path.read_text("utf-8")), edges="links")
    assert type(back) is nx.MultiDiGraph
    assert {each: back.nodes[each] for each in back} == {
        each: plain(graph.nodes[each]) for each in graph
    }
    assert {place: back.edges[place] for place in back.edges(keys=True)} == {
        place: plain(graph.edges[place]) for place in graph.edges(keys=True)
    }
    assert (written.nodes, written.links, written.notes) == (len(graph), len(graph.edges), ())


def test_it_is_what_networkx_itself_would_write(tmp_path: Path) -> None:
    graph = complete()
    write_node_link(graph, tmp_path / "g.json")
    ours = json.loads((tmp_path / "g.json").read_text("utf-8"))
    copy: Any = nx.MultiDiGraph()
    copy.add_nodes_from((each, plain(graph.nodes[each])) for each in sorted(graph))
    copy.add_edges_from((*place, plain(graph.edges[place])) for place in graph.edges(keys=True))
    theirs = nx.node_link_data(copy, edges="links")
    assert set(ours) == set(theirs)
    assert (ours["directed"], ours["multigraph"]) == (True, True)
    assert ours["nodes"] == theirs["nodes"]
    by_key = {link["key"]: link for link in theirs["links"]}
    assert {link["key"]: link for link in ours["links"]} == by_key
    assert len(ours["links"]) == len(by_key) == len(graph.edges)


def test_documents_carry_licence_and_attribution(tmp_path: Path) -> None:
    write_node_link(awkward(), tmp_path / "g.json")
    assert json.loads((tmp_path / "g.json").read_text("utf-8"))["graph"] == {
        "documents": [
            {
                "id": "uk/document/plan",
                "title": "The plan",
                "publisher": "Cabinet Office",
                "licence": "OGL 3.0",
                "attribution": "The plan (Cabinet Office). Licence: OGL 3.0.",
            },
            {"id": "uk/document/review", "attribution": "uk/document/review."},
        ]
    }


def test_half_a_character_is_replaced_and_reported(tmp_path: Path) -> None:
    graph = small(node("fund/f"))
    graph.nodes["uk/fund/f"]["name"] = "half \ud83d"
    written = write_node_link(graph, tmp_path / "g.json")
    assert written.notes == ("characters that UTF-8 cannot hold, replaced by \ufffd: 1",)
    assert "half \ufffd" in (tmp_path / "g.json").read_text("utf-8")
