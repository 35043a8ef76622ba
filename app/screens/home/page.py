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
from app.screens.parts.background import LOAD_CANCELLED as CANCELLED
from app.screens.parts.background import follow
from app.screens.parts.cached import OpenGraph
from app.screens.parts.frame import open_graph, page, when
from app.screens.parts.picture import mark
from app.screens.parts.table import table
from app.settings import settings
from app.text.escape import escaped, sentence
from graph.database.search import Match
from graph.schema.types import NODE_TYPES
from graph.schema.words import many, one
from loaders.registry import SAMPLE
from queries.catalogue import catalogue

if TYPE_CHECKING:
    from app.screens.parts.cached import OpenGraph
    from app.text.findings import RuleCount


STARTS: tuple[tuple[str, dict[str, str]], ...] = (
    ("responsibility.joint", {"target": "uk/target/action-against-illegal-drugs/1"}),
    ("responsibility.department-pairs", {}),
    ("conclusions.no-owner", {}),
)
"""Questions to start with; one that needs a thing is shown where the graph has it."""
_INSTEAD: tuple[tuple[str, dict[str, str]], ...] = (
    ("responsibility.three-or-more", {}),
    ("funds.conflicting-amounts", {}),
)


def starting_points(opened: OpenGraph) -> None:
    """Three questions, each a link that shows its answer."""
    st.subheader("Where to start")
    known = catalogue()
    starts = [start for start in STARTS if _answerable(opened, start[1])]
    for question, given in [*starts, *_INSTEAD][:3]:
        named = [cached.named_like(opened, thing)[0].name for thing in given.values()]
        about = f" – {escaped('; '.join(named))}" if named else ""
        st.page_link(
            "screens/ask/page.py",
            label=f"{escaped(known[question].question)}{about}",
            icon=":material/arrow_forward:",
            query_params={"q": question, **given},
        )


def _answerable(opened: OpenGraph, given: dict[str, str]) -> bool:
    return all(
        any(match.id == thing for match in cached.named_like(opened, thing))
        for thing in given.values()
    )


def overview(opened: OpenGraph) -> None:
    """How many things there are of each type, with the colours and shapes of the pictures."""
    counts = cached.answer(opened, catalogue()["evidence.counts"], {})
    numbers = {row.values["type"]: row.values["number"] for row in counts.rows}
    links = sum(row.values["number"] for row in counts.rows if row.values["sort"] == "link")
    things = sum(row.values["number"] for row in counts.rows if row.values["sort"] == "thing")
    st.subheader("What is in the graph")
    st.markdown(f"{things:,} things and {links:,} links between them, each with its evidence.")
    tiles = "".join(_tile(label, numbers[label]) for label in NODE_TYPES if numbers.get(label))
    st.html(
        '<div style="display:grid;grid-template-columns:repeat(auto-fill,minmax(165px,1fr));'
        f'gap:8px" role="list">{tiles}</div>'
    )


def _tile(label: str, number: int) -> str:
    words = html_escape(one(label) if number == 1 else many(label))
    return (
        '<div role="listitem" style="border:1px solid rgba(128,134,149,0.35);border-radius:8px;'
        f'padding:8px 12px">{mark(label)} <strong>{number:,}</strong> {words}</div>'
    )


def documents(opened: OpenGraph) -> None:
    """The documents that facts come from, when they were published and when they were loaded."""
    found = cached.answer(opened, catalogue()["evidence.documents"], {})
    loaded = _loaded(opened)
    rows: list[dict[str, Any]] = []
    for row in found.rows:
        facts = row.values["things"] + row.values["links"]
        sources = [piece.document for piece in row.evidence]
        at = [loaded[source] for source in sources if source in loaded]
        rows.append(
            {
                "document": row.values["document"],
                "published": row.values["published"],
                "publisher": row.values["publisher"],
                "facts": facts,
                "loaded": when(max(at)) if at else None,
            }
        )
    st.subheader("Where the facts come from")
    table(rows, list(rows[0]) if rows else [], key="documents", about="Documents that were loaded")


def _loaded(opened: OpenGraph) -> dict[str, str]:
    """Document id → when its facts were loaded last."""
    loaded: dict[str, str] = {}
    for run in cached.runs(opened):
        for source in run.get("sources") or []:
            loaded.setdefault(source, str(run.get("finished") or run.get("started") or ""))
    return loaded


WORST = 6
_SEVERITY = {"high": 0, "medium": 1, "low": 2}


def worst(rules: list[RuleCount]) -> list[RuleCount]:
    """The rules that found something, the worst first, then those that found most."""
    found = [rule for rule in rules if rule.found]
    return sorted(found, key=lambda rule: (_SEVERITY[rule.severity], -rule.found, rule.id))


def at_a_glance(opened: OpenGraph) -> None:
    """The worst gaps and conflicts as links, and the way to all of them."""
    st.subheader("Gaps and conflicts")
    rules = background.gap_rules(opened, "", slot="home-gaps")
    if rules is None:
        return
    found = worst(rules)
    if not found:
        st.markdown("None of what is looked for was found. That is no proof that nothing is amiss.")
        return
    several = sum(rule.found for rule in found if rule.sort == "gap")
    conflicts = sum(rule.found for rule in found if rule.sort == "conflict")
    st.markdown(
        f"{several:,} gaps and {conflicts:,} conflicts, each a reason to look and not yet a fault."
    )
    with st.container(gap="xxsmall"):
        for rule in found[:WORST]:
            st.page_link(
                "screens/gaps/page.py",
                label=f"**{escaped(sentence(rule.title))}**: {rule.found:,} of {rule.of:,} "
                f"{escaped(rule.of_what)}",
                icon=":material/compare_arrows:" if rule.sort == "conflict" else ":material/flag:",
                query_params={"rule": rule.id},
            )
    left = len(found) - WORST
    if left > 0:
        words = f"{left} more kinds of them" if left > 1 else "One more kind of them"
        st.page_link("screens/gaps/page.py", label=sentence(words), icon=":material/rule:")


WORK = "sample-work"


def loading_it() -> bool:
    """Whether the sample is on its way in, begun on this page."""
    work: Job[Outcomes] | None = st.session_state.get(WORK)
    return work is not None and work.state == "running"


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
        "Load the sample", type="primary", icon=":material/download:", disabled=loading_it()
    ):
        by = signing.reviewer()
        st.session_state[WORK] = loading(
            opened.store,
            SAMPLE.shipped(),
            ledgers=settings().ledgers,
            rejections=settings().rejections,
            by=by,
        )
        st.rerun()
    if work is not None:
        follow(work, key="sample", cancelled=CANCELLED)
    st.page_link(
        "screens/load/page.py",
        label="Load facts of your own: a folder or zip file of CSV files",
        icon=":material/upload:",
    )


RESULTS = 12


def typed_before() -> bool:
    """Whether this page has shown the box already: then it stays, whatever the database does."""
    return "find" in st.session_state


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
        _result(match)
    if len(matches) > RESULTS:
        st.caption("There are more; type more of the name to narrow them down.")


def _result(match: Match) -> None:
    with st.container(border=True, gap=None):
        st.page_link(
            "screens/explore/page.py",
            label=f"**{escaped(match.name, 120)}**",
            icon=":material/hub:",
            query_params={"id": match.id},
        )
        also = f" · also: {escaped('; '.join(match.aliases), 160)}" if match.aliases else ""
        st.caption(f"{one(match.label)}{also} · {escaped(match.id)}")


@page("Who is responsible for what, and which paragraph says so")
def main() -> None:
    """Where to start, and what is in the graph; of an empty one, how to fill it."""
    top, search = st.container(), st.container()
    text = None
    if typed_before():
        with search:
            text = box()
    with top:
        opened = open_graph()
    if opened.empty or loading_it():
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
