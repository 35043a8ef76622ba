"""The work list: who looks into a finding, what came of it, and the list to take away."""

from __future__ import annotations

import getpass
from collections.abc import Collection, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import streamlit as st

from app.kept import decisions
from app.kept.decisions import Action, Decision, DecisionsError, FindingStatus, Key
from app.screens.parts import address, background, cached, signing
from app.screens.parts.cached import OpenGraph
from app.screens.parts.frame import tell, when
from app.screens.parts.table import downloads, filled, table
from app.settings import settings
from app.text.escape import clean, escaped
from app.text.findings import Finding, RuleCount, findings_of
from app.text.sheet import Sheet
from graph.analyses import analysis
from graph.errors import JoinedUpError
from graph.schema.words import number_of

if TYPE_CHECKING:
    from graph.read.project import Graph


Standings = Mapping[Key, FindingStatus]
"""Rule and item → what was decided about it."""
THIS, SHOWN = "This one", "All that are listed above"
ANYBODY = "Anybody"
COLUMNS = (
    "looked_for", "item", "status", "assigned_to", "says", "note", "decided_by", "when", "in_graph",
)  # fmt: skip
NOT_DONE = ("open", "assigned")
BUTTONS: dict[Action, tuple[str, str, tuple[str, ...], str]] = {
    "assigned": (
        "Assign", ":material/person_add:", NOT_DONE, "It is done. Reopen it to assign it."
    ),
    "done": ("Tick off", ":material/check:", NOT_DONE, "It is done already."),
    "reopened": (
        "Reopen",
        ":material/undo:",
        ("done",),
        "Nothing to reopen: only what is done can be reopened.",
    ),
}  # fmt: skip
"""action → label, icon, the states in which it can be taken, and what is said in the others"""


def decide(finding: Finding, shown: list[Finding], standings: Standings) -> None:
    """What was decided about a finding, and the form that decides about it."""
    standing = standing_of(finding, standings)
    for past in standing.history:
        to = f" to {past.to}" if past.to else ""
        note = f" – {past.note}" if past.note else ""
        action = "ticked off" if past.action == "done" else past.action
        st.caption(escaped(f"{when(past.when)}: {action}{to} by {past.who}{note}", 2_000))
    if changed(finding, standing):
        st.warning(
            "The facts have changed since the last decision: the finding now reads differently."
        )
    _confirm()
    if signing.may_decide():
        _form(finding, shown, standings)
    else:
        st.caption(signing.READS_ONLY)


@st.fragment
def _form(finding: Finding, shown: list[Finding], standings: Standings) -> None:
    """What is to be decided. No form of Streamlit's: what is typed there is known to the browser
    alone until it is sent, and lost with the page when the database goes down.
    """
    name = signing.signed_in()
    with st.container(border=True):
        st.markdown("**Work list**")
        left, right = st.columns(2)
        if name is not None:
            st.session_state["decide-who"] = name  # not theirs to write
        elif "decide-who" not in st.session_state:
            st.session_state["decide-who"] = ""
            with suppress(KeyError, OSError):  # a container may run as a user without a name
                st.session_state["decide-who"] = getpass.getuser()
        who = left.text_input(
            "Your name",
            key="decide-who",
            max_chars=decisions.LONGEST["who"],
            disabled=name is not None,
        )
        to = right.text_input(
            "Assign to",
            key="decide-to",
            max_chars=decisions.LONGEST["to"],
            placeholder="Who is to look into it",
        )
        note = st.text_area(
            "Note",
            key="decide-note",
            height=80,
            max_chars=decisions.LONGEST["note"],
            placeholder="What is to be done, or what settled it",
        )
        which = st.radio(
            "For", [THIS, f"{SHOWN} ({len(shown):,})"], horizontal=True, key="decide-for"
        )
        with st.container(horizontal=True):
            pressed = [
                action
                for action, (label, icon, *_) in BUTTONS.items()
                if st.button(label, icon=icon, key=f"decide-{action}")
            ]
    if not pressed:
        return
    try:
        st.session_state["decided"] = _decided(
            [finding] if which == THIS else shown,
            pressed[0],
            signing.reviewer() or who.strip(),
            to.strip(),
            note.strip(),
            standings,
        )
    except JoinedUpError as error:
        tell(error)
    else:
        st.rerun()


def _decided(
    chosen: list[Finding], action: Action, who: str, to: str, note: str, standings: Standings
) -> str:
    """Keep a decision about each of the findings it fits; return what was done, in words.

    Raises DecisionsError, also when something is missing or none of them fits.
    """
    _, _, states, unfit = BUTTONS[action]
    fitting = [each for each in chosen if standing_of(each, standings).status in states]
    if not who:
        raise DecisionsError("Write your name first, so that others know who decided.")
    if action == "assigned" and not to:
        raise DecisionsError("Write whom to assign it to.")
    if action == "done" and not note:
        raise DecisionsError("Write in the note what settled it, so that others can follow.")
    if not fitting:
        raise DecisionsError(unfit)
    entries = [
        Decision(
            rule=finding.rule,
            item=finding.key,
            action=action,
            who=who,
            when=decisions.now(),
            to=to if action == "assigned" else "",
            note=note,
            said=recorded_text(finding),
        )
        for finding in fitting
    ]
    decisions.append(settings().workspace, entries)
    words = {"assigned": f"assigned to {to}", "done": "ticked off", "reopened": "reopened"}
    return f"{number_of(len(entries), 'finding')} {words[action]}."


def _confirm() -> None:
    if words := st.session_state.pop("decided", None):
        st.success(escaped(words), icon=":material/check:")
        st.session_state["decide-note"] = ""  # it belongs to what was decided


def work_list(opened: OpenGraph, rules: list[RuleCount], standings: Standings, as_at: str) -> None:
    """Everything that was ever decided about, by whom it is looked into, to take away."""
    st.subheader("Work list")
    _confirm()
    if not standings:
        st.info(
            "Nothing is on the work list yet. Assign a finding, or tick one off, and it is kept "
            "in your workspace."
        )
        return
    titles = {rule.id: rule.title for rule in rules}
    listed = {rule for rule, _ in standings} & titles.keys()
    by_rule = findings(opened, listed, as_at, slot="work-list")
    if by_rule is None:
        return
    now = {(rule, each.key): each for rule, every in by_rule.items() for each in every}
    names = cached.names(opened)
    rows: list[dict[str, Any]] = []
    for (rule, item), standing in standings.items():
        finding, last = now.get((rule, item)), standing.last
        assert last is not None  # what is in the list was decided about
        in_graph = "not found any more"
        if finding is not None:
            in_graph = "the facts have changed" if changed(finding, standing) else "still found"
        rows.append(
            {
                "looked_for": titles.get(rule, rule),
                "item": finding.name if finding else names.get(item, item),
                "status": standing.status,
                "assigned_to": standing.to,
                "says": finding.says if finding else last.said,
                "note": last.note,
                "decided_by": last.who,
                "when": last.when,
                "in_graph": in_graph,
                "rule": rule,
                "item_id": item,
                "history": [_entry(decision) for decision in standing.history],
            }
        )
    people = [ANYBODY, *sorted({row["assigned_to"] for row in rows if row["assigned_to"]})]
    chosen = address.select(
        "to", "Assigned to", people, key="list-of", default=ANYBODY, format_func=clean
    )
    address.write(keep=("item",))
    rows = [row for row in rows if chosen in (ANYBODY, row["assigned_to"])]
    done = sum(row["status"] == "done" for row in rows)
    st.markdown(f"{len(rows):,} on the list, {done:,} of them done.")
    table(
        [{**row, "when": when(row["when"])} for row in rows],
        filled(rows, COLUMNS),
        key="work-list",
        about="Work list",
    )
    file_columns = (*COLUMNS, "rule", "item_id")
    downloads(
        lambda: Sheet(COLUMNS, rows, "Work list", json=rows, file_columns=file_columns),
        "work-list",
        key="work-list",
    )
    st.caption(f"Kept in {escaped(settings().workspace / decisions.FILE, 1_000)}.")


def _entry(decision: Decision) -> dict[str, str]:
    names = ("action", "to", "who", "when", "note")
    return {name: value for name in names if (value := getattr(decision, name))}


def findings(
    opened: OpenGraph, rules: Collection[str], as_at: str, *, slot: str = "gaps-items"
) -> dict[str, list[Finding]] | None:
    """Rule → everything that it found, once it was looked for."""
    wanted = tuple(sorted(rules))

    def look(whole: Graph) -> dict[str, list[Finding]]:
        items = analysis("gaps.items").run(whole, rules=wanted, as_at=as_at)
        return {rule: findings_of(items, rule) for rule in wanted}

    about, task = (wanted, as_at), "looking for gaps and conflicts"
    return background.on_graph(opened, slot, about, "The search for gaps", task, look)


def standing_of(finding: Finding, standings: Standings) -> FindingStatus:
    """What was decided about a finding; it is open while nothing was."""
    return standings.get((finding.rule, finding.key), FindingStatus())


def changed(finding: Finding, standing: FindingStatus) -> bool:
    """Whether what was found reads otherwise than when it was last decided about."""
    return standing.last is not None and standing.last.said != recorded_text(finding)


def recorded_text(finding: Finding) -> str:
    """What a decision about a finding remembers of it."""
    return clean(finding.says, 4_000)
