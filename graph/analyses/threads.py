"""The same work on many things, on all cores and in their order.

Threads, since what takes time here (products of matrices, the engine) lets others run meanwhile.
The libraries below numpy would start threads of their own for each product; with every core at
work already, those would only wait for one another. So would threads of work that is itself one
of many things: such work is done where it is called.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import ContextVar, copy_context
from itertools import islice
from typing import TypeVar

from graph.progress import Progress

Given = TypeVar("Given")
Made = TypeVar("Made")

AHEAD = 4
"""things a core may be ahead of the one that is taken"""

_within: ContextVar[bool] = ContextVar("whether this is done for `on_all_cores`", default=False)


def on_all_cores(
    work: Callable[[Given], Made], things: Sequence[Given], progress: Progress, task: str
) -> Iterator[Made]:
    """What `work` makes of each of `things`, in their order, as a task that `progress` is told of.

    Work that has not begun when the caller stops, or `progress` raises Cancelled, is not done.
    Called from within `work`, it keeps to the thread that it is in and `progress` hears nothing.

    >>> from graph.progress import SILENT
    >>> list(on_all_cores(abs, [-2, 1, -1], SILENT, "counting"))
    [2, 1, 1]
    """
    from threadpoolctl import threadpool_limits

    if _within.get():
        yield from map(work, things)
        return
    cores = os.cpu_count() or 1
    progress.start(task, len(things), "")
    with threadpool_limits(1, "blas"), ThreadPoolExecutor(cores) as threads:
        try:
            to_do, under_way = iter(things), deque[Future[Made]]()
            for _ in things:
                for thing in islice(to_do, AHEAD * cores - len(under_way)):
                    # A thread does not know what was chosen for the one that it works for.
                    context = copy_context()
                    context.run(_within.set, True)
                    under_way.append(threads.submit(context.run, work, thing))
                made = under_way.popleft().result()
                progress.advance(1)
                yield made
        finally:
            threads.shutdown(cancel_futures=True)
            progress.finish()
