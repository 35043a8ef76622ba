"""The work list: who looks into a finding, what came of it, and the list to take away."""

from __future__ import annotations

import getpass
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from app.kept import decisions
from app.kept.decisions import Decided, Decision, DecisionsError, FindingStatus
from app.people.roles import AccessError
from app.screens.parts import address, background, cached, signing
from app.screens.parts.cached import OpenGraph
from app.screens.parts.frame import tell, when
from app.screens.parts.table import downloads, table
from app.settings import settings
from app.text.escape import clean, escaped
from app.text.findings import Finding, RuleCount, findings_of
from app.text.sheet import Sheet
from graph.analyses import analysis

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from app.kept.decisions import Action, Key
    from graph.read.project import Graph


THIS, SHOWN = "This one", "All that are listed above"
COLUMNS = (
    "looked_for", "item", "status", "assigned_to", "says", "note", "decided_by", "when", "in_graph",
)  # fmt: skip
BUTTONS: dict[str, tuple[str, Action, str]] = {
    "assign": ("Assign", "assigned", ":material/person_add:"),
    "done": ("Tick off", "done", ":material/check:"),
    "reopen": ("Reopen", "reopened", ":material/undo:"),
}


def kept() -> Decided:
    """The decisions kept in the workspace. Raises DecisionsError."""
    return decisions.read(settings().workspace)


def unread(found: Decided) -> None:
    """Say that lines of the file could not be read."""
    if found.unread:
        lines = "1 line" if found.unread == 1 else f"{found.unread:,} lines"
        st.warning(
            f"{lines} of the work list could not be read and {'is' if found.unread == 1 else 'are'}"
            " left out; nothing was changed in the file.",
            icon=":material/warning:",
        )


def decide(finding: Finding, shown: list[Finding], standings: Mapping[Key, FindingStatus]) -> None:
    """What was decided about a finding, and the form that decides about it."""
    standing = standings.get((finding.rule, finding.key), FindingStatus())
    for decision in standing.history:
        st.caption(escaped(_line(decision), 2_000))
    if changed(finding, standings):
        st.warning(
            "The facts have changed since the last decision: the finding now reads differently."
        )
    _confirm()
    if not signing.may_decide():
        st.caption(signing.READS_ONLY)
        return
    _form(finding, shown, standings)


@st.fragment
def _form(finding: Finding, shown: list[Finding], standings: Mapping[Key, FindingStatus]) -> None:
    """What is to be decided. No form of Streamlit's: what is typed there is known to the browser
    alone until it is sent, and lost with the page when the database goes down.
    """
    name = signing.signed_in()
    with st.container(border=True):
        st.markdown("**Work list**")
        left, right = st.columns(2)
        if name is None:
            st.session_state.setdefault("decide-who", _user())
        else:
            st.session_state["decide-who"] = name  # not theirs to write
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
                name
                for name, (label, _, icon) in BUTTONS.items()
                if st.button(label, icon=icon, key=f"decide-{name}")
            ]
    if pressed:
        chosen = [finding] if which == THIS else shown
        _decide(chosen, BUTTONS[pressed[0]][1], who, to, note, standings)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container may run as a user without a name
        return ""


def _decide(
    chosen: list[Finding],
    action: Action,
    who: str,
    to: str,
    note: str,
    standings: Mapping[Key, FindingStatus],
) -> None:
    states = {"assigned": ("open", "assigned"), "done": ("open", "assigned"), "reopened": ("done",)}
    fitting = [each for each in chosen if status(each, standings) in states[action]]
    try:
        who = signing.reviewer() or who
    except AccessError as error:
        tell(error)
        return
    slip = _slip(action, who, to, note, bool(fitting))
    if slip:
        st.error(slip)
        return
    moment = decisions.now()
    try:
        made = [
            Decision(
                rule=each.rule,
                item=each.key,
                action=action,
                who=who.strip(),
                when=moment,
                to=to.strip() if action == "assigned" else "",
                note=note.strip(),
                said=recorded_text(each),
            )
            for each in fitting
        ]
        decisions.append(settings().workspace, made)
    except DecisionsError as error:
        tell(error)
        return
    words = {"assigned": f"assigned to {to.strip()}", "done": "ticked off", "reopened": "reopened"}
    number = "1 finding" if len(made) == 1 else f"{len(made):,} findings"
    st.session_state["decided"] = f"{number} {words[action]}."
    st.rerun()


def _slip(action: Action, who: str, to: str, note: str, any_fit: bool) -> str:
    """What is missing before this can be decided; empty when nothing is."""
    if not who.strip():
        return "Write your name first, so that others know who decided."
    if action == "assigned" and not to.strip():
        return "Write whom to assign it to."
    if action == "done" and not note.strip():
        return "Write in the note what settled it, so that others can follow."
    if not any_fit:
        return {
            "reopened": "Nothing to reopen: only what is done can be reopened.",
            "assigned": "It is done. Reopen it to assign it.",
            "done": "It is done already.",
        }[action]
    return ""


def _confirm() -> None:
    if words := st.session_state.pop("decided", None):
        st.success(escaped(words), icon=":material/check:")
        st.session_state["decide-note"] = ""  # it belongs to what was decided


def _line(decision: Decision) -> str:
    """`22 November 2026, 17:53: assigned to Bob by Ann – look in annex B`."""
    to = f" to {decision.to}" if decision.to else ""
    note = f" – {decision.note}" if decision.note else ""
    words = {"done": "ticked off"}.get(decision.action, decision.action)
    return f"{when(decision.when)}: {words}{to} by {decision.who}{note}"


def work_list(
    opened: OpenGraph, rules: list[RuleCount], standings: Mapping[Key, FindingStatus], as_at: str
) -> None:
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
    found = findings(opened, listed, as_at, slot="work-list")
    if found is None:
        return
    now = {(rule, each.key): each for rule, every in found.items() for each in every}
    rows = _rows(titles, now, standings, cached.names(opened))
    people = [ANYBODY, *sorted({row["assigned_to"] for row in rows if row["assigned_to"]})]
    chosen = address.select(
        "to", "Assigned to", people, key="list-of", default=ANYBODY, format_func=clean
    )
    address.write(keep=("item",))
    rows = [row for row in rows if chosen in (ANYBODY, row["assigned_to"])]
    done = sum(row["status"] == "done" for row in rows)
    st.markdown(f"{len(rows):,} on the list, {done:,} of them done.")
    shown = [name for name in COLUMNS if any(row[name] for row in rows)]
    table([{**r, "when": when(r["when"])} for r in rows], shown, key="work-list", about="Work list")
    downloads(partial(_sheet, rows), "work-list", key="work-list")
    st.caption(f"Kept in {escaped(settings().workspace / decisions.FILE, 1_000)}.")


ANYBODY = "Anybody"


def _rows(
    titles: Mapping[str, str],
    now: Mapping[Key, Finding],
    standings: Mapping[Key, FindingStatus],
    names: Mapping[str, str],
) -> list[dict[str, Any]]:
    rows = []
    for (rule, item), standing in standings.items():
        finding, last = now.get((rule, item)), standing.last
        assert last is not None  # what is in the list was decided about
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
                "in_graph": _in_graph(finding, standings),
                "rule": rule,
                "item_id": item,
                "history": [_entry(decision) for decision in standing.history],
            }
        )
    return rows


def _in_graph(finding: Finding | None, standings: Mapping[Key, FindingStatus]) -> str:
    if finding is None:
        return "not found any more"
    return "the facts have changed" if changed(finding, standings) else "still found"


def _entry(decision: Decision) -> dict[str, str]:
    names = ("action", "to", "who", "when", "note")
    return {name: value for name in names if (value := getattr(decision, name))}


def _sheet(rows: list[dict[str, Any]]) -> Sheet:
    return Sheet(
        columns=COLUMNS,
        rows=rows,
        title="Work list",
        json=rows,
        file_columns=(*COLUMNS, "rule", "item_id"),
    )


def findings(
    opened: OpenGraph, rules: Collection[str], as_at: str, *, slot: str = "gaps-items"
) -> dict[str, list[Finding]] | None:
    """Rule → everything that it found, once it was looked for."""
    wanted = tuple(sorted(rules))

    def looked(whole: Graph) -> dict[str, list[Finding]]:
        items = analysis("gaps.items").run(whole, rules=wanted, as_at=as_at)
        names = cached.named(whole)
        return {rule: findings_of(items, rule, names) for rule in wanted}

    about, task = (wanted, as_at), "looking for gaps and conflicts"
    return background.on_graph(opened, slot, about, "The search for gaps", task, looked)


def status(finding: Finding, standings: Mapping[Key, FindingStatus]) -> str:
    """open, assigned or done."""
    standing = standings.get((finding.rule, finding.key))
    return standing.status if standing else "open"


def changed(finding: Finding, standings: Mapping[Key, FindingStatus]) -> bool:
    """Whether what was found reads otherwise than when it was last decided about."""
    standing = standings.get((finding.rule, finding.key))
    last = standing.last if standing else None
    return last is not None and last.said != recorded_text(finding)


def recorded_text(finding: Finding) -> str:
    """What a decision about a finding remembers of it."""
    return clean(finding.says, 4_000)
