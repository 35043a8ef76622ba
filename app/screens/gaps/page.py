"""

Gaps and conflicts on the page: what is looked for, what was found, what that rests on.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import streamlit as st

from app.kept import decisions
from app.screens.gaps import worklist
from app.screens.gaps.worklist import changed, status
from app.screens.parts import address
from app.screens.parts.background import gap_rules
from app.screens.parts.cached import OpenGraph
from app.screens.parts.frame import graph_page
from app.screens.parts.table import pickable, table
from app.text.escape import escaped, sentence
from app.text.findings import Finding, RuleCount
from graph.schema.dates import parse_date
from graph.schema.words import many, one
from queries.catalogue import catalogue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.kept.decisions import FindingStatus, Key


STATES = {
    "todo": "To do",
    "open": "Open",
    "assigned": "Assigned",
    "done": "Done",
    "all": "All",
}
ANY = "any"


def choose_date() -> str:
    """The date to look from, which what is overdue and who has ended depend on; today at first."""
    today = date.today().isoformat()
    address.adopt("as-at", "gaps-as-at", default=today)
    given = str(st.text_input("As at", key="gaps-as-at", placeholder="2001-06-30") or today)
    try:
        address.record("as-at", "gaps-as-at", parse_date(given), today)
    except ValueError as error:
        st.error(escaped(error))
        return today
    return given


def choose_rule(found: list[RuleCount], standings: Mapping[Key, FindingStatus]) -> RuleCount:
    """The table of all rules with their counts, and the rule that was chosen."""
    done: dict[str, int] = {}
    for (rule, _), standing in standings.items():
        done[rule] = done.get(rule, 0) + (standing.status == "done")
    known = {rule.id: rule for rule in found}
    first = next((rule.id for rule in found if rule.found), found[0].id)
    chosen = address.select(
        "rule",
        "What to look for",
        known,
        key="gaps-rule",
        default=first,
        format_func=lambda name: f"{sentence(known[name].title)} · {known[name].found:,}",
    )
    with st.expander("Everything that is looked for, with counts", icon=":material/list:"):
        rows = [_counted(rule, done.get(rule.id, 0)) for rule in found]
        table(rows, list(rows[0]), key="gaps-rules", about="Gaps and conflicts with their counts")
    return known[chosen]


def _counted(rule: RuleCount, done: int) -> dict[str, Any]:
    return {
        "looked_for": sentence(rule.title),
        "sort": rule.sort,
        "severity": rule.severity,
        "found": rule.found,
        "of": rule.of,
        "ticked_off": done,
    }


def narrowed(
    every: list[Finding], rule: RuleCount, standings: Mapping[Key, FindingStatus]
) -> list[Finding]:  # fmt: skip
    """The findings of the type and the state that were chosen."""
    left, right = st.columns([1, 2])
    kinds = [ANY, *dict.fromkeys(finding.kind for finding in every if finding.kind)]
    with left:
        kind = address.select(
            "kind",
            "Type of item",
            kinds,
            key="gaps-kind",
            default=ANY,
            format_func=lambda name: "All types" if name == ANY else sentence(many(name)),
        )
    with right:
        state = address.segments(
            "state", "On the work list", STATES, key="gaps-state", default="todo"
        )
    wanted = {"todo": ("open", "assigned"), "all": ("open", "assigned", "done")}
    states = wanted.get(state, (state,))
    return [
        finding
        for finding in every
        if kind in (ANY, finding.kind) and status(finding, standings) in states
    ]


def choose_finding(
    shown: list[Finding], rule: RuleCount, standings: Mapping[Key, FindingStatus]
) -> Finding | None:
    """The list of findings, and the one that was picked: by a click, or by the address."""
    count = f"{rule.found:,} of {rule.of:,} {rule.of_what}"
    st.markdown(f"##### {escaped(sentence(rule.title))}: {escaped(count)}")
    if not shown:
        if rule.found:
            st.info("None of them is of this type and in this state. Choose All to see the rest.")
        else:
            st.info("Nothing in the graph matches. That is no proof that there is nothing.")
        _bear_in_mind(rule)
        return None
    rows = [_row(finding, standings) for finding in shown]
    columns = [name for name in rows[0] if any(row[name] for row in rows)]
    picked = pickable(
        rows, columns, key=f"gaps-{_place(shown)}", about=f"Findings: {rule.title}"
    )  # fmt: skip
    _bear_in_mind(rule)
    key = f"gaps-{_place(shown)}"
    clicked = bool(st.session_state[key]["selection"]["rows"])
    given = st.query_params.get("item")
    linked = next((finding for finding in shown if finding.key == given), None)
    return linked if linked and not clicked else shown[picked or 0]


def _place(shown: list[Finding]) -> str:
    """A key for the table of these very findings: a mark must not move to another of them."""
    return f"{shown[0].rule}-{hash(tuple(finding.key for finding in shown))}"


def _bear_in_mind(rule: RuleCount) -> None:
    st.caption(f"Bear in mind: {escaped(rule.caveat, 2_000)}")


def _row(finding: Finding, standings: Mapping[Key, FindingStatus]) -> dict[str, Any]:
    standing = standings.get((finding.rule, finding.key))
    last = standing.last if standing else None
    return {
        "item": finding.name,
        "type": finding.kind,
        "says": finding.says,
        "status": STATES[status(finding, standings)] if standing else "",
        "assigned_to": standing.to if standing else "",
        "note": last.note if last else "",
        "since": "the facts have changed" if changed(finding, standings) else "",
    }


def show(finding: Finding, as_at: str) -> None:
    """One finding: what it is about, what it rests on, and ways to it."""
    kind = f" ({escaped(one(finding.kind))})" if finding.kind else ""
    st.markdown(f"**{escaped(finding.name)}**{kind}: {escaped(finding.says, 1_000)}")
    columns = ("from", "link", "to", "document", "locator", "basis", "confidence", "judgement")
    rows = list(finding.evidence)
    shown = [name for name in (*columns, "quote") if any(row.get(name) for row in rows)]
    if rows:
        table(rows, shown, key=f"gaps-evidence-{finding.key}", about="Evidence of the finding")
    with st.container(horizontal=True):
        _explore(finding.thing, finding.name)
        documents = {str(row["document_id"]): str(row["document"]) for row in rows}
        for document, title in list(documents.items())[:3]:
            _explore(document, title)
        if finding.question:
            st.page_link(
                "screens/ask/page.py",
                label="Ask the question behind it",
                icon=":material/help:",
                query_params={"q": finding.question, **_given(finding.question, as_at)},
            )


def _given(question: str, as_at: str) -> dict[str, str]:
    """The date, for a question that takes one."""
    takes = [param.name for param in catalogue()[question].params if param.type == "date"]
    return dict.fromkeys(takes, as_at)


def _explore(thing: str, name: str) -> None:
    st.page_link(
        "screens/explore/page.py",
        label=f"Explore {escaped(name, 80)}",
        icon=":material/hub:",
        query_params={"id": thing},
    )


@graph_page("Gaps and conflicts")
def main(opened: OpenGraph) -> None:
    """What is looked for, what was found of it, and what is to be done about it."""
    kept = worklist.kept()
    worklist.unread(kept)
    standings = decisions.standings(kept.decisions)
    as_at = choose_date()
    every = gap_rules(opened, as_at)
    if every is None:
        return
    rule = choose_rule(every, standings)
    items = worklist.findings(opened, [rule.id], as_at)
    if items is not None:
        listed = narrowed(items[rule.id], rule, standings)
        chosen = choose_finding(listed, rule, standings)
        # Whose part of the work list is shown is chosen below.
        address.write({"item": chosen.key if chosen else None}, keep=("to",))
        if chosen is not None:
            show(chosen, as_at)
            worklist.decide(chosen, listed, standings)
        worklist.work_list(opened, every, standings, as_at)


if __name__ == "__main__":
    main()
