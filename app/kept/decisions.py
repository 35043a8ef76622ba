"""What analysts decided about findings: assigned, done, reopened; kept outside the graph.

The decisions are lines of JSON in one file of the workspace, each written whole and never changed
(`work-list.jsonl`). They survive a restart, and the graph being loaded anew: a finding is known by
its rule and by the id of what it is about. What could not be read, such as a line that a crash
tore, is counted and left where it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, get_args

from graph.errors import JoinedUpError
from graph.files import append_json_lines

Action = Literal["assigned", "done", "reopened"]
Status = Literal["open", "assigned", "done"]
Key = tuple[str, str]
"""Rule and item."""

FILE = "work-list.jsonl"
LONGEST = {"who": 120, "to": 120, "rule": 200, "item": 1_000, "note": 2_000, "said": 4_000}
"""characters of each text"""
WAIT = 10.0
"""seconds to wait for somebody else who is writing"""


class DecisionsError(JoinedUpError):
    """The file of decisions cannot be read or written, or a decision is not complete."""


@dataclass(frozen=True, kw_only=True)
class Decision:
    """One decision about one finding. Raises DecisionsError when it is not complete."""

    rule: str
    """the gap rule or the question that found it"""
    item: str
    """what it is about: an id, with what tells several findings about it apart"""
    action: Action
    who: str
    """who decided"""
    when: str
    """UTC, ISO 8601"""
    to: str = ""
    """who is to look into it"""
    note: str = ""
    said: str = ""
    """what was found at the time; when it reads otherwise now, the facts have changed"""

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            longest = LONGEST.get(name, 100)
            if not isinstance(value, str):
                raise DecisionsError(f"'{name}' of a decision must be text")
            if len(value) > longest:
                raise DecisionsError(f"'{name}' is longer than {longest:,} characters")
        if self.action not in get_args(Action):
            raise DecisionsError(f"'{self.action}' is none of {', '.join(get_args(Action))}")
        for name in ("rule", "item", "who"):
            if not getattr(self, name).strip():
                raise DecisionsError(f"a decision needs '{name}'")
        if self.action == "assigned" and not self.to.strip():
            raise DecisionsError("say to whom it is assigned")
        try:
            moment = datetime.fromisoformat(self.when)
        except ValueError:
            raise DecisionsError(f"'{self.when}' is no instant in ISO 8601") from None
        if moment.tzinfo is None:
            raise DecisionsError(f"'{self.when}' does not say in which time zone it is")


@dataclass(frozen=True)
class FindingStatus:
    """The state of a finding after all decisions about it, which are `history`, oldest first."""

    status: Status = "open"
    to: str = ""
    history: tuple[Decision, ...] = ()

    @property
    def last(self) -> Decision | None:
        """The latest decision."""
        return self.history[-1] if self.history else None


@dataclass(frozen=True)
class Decided:
    """Every decision that could be read, in the order of writing, and how many lines could not."""

    decisions: tuple[Decision, ...] = ()
    unread: int = 0


def now() -> str:
    """This instant: UTC, ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def read(workspace: Path) -> Decided:
    """The decisions kept in `workspace`; none when there is no file. Raises DecisionsError."""
    try:
        raw = (workspace / FILE).read_bytes()
    except FileNotFoundError:
        return Decided()
    except OSError as error:
        raise _failed("read", workspace, error) from None
    decisions: list[Decision] = []
    unread = 0
    for line in filter(bytes.strip, raw.split(b"\n")):
        try:
            decisions.append(Decision(**json.loads(line.decode("utf-8"))))
        except (ValueError, RecursionError, DecisionsError, TypeError):
            unread += 1  # no JSON, no decision, or one with keys missing or unknown
    return Decided(tuple(decisions), unread)


def append(workspace: Path, decisions: Sequence[Decision]) -> None:
    """Add decisions to those kept in `workspace`: all of them, on the disk, or an error.

    Other sessions and processes that write at the same time wait. Raises DecisionsError.
    """
    try:
        append_json_lines(workspace / FILE, map(asdict, decisions), timeout=WAIT)
    except OSError as error:
        raise _failed("written", workspace, error) from None


def _failed(done: str, workspace: Path, error: Exception) -> DecisionsError:
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return DecisionsError(
        f"the work list {workspace / FILE} cannot be {done} "
        f"({reason}): check that the folder is yours and has room, then try again"
    )


def standings(decisions: Iterable[Decision]) -> dict[Key, FindingStatus]:
    """The state of every finding that somebody decided about, in the order of first decisions.

    >>> when = "2026-11-22T10:00:00+00:00"
    >>> given = [Decision(rule="no_owner", item="uk/psa/drugs", action="assigned", who="Ann",
    ...                   to="Bob", when=when),
    ...          Decision(rule="no_owner", item="uk/psa/drugs", action="done", who="Bob",
    ...                   when=when, note="Named in the annex")]
    >>> [(key, one.status, one.to) for key, one in standings(given).items()]
    [(('no_owner', 'uk/psa/drugs'), 'done', 'Bob')]
    """
    states: dict[Key, FindingStatus] = {}
    for decision in decisions:
        before = states.get((decision.rule, decision.item), FindingStatus())
        to = decision.to if decision.action == "assigned" else before.to
        status: Mapping[str, Status] = {
            "assigned": "assigned",
            "done": "done",
            "reopened": "assigned" if to else "open",
        }
        states[decision.rule, decision.item] = FindingStatus(
            status[decision.action], to, (*before.history, decision)
        )
    return states
