"""Home: find anything by name, where to start, what the graph holds, and its worst gaps.

Of an empty graph it says what to do, and loads the sample.
"""

from __future__ import annotations

from html import escape as html_escape
from typing import TYPE_CHECKING, Any

import streamlit as st

from app.jobs.job import Job
from app.jobs.load_job import Outcomes, loading
from app.screens.parts import address, background, cached, shelf, signing, tour
from app.screens.parts.frame import open_graph, page, page_link, when
from app.screens.parts.picture import mark
from app.screens.parts.table import table
from app.settings import settings
from app.text.escape import escaped, sentence
from graph.schema.types import NODE_TYPES
from graph.schema.words import many, one
from loaders.registry import SAMPLE
from queries.catalogue import catalogue

if TYPE_CHECKING:
    from app.screens.parts.cached import OpenGraph


STARTS: tuple[tuple[str, dict[str, str]], ...] = (
    ("responsibility.joint", {"target": "uk/target/action-against-illegal-drugs/1"}),
    ("responsibility.department-pairs", {}),
    ("conclusions.no-owner", {}),
    ("responsibility.three-or-more", {}),
    ("funds.conflicting-amounts", {}),
)
"""questions to start with, the first three shown; one that needs a thing where the graph has it"""
WORST = 6
"""kinds of gaps and conflicts that are named"""
RESULTS = 12
"""things that a search lists"""
WORK = "sample-work"


def offer(opened: OpenGraph) -> None:
    """Say that the graph is empty, and offer the sample."""
    if opened.empty:
        st.info("The graph is empty: nothing has been loaded into it yet.")
    st.markdown(
        f"{SAMPLE.title} holds {SAMPLE.about}. Press the button, or load it on the command line:"
    )
    st.code(f"joinedup load {SAMPLE.id}", language="bash")
    work: Job[Outcomes] | None = st.session_state.get(WORK)
    if not signing.may_decide():
        st.caption(signing.READS_ONLY)
    elif st.button(
        "Load the sample", type="primary", icon=":material/download:", disabled=loading_sample()
    ):
        by = signing.reviewer()
        st.session_state[WORK] = loading(
            opened.store,
            SAMPLE.bundles(),
            ledgers=settings().ledgers,
            rejections=settings().rejections,
            by=by,
        )
        st.rerun()
    if work is not None:
        background.follow(work, key="sample", cancelled=background.LOAD_CANCELLED)
    page_link("load", "Load facts of your own: a folder or zip file of CSV files")


def loading_sample() -> bool:
    """Whether the sample is on its way in, begun on this page."""
    work: Job[Outcomes] | None = st.session_state.get(WORK)
    return work is not None and work.state == "running"


def box() -> str:
    """A search box over all names: what is typed in it."""
    text = address.text(
        "find",
        "Find anyone or anything by name",
        key="find",
        live="300ms",
        icon=":material/search:",
        placeholder="A minister, department, target, fund, conclusion, document …",
    )
    address.write()
    return text


def search_results(opened: OpenGraph, text: str) -> None:
    """What has a name like `text`, each leading to Explore."""
    if not text:
        return
    matches = cached.named_like(opened, text, limit=RESULTS + 1)
    if not matches:
        st.info("Nothing has a name like this. Try fewer letters, or another spelling.")
        return
    for match in matches[:RESULTS]:
        with st.container(border=True, gap=None):
            page_link("explore", f"**{escaped(match.name, 120)}**", id=match.id)
            also = f" · also: {escaped('; '.join(match.aliases), 160)}" if match.aliases else ""
            st.caption(f"{one(match.label)}{also} · {escaped(match.id)}")
    if len(matches) > RESULTS:
        st.caption("There are more; type more of the name to narrow them down.")


def starting_points(opened: OpenGraph) -> None:
    """Three questions, each a link that shows its answer."""
    st.subheader("Where to start")
    links: list[tuple[str, dict[str, str]]] = []
    for question, given in STARTS:
        names = [
            match.name
            for thing in given.values()
            for match in cached.named_like(opened, thing)
            if match.id == thing
        ]
        if len(names) == len(given):
            about = f" – {escaped('; '.join(names))}" if names else ""
            label = f"{escaped(catalogue()[question].question)}{about}"
            links.append((label, {"q": question, **given}))
    for label, query in links[:3]:
        page_link("ask", label, ":material/arrow_forward:", **query)


def overview(opened: OpenGraph) -> None:
    """How many things there are of each type, with the colours and shapes of the pictures."""
    counts = cached.answer(opened, catalogue()["evidence.counts"], {})
    numbers = {row.values["type"]: row.values["number"] for row in counts.rows}
    links = sum(row.values["number"] for row in counts.rows if row.values["sort"] == "link")
    things = sum(row.values["number"] for row in counts.rows if row.values["sort"] == "thing")
    st.subheader("What is in the graph")
    st.markdown(f"{things:,} things and {links:,} links between them, each with its evidence.")
    tiles = "".join(
        '<div role="listitem" style="border:1px solid rgba(128,134,149,0.35);border-radius:8px;'
        f'padding:8px 12px">{mark(label)} <strong>{number:,}</strong> '
        f"{html_escape(one(label) if number == 1 else many(label))}</div>"
        for label in NODE_TYPES
        if (number := numbers.get(label))
    )
    st.html(
        '<div style="display:grid;grid-template-columns:repeat(auto-fill,minmax(165px,1fr));'
        f'gap:8px" role="list">{tiles}</div>'
    )


def at_a_glance(opened: OpenGraph) -> None:
    """The worst gaps and conflicts as links, and the way to all of them."""
    st.subheader("Gaps and conflicts")
    rules = background.gap_rules(opened, "", slot="home-gaps")
    if rules is None:
        return
    from graph.analyses.rules import SEVERITIES  # read with what counted them

    worst = sorted(
        (rule for rule in rules if rule.found),
        key=lambda rule: (SEVERITIES.index(rule.severity), -rule.found, rule.id),
    )
    if not worst:
        st.markdown("None of what is looked for was found. That is no proof that nothing is amiss.")
        return
    gaps = sum(rule.found for rule in worst if rule.sort == "gap")
    conflicts = sum(rule.found for rule in worst if rule.sort == "conflict")
    st.markdown(
        f"{gaps:,} gaps and {conflicts:,} conflicts, each a reason to look and not yet a fault."
    )
    with st.container(gap="xxsmall"):
        for rule in worst[:WORST]:
            page_link(
                "gaps",
                f"**{escaped(sentence(rule.title))}**: {rule.found:,} of {rule.of:,} "
                f"{escaped(rule.of_what)}",
                ":material/compare_arrows:" if rule.sort == "conflict" else ":material/flag:",
                rule=rule.id,
            )
    more = len(worst) - WORST
    if more > 0:
        page_link("gaps", f"{more} more kinds of them" if more > 1 else "One more kind of them")


def documents(opened: OpenGraph) -> None:
    """The documents that facts come from, when they were published and when they were loaded."""
    loaded: dict[str, str] = {}  # document → when its facts were loaded last
    for run in cached.runs(opened):
        for source in run.get("sources") or []:
            loaded.setdefault(source, str(run.get("finished") or run.get("started") or ""))
    rows: list[dict[str, Any]] = []
    for row in cached.answer(opened, catalogue()["evidence.documents"], {}).rows:
        moments = [loaded[piece.document] for piece in row.evidence if piece.document in loaded]
        rows.append(
            {
                **{name: row.values[name] for name in ("document", "published", "publisher")},
                "facts": row.values["things"] + row.values["links"],
                "loaded": when(max(moments)) if moments else None,
            }
        )
    st.subheader("Where the facts come from")
    table(rows, list(rows[0]) if rows else [], key="documents", about="Documents that were loaded")


@page("Who is responsible for what, and which paragraph says so")
def main() -> None:
    """Where to start, and what is in the graph; of an empty one, how to fill it."""
    top, search = st.container(), st.container()
    text = None
    # A box that was shown already stays, whatever the database does.
    if "find" in st.session_state:
        with search:
            text = box()
    with top:
        opened = open_graph()
    if opened.empty or loading_sample():
        offer(opened)
        return
    with search:
        search_results(opened, box() if text is None else text)
    tour.offer(opened)
    starting_points(opened)
    shelf.on_home(settings().workspace)
    overview(opened)
    at_a_glance(opened)
    documents(opened)


if __name__ == "__main__":
    main()
