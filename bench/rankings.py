"""Bottleneck measures and their resampling, beside plain NetworkX and the engines by hand."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import networkx as nx

from bench.environment import Bench
from bench.figures import Figure, Part, interleaved, no_slower, timed, times_faster
from graph.analyses import engine
from graph.analyses.rank_intervals import uncertain_ranking
from graph.read.project import Graph, from_records
from loaders.sample import folders
from tests.bundle_records import read_bundle

HOLDERS, ITEMS, LINKS = 3_000, 7_000, 50_000
PIVOTS = 100
"""nodes from which NetworkX is measured where it is not measured in full"""
RESAMPLES = 100

Pairs = list[tuple[int, int]]


def bottlenecks(bench: Bench) -> Part:
    """Betweenness, articulation points, bridges and blocks of one large graph."""
    part = Part(
        "bottlenecks",
        f"all measures of {HOLDERS + ITEMS:,} holders and items with {LINKS:,} links, exact",
        "the same measures by plain NetworkX; by rustworkx and by igraph called by hand on the "
        "list of links, building their graphs included",
    )
    graph, pairs = two_mode(bench.seed)
    works: list[Callable[[], object]] = [lambda: ours(graph), lambda: by_rustworkx(pairs)]
    names = ["rustworkx by hand"]
    if find_spec("igraph"):
        works.append(lambda: by_igraph(pairs))
        names.append("igraph by hand")
    else:
        part.notes.append("igraph is not installed, so it was not measured.")
    taken = interleaved(works, min(3, bench.repetitions))
    if bench.full:
        plain = timed(lambda: by_networkx(graph, None))
        part.notes.append("NetworkX was measured once, in full.")
    else:
        some = timed(lambda: nx.betweenness_centrality(graph, k=PIVOTS, seed=bench.seed))
        rest = timed(lambda: by_networkx(graph, 0))
        plain = rest + some * len(graph) / PIVOTS
        part.notes.append(
            f"NetworkX's betweenness was measured from {PIVOTS} of {len(graph):,} nodes and scaled "
            "up, which its time allows: it is a sum over nodes. --full measures it whole."
        )
    part.figures.append(times_faster("beside NetworkX", taken[0], [plain], 20))
    for name, samples in zip(names, taken[1:], strict=True):
        part.figures.append(no_slower(f"beside {name}", taken[0], samples, 1.5))
    return part


def resampling(bench: Bench) -> Part:
    """The ranking of the sample's holders with its uncertainty."""
    cores = os.cpu_count()
    part = Part(
        "resampling",
        f"betweenness of the sample's holders, resampled; {cores} cores",
        "the same through plain NetworkX, one core, on fewer resamplings",
    )
    graph = from_records(record for folder in folders() for record in read_bundle(folder).records)
    fast = timed(lambda: resample(graph, RESAMPLES)) / RESAMPLES
    with engine.using(engine.PLAIN):
        slow = timed(lambda: resample(graph, 5)) / 5
    part.figures += [
        times_faster("one resampling", [fast], [slow], 10),
        Figure("1,000 resamplings, by that", "s", [1_000 * fast], [1_000 * slow]),
    ]
    return part


def resample(graph: Graph, times: int) -> object:
    """Rank with uncertainty, without asking which link tips the first five."""
    return uncertain_ranking(graph, uncertainty=0.1, resamples=times, tips=False)


def two_mode(seed: int) -> tuple[nx.Graph[int], Pairs]:
    """A random graph of holders and items in which few have most of the links."""
    draw = random.Random(seed)
    found: set[tuple[int, int]] = set()
    while len(found) < LINKS:
        holder = int(HOLDERS * draw.random() ** 2.5)
        found.add((holder, HOLDERS + int(ITEMS * draw.random() ** 1.5)))
    pairs = sorted(found)
    return engine.graph_of(HOLDERS + ITEMS, pairs), pairs


def ours(graph: nx.Graph[int]) -> list[Any]:
    """Every measure, through the interface that the analyses use."""
    return [
        engine.betweenness(graph),
        engine.cut_nodes(graph),
        engine.bridges(graph),
        engine.blocks(graph),
    ]


def by_networkx(graph: nx.Graph[int], pivots: int | None) -> list[Any]:
    """The same by NetworkX; with 0 pivots all but betweenness."""
    measures: Any = nx
    return [
        measures.betweenness_centrality(graph, normalized=False) if pivots is None else {},
        set(measures.articulation_points(graph)),
        list(measures.bridges(graph)),
        list(measures.biconnected_components(graph)),
    ]


def by_rustworkx(pairs: Pairs) -> list[Any]:
    """The same by rustworkx, called by hand."""
    import rustworkx as rx

    made: Any = rx.PyGraph(multigraph=False)
    made.add_nodes_from(range(HOLDERS + ITEMS))
    made.add_edges_from_no_data(pairs)
    return [
        dict(rx.betweenness_centrality(made, normalized=False)),
        set(rx.articulation_points(made)),
        list(rx.bridges(made)),
        rx.biconnected_components(made),
    ]


def by_igraph(pairs: Pairs) -> list[Any]:
    """The same by igraph, called by hand; a peer only, since it is under the GPL."""
    from importlib import import_module

    made = import_module("igraph").Graph(HOLDERS + ITEMS, pairs)
    return [
        made.betweenness(),
        made.articulation_points(),
        made.bridges(),
        list(made.biconnected_components()),
    ]
