"""What is due when and what is past its date; what documents report as done or planned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.report.answering import item_words
from app.report.context import BriefingPart, Matter, end, mentions, part
from app.report.model import Block, Line, Paragraph, Section, Strong, TableBlock, cite
from app.report.phrases import capital, day, span
from graph.schema.dates import PartialDate, last_day
from graph.schema.locators import locator_key, natural_key
from graph.schema.relationships import ANSWERING
from graph.schema.words import listed, number_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.read.fact import Fact


TITLE_OF_PROGRESS = "What has been done and is planned"
ACTIONS_SHOWN = 20


def progress(matter: Matter) -> BriefingPart:
    """The section: actions on the subject's conclusions, by its bodies, or that speak of it."""
    subject = matter.subject
    own = {*subject.items, *subject.groups, *subject.holders, *subject.core}
    found = [
        link
        for link in matter.facts.of_type["ACTED_ON"]
        if link.start.id in own
        or end(link).id in own
        or mentions(
            subject.names, f"{link.properties.get('done')} {link.properties.get('planned')}"
        )
    ]
    if not found:
        return part(None)
    alike: dict[tuple[str, str, str], list[Fact]] = {}
    for link in found:
        done, planned = (str(link.properties.get(name) or "") for name in ("done", "planned"))
        alike.setdefault((end(link).id, done, planned), []).append(link)
    ordered = sorted(alike.items(), key=_progress_order)
    rows: list[tuple[Line, ...]] = []
    said: set[str] = set()
    for key, links in ordered[:ACTIONS_SHOWN]:
        rows.append(_progress_row(matter, *key, links, again=key[0] in said))
        said.add(key[0])
    columns = ("On", "Who", "Done", "Planned", "Source")
    kept = [n for n in range(5) if any(row[n] != ("",) for row in rows)]
    blocks: list[Block] = [
        TableBlock(
            "Actions that documents report",
            tuple(columns[n] for n in kept),
            tuple(tuple(row[n] for n in kept) for row in rows),
        )
    ]
    if len(ordered) > ACTIONS_SHOWN:
        more = number_of(len(ordered) - ACTIONS_SHOWN, "more report is", "more reports are")
        blocks.append(Paragraph((f"{more} left out.",), quiet=True))
    matter.caution("What was done is what the documents report; nobody has checked it here.")
    return part(Section(TITLE_OF_PROGRESS, tuple(blocks)))


def _progress_order(one: tuple[tuple[str, str, str], list[Fact]]) -> tuple[Any, ...]:
    key, links = one
    return (natural_key(end(links[0]).name), key[0], locator_key(links[0].locator), key)


def _progress_row(
    matter: Matter, item: str, done: str, planned: str, links: list[Fact], *, again: bool
) -> tuple[Line, ...]:
    summary = None if again else matter.facts.values(item).get("summary")
    name = matter.facts.thing(item).name
    return (
        (f"{name}: {summary}" if summary else name,),
        (listed(sorted({link.start.name for link in links})),),
        (capital(done),),
        (capital(planned),),
        (cite(links),),
    )


TITLE = "Deadlines and periods"
ROWS = 40


def deadlines(matter: Matter) -> BriefingPart:
    """The section, by date."""
    dated = [(when, item) for item in matter.subject.items if (when := _when(matter, item))[1]]
    if not dated:
        return part(None)
    dated.sort(key=lambda one: (one[0][0] == "", one[0][0], one[1]))
    rows = [_row(matter, item, words, last) for (last, words), item in dated[:ROWS]]
    columns = ("When", f"By {day(matter.date)}", "What", "Who answers for it", "Source")
    blocks: list[Block] = [TableBlock("Dates by item", columns, tuple(rows))]
    past = [item for (last, _), item in dated if _past(last, matter.date) and _due(matter, item)]
    if past:
        blocks.insert(0, Paragraph(_late(matter, past)))
        matter.caution(
            "A date that has passed says when something was due, and not whether it was done: the "
            "documents may be older than its completion."
        )
    if len(dated) > ROWS:
        blocks.append(Paragraph((f"{len(dated) - ROWS:,} more are left out.",), quiet=True))
    return part(Section(TITLE, tuple(blocks)), [_late(matter, past)] if past else [])


def _late(matter: Matter, past: list[str]) -> Line:
    facts = matter.facts
    names = listed((facts.thing(item).name for item in past), 3)
    unreported = [item for item in past if not facts.into([item], "ACTED_ON")]
    silent = f", and of {len(unreported):,} no document says what was done" if unreported else ""
    return (
        Strong(f"{number_of(len(past), 'deadline has', 'deadlines have')} passed"),
        f" by {day(matter.date)}: {names}{silent} ",
        cite(facts.about(item) for item in past[:6]),
        ".",
    )


def _due(matter: Matter, item: str) -> bool:
    values = matter.facts.values(item)
    return any(values.get(name) for name in ("due", "due_start", "due_end"))


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
    return str(values.get("end") or ""), period


def _text(values: Mapping[str, Any], name: str) -> str | None:
    return str(values[name]) if values.get(name) else None


def _past(last: str, date: str) -> bool:
    """Whether a day, or the last day of a month or year, lies before a date."""
    return bool(last) and last_day(PartialDate(last)).isoformat() < date


def _row(matter: Matter, item: str, words: str, last: str) -> tuple[Line, ...]:
    held = matter.facts.into([item], "RESPONSIBLE_FOR")
    main = [f for f in held if f.properties["role"] in ANSWERING] or held
    who = list({f.start.id: f.start.name for f in main}.values())
    over = _past(last, matter.date)
    status = ("passed" if _due(matter, item) else "ended") if over else ""
    return (
        (words,),
        (status,),
        (item_words(matter, item),),
        (listed(who) or "nobody named",),
        (cite([matter.facts.about(item), *main]),),
    )
