"""Folding a graph changes nothing of its holders' betweenness."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analyses.fast_betweenness import fold

PAIRS = st.sets(st.tuples(st.integers(0, 6), st.integers(0, 9)), max_size=30)


def plain(holders: int, pairs: set[tuple[int, int]]) -> list[float]:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(f"h{number}" for number in range(holders))
    graph.add_edges_from((f"h{holder}", f"i{item}") for holder, item in pairs)
    found = nx.betweenness_centrality(graph, normalized=False)
    return [found[f"h{number}"] for number in range(holders)]


def folded(holders: int, items: int, pairs: set[tuple[int, int]]) -> list[float]:
    rows = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)
    values: list[float] = fold(holders, items, rows).betweenness().tolist()
    return values


@given(PAIRS)
def test_it_is_networkx_s_betweenness(pairs: set[tuple[int, int]]) -> None:
    assert folded(7, 10, pairs) == pytest.approx(plain(7, pairs), abs=1e-9)


def chain(holders: int) -> set[tuple[int, int]]:
    return {(n, n) for n in range(holders)} | {(n + 1, n) for n in range(holders - 1)}


def test_a_tree_is_all_fringe() -> None:
    rows = np.array(sorted(chain(30)), dtype=np.int64)
    assert fold(30, 30, rows).nodes == 0
    assert folded(30, 30, chain(30)) == pytest.approx(plain(30, chain(30)))


def test_items_of_the_same_holders_and_a_long_ring_between_fringes() -> None:
    ring = chain(20) | {(0, 19)}
    twins = {(holder, item) for holder in (0, 1) for item in range(20, 26)}
    fringe = {(5, 30), (5, 31), (20, 31), (20, 32), (21, 22)}
    pairs = ring | twins | fringe
    assert folded(22, 33, pairs) == pytest.approx(plain(22, pairs))
