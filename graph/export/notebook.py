"""The graph in Python: as networkx, pandas data frames, igraph, a pyvis page or a py2neo subgraph.

Each from a store or from a graph. Three of the libraries do not come with joinedup itself: igraph
is under the GPL and yours to install, pyvis and py2neo come with `joinedup[notebook]`.

>>> from graph.export.notebook import to_networkx, to_pandas
"""

from __future__ import annotations

import importlib
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from graph.errors import ExportError
from graph.export.contents import Contents, whole_characters
from graph.read.fact import Evidence
from graph.read.project import Graph, project
from graph.read.rows import Streams
from graph.schema.types import NODE_TYPES, RELATIONSHIP_TYPES

if TYPE_CHECKING:
    import igraph
    import pandas as pd
    import py2neo
    import pyvis.network

    from graph.export.contents import Exportable
    from graph.read.rows import Attributes


class Frames(NamedTuple):
    """A graph as tables."""

    nodes: pd.DataFrame
    """a row a thing, its id the index: label, labels, name, every known property, evidence"""
    links: pd.DataFrame
    """a row a link, its key the index: start_id, end_id, type, every known property, evidence"""
    documents: pd.DataFrame
    """a row a document that the facts rest on, its id the index: licence and attribution too"""


def to_networkx(source: Exportable) -> Graph:
    """A networkx.MultiDiGraph with the evidence of every fact; shaped as `graph.read.project`.

    A graph comes back as a copy of its own. Raises DatabaseError.
    """
    return project(source) if isinstance(source, Streams) else source.copy()


def to_pandas(source: Exportable) -> Frames:
    """Nodes, links and documents as data frames.

    Columns are those that are in use; what is unknown is missing (NaN or None). The document that
    states a fact is `document`. Raises DatabaseError.
    """
    import pandas as pd

    contents = Contents(source)
    nodes = [{"id": node_id, **values} for node_id, values in contents.read_nodes()]
    links = [
        {"key": key, "start_id": start, "end_id": end, **values}
        for start, end, key, values in contents.read_links()
    ]
    heads = (("id", "label", "labels", "name"), ("key", "start_id", "end_id", "type"), ("id",))
    frames = [
        pd.DataFrame(rows, columns=None if rows else list(head)).set_index(head[0])
        for rows, head in zip((nodes, links, contents.documents()), heads, strict=True)
    ]
    return Frames(*frames)


JOINER = "\N{WORD JOINER}"
EXTRA = "pip install 'joinedup[notebook]'"
_HREF = re.compile("(?<=h)(?=ref)", re.IGNORECASE)
_CDN = re.compile(
    r"<link\s[^>]*cdn\.jsdelivr\.net[^>]*>|<script\s[^>]*cdn\.jsdelivr\.net[^>]*>\s*</script>"
)
_ANGLES = str.maketrans({"<": "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}", ">": "\u203a"})


def to_igraph(source: Exportable) -> igraph.Graph:
    """A directed igraph.Graph with parallel edges: a vertex a thing, an edge a link.

    Vertices carry `id` and edges `key`, and both every known attribute with its evidence; what is
    unknown is None. Raises ExportError when igraph is not installed, and DatabaseError.
    """
    _needed("igraph", "pip install igraph (it is under the GPL)")
    import igraph

    contents = Contents(source)
    nodes = [{"id": node_id, **values} for node_id, values in contents.read_nodes()]
    vertex = {node["id"]: number for number, node in enumerate(nodes)}
    links = list(contents.read_links())
    result = igraph.Graph(directed=True)
    result.add_vertices(len(nodes), _columns(nodes))
    result.add_edges(
        [(vertex[start], vertex[end]) for start, end, _, _ in links],
        _columns([{"key": key, **values} for _, _, key, values in links]),
    )
    result["documents"] = contents.documents()
    return result


def _columns(rows: list[Attributes]) -> dict[str, list[Any]]:
    names = dict.fromkeys(name for row in rows for name in row)
    return {name: [row.get(name) for row in rows] for name in names}


def to_pyvis(source: Exportable, *, height: str = "700px") -> pyvis.network.Network:
    """A pyvis.network.Network whose page works offline; `show("page.html", notebook=False)`.

    Names are text and stay text: pyvis reads every title as HTML as soon as one of them contains
    the word href, so that word is broken by an invisible character, and angle brackets are drawn
    as ‹ and ›. Meant for some hundreds of things; export a page for more. Raises ExportError when
    pyvis is not installed, and DatabaseError.
    """
    _needed("pyvis", EXTRA)
    from pyvis.network import Network

    contents = Contents(source)
    page = Network(height=height, width="100%", directed=True, cdn_resources="in_line")
    for node_id, values in contents.read_nodes():
        cls = NODE_TYPES[values["label"]]
        page.add_node(
            _harmless(node_id),
            label=_harmless(values["name"]),
            title=_harmless(f"{values['name']}\n{values['label']}\n{_evidence(values)}"),
            color=cls.COLOUR,
        )
    for start, end, _, values in contents.read_links():
        reads = RELATIONSHIP_TYPES[values["type"]].READS
        role = f" ({values['role']})" if values.get("role") else ""
        title = _harmless(f"{reads}{role}\n{_evidence(values)}")
        page.add_edge(_harmless(start), _harmless(end), title=title, arrows="to")
    generate = page.generate_html
    page.generate_html = lambda *args, **options: _CDN.sub("", generate(*args, **options))
    return page


def _harmless(text: object) -> str:
    whole, _ = whole_characters(str(text))
    return _HREF.sub(JOINER, whole.translate(_ANGLES))


def _evidence(values: Attributes) -> str:
    names = ("document", "locator", "basis", "confidence")
    evidence = Evidence(key=None, **{name: values[name] for name in names})
    doubt = f" ({evidence.doubt})" if evidence.doubt else ""
    return f"{evidence.document}, {evidence.locator}{doubt}"


def to_py2neo(source: Exportable) -> py2neo.Subgraph:
    """A py2neo.Subgraph, to be written by `py2neo.Graph(…).create(subgraph)`.

    Nodes carry all their labels, `id` and every known property. py2neo keeps one relationship of
    a type between two nodes; where several facts say it, that one has the values of the surest,
    and `evidence` names the document, place, role, basis and confidence of each. Raises
    ExportError when py2neo is not installed, and DatabaseError.
    """
    _needed("py2neo", EXTRA)
    import py2neo

    contents = Contents(source)
    nodes = {
        node_id: py2neo.Node(*values["labels"], id=node_id, **_plain(values))
        for node_id, values in contents.read_nodes()
    }
    alike: dict[tuple[str, str, str], list[Attributes]] = defaultdict(list)
    for start, end, key, values in contents.read_links():
        alike[start, values["type"], end].append({"key": key, **values})
    links = []
    for (start, type_, end), facts in alike.items():
        facts.sort(key=lambda fact: (-fact["confidence"], fact["basis"] != "stated", fact["key"]))
        cited = [
            " · ".join(
                str(fact[name])
                for name in ("document", "locator", "role", "basis", "confidence")
                if name in fact
            )
            for fact in facts
        ]
        links.append(
            py2neo.Relationship(nodes[start], type_, nodes[end], **_plain(facts[0]), evidence=cited)
        )
    return py2neo.Subgraph(nodes.values(), links)


def _plain(values: Attributes) -> dict[str, Any]:
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in values.items()
        if name not in ("label", "labels", "type")
    }


def _needed(module: str, how: str) -> None:
    try:
        importlib.import_module(module)
    except ModuleNotFoundError:
        raise ExportError(f"{module} is not installed here: {how}") from None
