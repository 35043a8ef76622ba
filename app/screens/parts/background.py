"""Long work in the background: a progress bar with Cancel on the page until the result is there.

The bar is drawn anew twice a second. Work that several sessions wait for is done once
(`app.jobs.job`).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

import streamlit as st

from app.jobs.job import Job, SharedJobs
from app.screens.parts.cached import OpenGraph, reader
from app.screens.parts.frame import tell
from app.text.escape import escaped, sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.text.findings import RuleCount
    from graph.analyses import AnalysisResult
    from graph.progress import Progress
    from graph.read.project import Graph


OFTEN = 0.5
"""seconds between two looks"""
_LOG = logging.getLogger(__name__)


def follow(work: Job[Any], *, key: str, cancelled: str, harmless: bool = False) -> bool:
    """Show how far the work is, or how it ended; return whether there is a result to show.

    `cancelled` says what cancelling leaves behind. Of `harmless` work it is nothing at all:
    the page does not wait for its last step.
    """
    gone = harmless and work.cancel_requested
    if work.state == "running" and not gone:
        bar(work, key=key, left=lambda: harmless and work.cancel_requested)
        return False
    if gone or work.state == "cancelled":
        st.warning(f"{escaped(work.name)} was cancelled.", icon=":material/cancel:")
        st.caption(cancelled)
    elif work.error is not None:
        tell(work.error)
    elif work.state == "failed":
        _LOG.error("a background job failed", exc_info=work.fault)
        st.error("Something went wrong in joinedup itself.", icon=":material/error:")
        st.caption("What happened is written in the terminal that runs the app.")
    return work.state == "done" and not gone


def bar(
    work: Job[Any],
    *,
    key: str,
    cancel: Callable[[], None] | None = None,
    left: Callable[[], bool] = lambda: False,
) -> None:
    """How far work under way is, until it has ended or the analyst has `left` it.

    `cancel` is what the button does, where that is other than cancelling the work.
    """

    @st.fragment(run_every=OFTEN)
    def look() -> None:
        if work.state != "running" or left():
            st.rerun()
        words = escaped(sentence(work.task or work.name))
        share = work.share
        part = "" if share is None else f" · {share:.0%}"
        text = f"{words}{part} · {work.seconds:.0f} s"
        if work.stopping:
            text = f"Stopping at the next step · {words}"
        st.progress(share or 0.0, text=text)
        st.button(
            "Cancel",
            key=f"{key}-cancel",
            icon=":material/cancel:",
            on_click=cancel or work.cancel,
            disabled=work.stopping,
        )

    look()


BAR_AFTER = 1.0
"""seconds for which the page waits before it shows a bar: what is quick shows none"""
Result = TypeVar("Result")


@st.cache_resource(show_spinner=False)
def _shared_jobs() -> SharedJobs:
    return SharedJobs()


def result_of(
    slot: str, about: Hashable, name: str, do: Callable[[Progress], Result]
) -> Result | None:
    """What `do` makes of `about`, once it is there; None while it is under way or cancelled.

    `slot` is the place on the page: another work there takes the place of the one before it, which
    is cancelled unless somebody else waits for it. Raises what `do` raised.
    """
    who: str = st.session_state.setdefault("session-id", uuid4().hex)
    jobs = _shared_jobs()
    held, off = f"{slot}-about", f"{slot}-off"
    before = st.session_state.get(held)
    if before is not None and before != about:
        jobs.leave(before, who)
    st.session_state[held] = about
    if st.session_state.get(off) == about:
        st.warning(f"{name} was cancelled. Nothing was kept.", icon=":material/cancel:")
        st.button(
            "Start again",
            key=f"{slot}-again",
            icon=":material/refresh:",
            on_click=st.session_state.update,
            args=({off: None},),
        )
        return None
    st.session_state[off] = None
    work = jobs.join(about, who, name, do)

    def cancel() -> None:
        st.session_state[off] = about
        jobs.leave(about, who)

    if not work.wait(BAR_AFTER):
        bar(work, key=slot, cancel=cancel, left=lambda: st.session_state.get(off) == about)
        return None
    if error := work.error or work.fault:
        raise error
    result: Result | None = work.result
    return result


def analysed(
    opened: OpenGraph, name: str, options: Mapping[str, Any], *, slot: str = "analysis"
) -> AnalysisResult | None:
    """The result of an analysis on the whole graph, once it is there."""
    from graph.analyses import analysis

    chosen, read = analysis(name), reader(opened)

    def do(progress: Progress) -> AnalysisResult:
        graph = read(progress)
        progress.start("analysing the graph", None, "")
        result = chosen.run(graph, progress, **options)
        for facts in result.rests_on:
            len(facts)  # made now, for until then a result that is kept holds on to its graph
        return result

    about = ("analysis", opened.loads, name, tuple(sorted(chosen.values(options).items())))
    return result_of(slot, about, "The analysis", do)


def on_graph(
    opened: OpenGraph,
    slot: str,
    about: Hashable,
    name: str,
    task: str,
    do: Callable[[Graph], Result],
) -> Result | None:
    """What `do` makes of the whole graph, once it is there; `task` says what it is doing.

    `about` tells apart what is made at one `slot`.
    """
    read = reader(opened)

    def work(progress: Progress) -> Result:
        graph = read(progress)
        progress.start(task, None, "")
        return do(graph)

    return result_of(slot, (slot, opened.loads, about), name, work)


LOAD_CANCELLED = (
    "A bundle of up to 50,000 records is then not in the graph at all. A larger one is written in "
    "parts: its load is marked as incomplete on every page until the same bundle is loaded again, "
    "which completes it."
)


LARGE = 100_000
"""facts above which completeness is worked out only when asked for"""


def gap_rules(opened: OpenGraph, as_at: str, *, slot: str = "gaps-rules") -> list[RuleCount] | None:
    """Everything that is looked for, with how often it was found, once it was counted."""
    from app.text.findings import counted_rules

    summary = analysed(opened, "gaps.summary", {"as_at": as_at}, slot=slot)
    return None if summary is None else counted_rules(summary)
