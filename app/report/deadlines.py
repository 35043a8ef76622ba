"""What is due when, who answers for it, and what is past its date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.report.answering import item_words
from app.report.facts import places
from app.report.matter import Matter, Part, part
from app.report.model import Block, Line, Paragraph, Section, Strong, Table, cite
from app.report.words import day, listed, number_of, span
from graph.dates import PartialDate, last_day

if TYPE_CHECKING:
    from collections.abc import Mapping

TITLE = "Deadlines and periods"
ROWS = 40


def deadlines(matter: Matter) -> Part:
    """The section, by date."""
    dated = [(when, item) for item in matter.subject.items if (when := _when(matter, item))[1]]
    if not dated:
        return part(None)
    dated.sort(key=lambda one: (one[0][0] == "", one[0][0], one[1]))
    rows = [_row(matter, item, words, last) for (last, words), item in dated[:ROWS]]
    blocks: list[Block] = [
        Table("Dates by item", ("When", "What", "Who answers for it", "Source"), tuple(rows))
    ]
    past = [item for (last, _), item in dated if _past(last, matter.date)]
    if past:
        blocks.insert(0, Paragraph(_late(matter, past)))
    if len(dated) > ROWS:
        blocks.append(Paragraph((f"{len(dated) - ROWS:,} more are left out.",), quiet=True))
    matter.caution(
        "A date that has passed says when something was due, and not whether it was done: the "
        "documents may be older than its completion."
    )
    return part(Section(TITLE, tuple(blocks)), [_late(matter, past)] if past else [])


def _late(matter: Matter, past: list[str]) -> Line:
    facts = matter.facts
    unreported = [i for i in past if not facts.into([i], "ACTED_ON")]
    names = listed((facts.thing(i).name for i in past), 4)
    count = number_of(len(past), "date has", "dates have")
    said = (
        f"{count} passed by {day(matter.date)}: {names}. "
        f"For {len(unreported) if len(unreported) < len(past) else 'none of them'} "
        f"{'no document' if len(unreported) < len(past) else 'does a document'} "
        "report what was done. "
    )
    return (Strong("Past its date. "), said, cite(facts.place(i) for i in past[:12]))


def _when(matter: Matter, item: str) -> tuple[str, str]:
    """The last day that matters, for sorting, and the date in words."""
    values = matter.facts.values(item)
    due = values.get("due") or values.get("due_end") or values.get("due_start")
    text = str(values.get("due_text") or "")
    if due:
        words = span(_text(values, "due_start"), _text(values, "due_end")) or f"by {day(str(due))}"
        return str(due), words
    if text:
        return "", f"“{text}”"
    if values.get("ongoing") is True:
        return "", "ongoing"
    period = span(_text(values, "start"), _text(values, "end"))
    return str(values.get("end") or values.get("start") or ""), period


def _text(values: Mapping[str, Any], name: str) -> str | None:
    return str(values[name]) if values.get(name) else None


def _past(last: str, date: str) -> bool:
    """Whether a day, or the last day of a month or year, lies before a date."""
    return bool(last) and last_day(PartialDate(last)).isoformat() < date


def _row(matter: Matter, item: str, words: str, last: str) -> tuple[Line, ...]:
    held = matter.facts.into([item], "RESPONSIBLE_FOR")
    main = [f for f in held if f.values["role"] in ("lead", "joint")] or held
    who = list({f.start.id: f.start.name for f in main}.values())
    return (
        (words,),
        (item_words(matter, item),),
        (listed(who) or "nobody named",),
        (cite([matter.facts.place(item), *places(main)]),),
    )
