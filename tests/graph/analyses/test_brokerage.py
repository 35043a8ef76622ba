from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given

from graph.analyses.brokerage import brokers
from graph.schema.model import Relationship
from tests.graph.small import answers, small
from tests.graph.strategies import responsibilities


def test_a_committee_makes_no_brokers_and_its_go_between_is_one() -> None:
    graph = small(
        *(answers(f"post/p{n}", "target/t/1") for n in range(4)),
        answers("post/p0", "target/t/2"),
        answers("post/q", "target/t/2"),
    )
    assert [(b.holder[3:], b.contacts, b.brokerage) for b in brokers(graph)] == [
        ("post/p0", 4, 3),
        ("post/p1", 3, 0),
        ("post/p2", 3, 0),
        ("post/p3", 3, 0),
        ("post/q", 1, 0),
    ]


@given(responsibilities())
def test_effective_size_is_that_of_networkx(said: list[Relationship]) -> None:
    graph = small(*said)
    contacts: nx.Graph[str] = nx.Graph()
    for item in {link.to_id for link in said}:
        holders = {link.from_id for link in said if link.to_id == item}
        contacts.add_edges_from((a, b) for a in holders for b in holders if a < b)
    theirs = nx.effective_size(contacts) if contacts else {}  # it refuses an empty graph
    assert {b.holder: b.effective_size for b in brokers(graph) if b.contacts} == {
        holder: pytest.approx(size, abs=1e-8) for holder, size in theirs.items()
    }
