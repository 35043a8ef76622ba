"""What several steps of one analysis need alike is made once.

Holdings, say, are asked for by each measure of the bottlenecks. Within one run of an analysis the
graph does not change, so what was made of it is kept until the run ends, and no longer: a graph
that is changed between two runs is read anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from inspect import signature
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

if TYPE_CHECKING:
    from graph.read.project import Graph

Options = ParamSpec("Options")
Made = TypeVar("Made")

_kept: ContextVar[dict[Any, Any] | None] = ContextVar("made in this run", default=None)


@contextmanager
def one_run() -> Iterator[None]:
    """Keep what `once` makes until the body ends; a run within a run keeps with the outer one."""
    if _kept.get() is not None:
        yield
        return
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def once(
    make: Callable[Concatenate[Graph, Options], Made],
) -> Callable[Concatenate[Graph, Options], Made]:
    """`make`, of a graph and options by name (strings, or collections of them), once in a run.

    What it returns is shared, so its callers do not change it. Outside a run it is always called.
    """

    shape = signature(make)

    @wraps(make)
    def made(graph: Graph, /, *no: Options.args, **options: Options.kwargs) -> Made:
        kept = _kept.get()
        if kept is None:
            return make(graph, *no, **options)
        given = shape.bind(graph, *no, **options)
        given.apply_defaults()
        values = (v if isinstance(v, str) else tuple(v) for v in given.args[1:])
        named = {n: v if isinstance(v, str) else tuple(v) for n, v in given.kwargs.items()}
        # The graph itself is kept too, so that no other one can come to have its number.
        key = (make, id(graph), *values, *sorted(named.items()))
        if key not in kept:
            kept[key] = (graph, make(graph, *no, **options))
        found: Made = kept[key][1]
        return found

    return made
