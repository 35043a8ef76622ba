"""Gaps and conflicts on the page: what is looked for, what was found, what that rests on."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from app.kept import decisions
from app.screens.gaps import worklist
from app.screens.gaps.worklist import changed, standing_of
from app.screens.parts import address
from app.screens.parts.background import gap_rules
from app.screens.parts.cached import OpenGraph
from app.screens.parts.frame import graph_page, page_link
from app.screens.parts.table import filled, pickable, table
from app.settings import settings
from app.text.escape import escaped, sentence
from app.text.findings import Finding, RuleCount
from graph.schema.dates import parse_date
from graph.schema.words import many, number_of, one
from queries.catalogue import catalogue

if TYPE_CHECKING:
    from app.screens.gaps.worklist import Standings


STATES = {
    "todo": "To do",
    "open": "Open",
    "assigned": "Assigned",
    "done": "Done",
    "all": "All",
}
ANY = "any"
EVIDENCE = (
    "from", "link", "to", "document", "locator", "basis", "confidence", "judgement", "quote",
)  # fmt: skip


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


def choose_rule(rules: list[RuleCount], standings: Standings) -> RuleCount:
    """The table of all rules with their counts, and the rule that was chosen."""
    done = Counter(rule for (rule, _), past in standings.items() if past.status == "done")
    known = {rule.id: rule for rule in rules}
    chosen = address.select(
        "rule",
        "What to look for",
        known,
        key="gaps-rule",
        default=next((rule for rule in rules if rule.found), rules[0]).id,
        format_func=lambda name: f"{sentence(known[name].title)} · {known[name].found:,}",
    )
    with st.expander("Everything that is looked for, with counts", icon=":material/list:"):
        rows = [
            {
                "looked_for": sentence(rule.title),
                "sort": rule.sort,
                "severity": rule.severity,
                "found": rule.found,
                "of": rule.of,
                "ticked_off": done[rule.id],
            }
            for rule in rules
        ]
        table(rows, list(rows[0]), key="gaps-rules", about="Gaps and conflicts with their counts")
    return known[chosen]


def narrowed(findings: list[Finding], standings: Standings) -> list[Finding]:
    """The findings of the type and the state that were chosen."""
    left, right = st.columns([1, 2])
    with left:
        kind = address.select(
            "kind",
            "Type of item",
            [ANY, *dict.fromkeys(finding.kind for finding in findings if finding.kind)],
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
        for finding in findings
        if kind in (ANY, finding.kind) and standing_of(finding, standings).status in states
    ]


def choose_finding(shown: list[Finding], rule: RuleCount, standings: Standings) -> Finding | None:
    """The list of findings, and the one that was picked: by a click, or by the address."""
    count = f"{rule.found:,} of {rule.of:,} {rule.of_what}"
    st.markdown(f"##### {escaped(sentence(rule.title))}: {escaped(count)}")
    if not shown:
        if rule.found:
            st.info("None of them is of this type and in this state. Choose All to see the rest.")
        else:
            st.info("Nothing in the graph matches. That is no proof that there is nothing.")
        st.caption(f"Bear in mind: {escaped(rule.caveat, 2_000)}")
        return None
    rows = []
    for finding in shown:
        standing = standing_of(finding, standings)
        rows.append(
            {
                "item": finding.name,
                "type": finding.kind,
                "says": finding.says,
                "status": STATES[standing.status] if standing.last else "",
                "assigned_to": standing.to,
                "note": standing.last.note if standing.last else "",
                "since": "the facts have changed" if changed(finding, standing) else "",
            }
        )
    # A key for the table of these very findings: a mark must not move to another of them.
    key = f"gaps-{shown[0].rule}-{hash(tuple(finding.key for finding in shown))}"
    picked = pickable(rows, filled(rows), key=key, about=f"Findings: {rule.title}")
    st.caption(f"Bear in mind: {escaped(rule.caveat, 2_000)}")
    clicked = bool(st.session_state[key]["selection"]["rows"])
    given = st.query_params.get("item")
    linked = next((finding for finding in shown if finding.key == given), None)
    return linked if linked and not clicked else shown[picked or 0]


def show(finding: Finding, as_at: str) -> None:
    """One finding: what it is about, what it rests on, and ways to it."""
    kind = f" ({escaped(one(finding.kind))})" if finding.kind else ""
    st.markdown(f"**{escaped(finding.name)}**{kind}: {escaped(finding.says, 1_000)}")
    rows = list(finding.evidence)
    if rows:
        key = f"gaps-evidence-{finding.key}"
        table(rows, filled(rows, EVIDENCE), key=key, about="Evidence of the finding")
    with st.container(horizontal=True):
        documents = {str(row["document_id"]): str(row["document"]) for row in rows}
        for id_, name in [(finding.thing, finding.name), *list(documents.items())[:3]]:
            page_link("explore", f"Explore {escaped(name, 80)}", id=id_)
        if finding.question:
            params = catalogue()[finding.question].params
            dates = dict.fromkeys((param.name for param in params if param.type == "date"), as_at)
            page_link("ask", "Ask the question behind it", q=finding.question, **dates)


@graph_page("Gaps and conflicts")
def main(opened: OpenGraph) -> None:
    """What is looked for, what was found of it, and what is to be done about it."""
    kept = decisions.read(settings().workspace)
    if kept.unread:
        lines, verb = number_of(kept.unread, "line"), "is" if kept.unread == 1 else "are"
        st.warning(
            f"{lines} of the work list could not be read and {verb} left out; nothing was changed "
            "in the file.",
            icon=":material/warning:",
        )
    standings = decisions.standings(kept.decisions)
    as_at = choose_date()
    rules = gap_rules(opened, as_at)
    if rules is None:
        return
    rule = choose_rule(rules, standings)
    by_rule = worklist.findings(opened, [rule.id], as_at)
    if by_rule is not None:
        listed = narrowed(by_rule[rule.id], standings)
        chosen = choose_finding(listed, rule, standings)
        # Whose part of the work list is shown is chosen below.
        address.write({"item": chosen.key if chosen else None}, keep=("to",))
        if chosen is not None:
            show(chosen, as_at)
            worklist.decide(chosen, listed, standings)
        worklist.work_list(opened, rules, standings, as_at)


if __name__ == "__main__":
    main()
