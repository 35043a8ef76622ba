"""Heavy measures on a fast engine, and the thread pool that repeats them on all cores.

Only this module knows which engine it is. Callers pass NetworkX graphs and get what NetworkX would
give, to 1e-9. What runs is rustworkx, on all cores
(docs/decisions/0011-rustworkx-for-heavy-measures.md has the comparison). Another backend is chosen
by the environment variable JOINEDUP_ANALYSIS_BACKEND, or for a while by `using`:

    rustworkx    the default
    networkx     plain NetworkX, one core
    NAME         any backend that is installed for NetworkX, such as parallel or cugraph; what it
                 does not offer runs on plain NetworkX

All graphs here are undirected; a link from a node to itself counts for nothing.

`on_all_cores` uses threads, since products of matrices and the engine release the interpreter lock.
The libraries below numpy would start threads of their own for each product; with every core at
work already, those would only wait for one another, so they are kept to one. Work that is itself
one of many tasks runs in the thread that it is in.

>>> import networkx as nx
>>> kite = nx.Graph([("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")])
>>> betweenness(kite)["c"], cut_nodes(kite), bridges(kite)
(2.0, {'c'}, [('c', 'd')])
>>> with using("networkx"):
...     betweenness(kite)["c"]
2.0
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

from graph.errors import ParameterError
from graph.progress import SILENT, Progress

if TYPE_CHECKING:
    import networkx as nx

    from graph.analyses.fast_betweenness import Floats


Input = TypeVar("Input")
Result = TypeVar("Result")

QUEUED = 4
"""tasks a core that are submitted before their results are needed"""

_within: ContextVar[bool] = ContextVar("whether this is done for `on_all_cores`", default=False)


def on_all_cores(
    work: Callable[[Input], Result], inputs: Sequence[Input], progress: Progress, task: str
) -> Iterator[Result]:
    """The results of `work` on each of `inputs`, in their order; `progress` counts them as `task`.

    Work that has not begun when the caller stops, or `progress` raises Cancelled, is not done.
    Called from within `work`, it runs in the same thread and reports no progress.

    >>> from graph.progress import SILENT
    >>> list(on_all_cores(abs, [-2, 1, -1], SILENT, "counting"))
    [2, 1, 1]
    """
    from threadpoolctl import threadpool_limits

    if _within.get():
        yield from map(work, inputs)
        return
    cores = os.cpu_count() or 1
    progress.start(task, len(inputs), "")
    with threadpool_limits(1, "blas"), ThreadPoolExecutor(cores) as threads:
        try:
            to_do, under_way = iter(inputs), deque[Future[Result]]()
            for _ in inputs:
                for each in islice(to_do, QUEUED * cores - len(under_way)):
                    # A thread does not inherit the context, which holds the backend chosen.
                    context = copy_context()
                    context.run(_within.set, True)
                    under_way.append(threads.submit(context.run, work, each))
                result = under_way.popleft().result()
                progress.advance(1)
                yield result
        finally:
            threads.shutdown(cancel_futures=True)
            progress.finish()


SETTING = "JOINEDUP_ANALYSIS_BACKEND"
FAST = "rustworkx"
PLAIN = "networkx"

Node = TypeVar("Node")
Pair = tuple[int, int]
"""The ends of a link as positions in a list of nodes."""


class Estimate(NamedTuple):
    """What was estimated, and the standard error of it: infinite where nothing tells."""

    value: float
    standard_error: float


_chosen: ContextVar[str | None] = ContextVar("analysis backend", default=None)


def backend() -> str:
    """The backend that measures run on: that of `using`, of the environment, or the default."""
    return _chosen.get() or os.environ.get(SETTING, "").strip() or FAST


@contextmanager
def using(name: str | None) -> Iterator[None]:
    """Run measures on the backend `name` while the body runs; None leaves the choice as it is.

    Raises ParameterError when it is not installed or cannot be loaded.
    """
    token = _chosen.set(name or _chosen.get())
    try:
        check()
        yield
    finally:
        _chosen.reset(token)


def check() -> None:
    """Raise ParameterError when the backend that is chosen cannot be used."""
    name = backend()
    if name in (FAST, PLAIN):
        return
    import networkx as nx

    try:
        nx.degree_centrality(nx.path_graph(2), backend=name)
    except NotImplementedError:
        return
    except ImportError as error:
        known: Collection[str] = cast(Any, nx.utils).backends.backends
        installed = ", ".join([FAST, PLAIN, *sorted(known)])
        missing = name not in known
        why = "is not installed" if missing else f"does not load beside NetworkX {nx.__version__}"
        raise ParameterError(
            f"the analysis backend '{name}' {why} ({error}): install what provides it, or choose "
            f"another by {SETTING} or --backend (installed: {installed})"
        ) from None


def betweenness(graph: nx.Graph[Node]) -> dict[Node, float]:
    """For each node, the shortest paths through it: each pair of others counts by its share."""
    nodes, pairs = numbered(graph)
    return dict(zip(nodes, betweenness_of(len(nodes), pairs), strict=True))


def betweenness_estimate(
    graph: nx.Graph[Node], pivots: Sequence[Node], progress: Progress = SILENT
) -> dict[Node, Estimate]:
    """`betweenness` by the paths that start at one of `pivots`, scaled up to all starts.

    Without bias when the pivots are drawn at random (U. Brandes and C. Pich, "Centrality
    estimation in large networks", 2007).
    """
    nodes, pairs = numbered(graph)
    position = {node: number for number, node in enumerate(nodes)}
    starts = [position[pivot] for pivot in pivots]
    values, errors = betweenness_from(len(nodes), pairs, starts, progress)
    return dict(zip(nodes, map(Estimate, values.tolist(), errors.tolist()), strict=True))


def betweenness_of(size: int, pairs: Collection[Pair]) -> list[float]:
    """`betweenness` of nodes 0 to `size` - 1 joined by `pairs`, each pair once."""
    return list(_measured("betweenness_centrality", size, pairs, normalized=False).values())


def betweenness_from(
    size: int, pairs: Collection[Pair], pivots: Sequence[int], progress: Progress = SILENT
) -> tuple[Floats, Floats]:
    """`betweenness_of`, estimated from the nodes `pivots`; and the standard errors."""
    from graph.analyses.fast_betweenness import dependencies, estimate

    if backend() == FAST:
        return estimate(size, len(pivots), *dependencies(size, pairs, pivots, progress))
    import networkx as nx
    import numpy as np

    graph = graph_of(size, pairs)
    sums, squares = np.zeros(size), np.zeros(size)
    for pivot in pivots:
        value_of = _networkx(nx.betweenness_centrality_subset, graph, [pivot], list(graph))
        # NetworkX has halved it: with all nodes as starts each pair is met from both ends.
        of_one = 2 * np.array([value_of[node] for node in range(size)])
        sums += of_one
        squares += of_one**2
    return estimate(size, len(pivots), sums, squares)


def cut_nodes(graph: nx.Graph[Node]) -> set[Node]:
    """The articulation points: nodes without which there are more pieces."""
    nodes, pairs = numbered(graph)
    return {nodes[position] for position in _measured("articulation_points", len(nodes), pairs)}


def bridges(graph: nx.Graph[Node]) -> list[tuple[Node, Node]]:
    """The links without which there are more pieces."""
    nodes, pairs = numbered(graph)
    return [(nodes[one], nodes[other]) for one, other in bridges_of(len(nodes), pairs)]


def bridges_of(size: int, pairs: Collection[Pair]) -> list[Pair]:
    """`bridges` of nodes 0 to `size` - 1 joined by `pairs`, the smaller end of each first."""
    return [(min(ends), max(ends)) for ends in _measured("bridges", size, pairs)]


def blocks(graph: nx.Graph[Node]) -> list[set[Node]]:
    """The biconnected components: the largest parts that no single node cuts."""
    nodes, pairs = numbered(graph)
    parts = _measured("biconnected_components", len(nodes), pairs)
    if backend() != FAST:
        return [{nodes[position] for position in part} for part in parts]
    parts_of: dict[int, set[Node]] = {}
    for (one, other), number in parts.items():
        parts_of.setdefault(number, set()).update((nodes[one], nodes[other]))
    return list(parts_of.values())


def numbered(graph: nx.Graph[Node]) -> tuple[list[Node], list[Pair]]:
    """The nodes in order, and the links between different nodes by position, each once."""
    nodes = list(graph)
    position = {node: number for number, node in enumerate(nodes)}
    pairs = [(position[one], position[other]) for one, other in graph.edges() if one != other]
    return nodes, list(dict.fromkeys(pairs)) if graph.is_multigraph() else pairs


def graph_of(size: int, pairs: Collection[Pair]) -> nx.Graph[int]:
    """Numbered nodes and links as a NetworkX graph."""
    import networkx as nx

    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(size))
    graph.add_edges_from(pairs)
    return graph


def _measured(measure: str, size: int, pairs: Collection[Pair], **options: Any) -> Any:
    """A measure that has the same name in rustworkx and in NetworkX, on the backend chosen."""
    if backend() != FAST:
        import networkx as nx

        return _networkx(getattr(nx, measure), graph_of(size, pairs), **options)
    import rustworkx as rx

    graph: rx.PyGraph[None, None] = rx.PyGraph(multigraph=False)
    graph.add_nodes_from([None] * size)
    graph.add_edges_from_no_data(list(pairs))
    return getattr(rx, measure)(graph, **options)


def _networkx(measure: Callable[..., Any], *args: Any, **options: Any) -> Any:
    """A measure of NetworkX on the backend chosen, or on its own where that one lacks it."""
    check()
    try:
        return measure(*args, **options, backend=backend())
    except NotImplementedError:
        return measure(*args, **options, backend=PLAIN)
