"""What is due when and what is past its date; what documents report as done or planned."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from app.report.answering import item_words
from app.report.context import BriefingPart, Matter, end, mentions
from app.report.model import (
    Block,
    Line,
    Paragraph,
    Section,
    Strong,
    TableBlock,
    cite,
    day,
    left_out,
    span,
)
from app.text.escape import sentence
from graph.schema.dates import PartialDate, last_day
from graph.schema.locators import locator_key, natural_key
from graph.schema.relationships import ANSWERING
from graph.schema.words import listed, number_of

if TYPE_CHECKING:
    from graph.read.fact import Fact


TITLE_OF_PROGRESS = "What has been done and is planned"
ACTIONS_SHOWN = 20


def progress(matter: Matter) -> BriefingPart:
    """The section: actions on the subject's conclusions, by its bodies, or that speak of it."""
    facts, subject = matter.facts, matter.subject
    own = {*subject.items, *subject.groups, *subject.holders, *subject.core}
    alike: dict[tuple[str, str, str], list[Fact]] = defaultdict(list)
    for link in facts.of_type["ACTED_ON"]:
        values = link.properties
        if own & {link.from_id, link.to_id} or mentions(
            subject.names, f"{values.get('done')} {values.get('planned')}"
        ):
            done, planned = (str(values.get(name) or "") for name in ("done", "planned"))
            alike[link.to_id, done, planned].append(link)
    if not alike:
        return BriefingPart()

    def by_place(one: tuple[tuple[str, str, str], list[Fact]]) -> tuple[Any, ...]:
        key, links = one
        return (natural_key(end(links[0]).name), key[0], locator_key(links[0].locator), key)

    rows: list[list[Line]] = []
    summarised: set[str] = set()
    for (item, done, planned), links in sorted(alike.items(), key=by_place)[:ACTIONS_SHOWN]:
        summary = None if item in summarised else facts.values(item).get("summary")
        summarised.add(item)
        name = facts.thing(item).name
        rows.append(
            [
                (f"{name}: {summary}" if summary else name,),
                (listed(sorted({link.start.name for link in links})),),
                (sentence(done),),
                (sentence(planned),),
                (cite(links),),
            ]
        )
    columns = ("On", "Who", "Done", "Planned", "Source")
    matter.caution("What was done is what the documents report; nobody has checked it here.")
    blocks = [
        TableBlock("Actions that documents report", columns, rows).filled(),
        *left_out(len(alike) - ACTIONS_SHOWN, "more report is", "more reports are"),
    ]
    return BriefingPart(Section(TITLE_OF_PROGRESS, blocks))


TITLE = "Deadlines and periods"
ROWS = 40


def deadlines(matter: Matter) -> BriefingPart:
    """The section, by date."""
    facts = matter.facts
    dated = [(*when, item) for item in matter.subject.items if (when := _when(matter, item))[1]]
    if not dated:
        return BriefingPart()
    dated.sort(key=lambda one: (one[0] == "", one[0], one[2]))
    past = [item for last, _, item in dated if _past(last, matter.date) and _due(matter, item)]
    blocks: list[Block] = []
    headlines: list[Line] = []
    if past:
        unreported = [item for item in past if not facts.into([item], "ACTED_ON")]
        silent = (
            f", and of {len(unreported):,} no document says what was done" if unreported else ""
        )
        names = listed((facts.thing(item).name for item in past), 3)
        headlines.append(
            (
                Strong(f"{number_of(len(past), 'deadline has', 'deadlines have')} passed"),
                f" by {day(matter.date)}: {names}{silent} ",
                cite(facts.about(item) for item in past[:6]),
                ".",
            )
        )
        blocks.append(Paragraph(headlines[0]))
        matter.caution(
            "A date that has passed says when something was due, and not whether it was done: the "
            "documents may be older than its completion."
        )
    rows: list[list[Line]] = []
    for last, words, item in dated[:ROWS]:
        held = facts.into([item], "RESPONSIBLE_FOR")
        main = [f for f in held if f.properties["role"] in ANSWERING] or held
        who = {f.start.id: f.start.name for f in main}.values()
        status = ("passed" if _due(matter, item) else "ended") if _past(last, matter.date) else ""
        rows.append(
            [
                (words,),
                (status,),
                (item_words(matter, item),),
                (listed(who) or "nobody named",),
                (cite([facts.about(item), *main]),),
            ]
        )
    columns = ("When", f"By {day(matter.date)}", "What", "Who answers for it", "Source")
    blocks.append(TableBlock("Dates by item", columns, rows))
    blocks += left_out(len(dated) - ROWS, "more is", "more are")
    return BriefingPart(Section(TITLE, blocks), headlines)


def _due(matter: Matter, item: str) -> bool:
    values = matter.facts.values(item)
    return any(values.get(name) for name in ("due", "due_start", "due_end"))


def _when(matter: Matter, item: str) -> tuple[str, str]:
    """The last day that matters, for sorting, and the date in words."""
    values = matter.facts.values(item)
    if due := values.get("due") or values.get("due_end") or values.get("due_start"):
        return due, span(values.get("due_start"), values.get("due_end")) or f"by {day(due)}"
    if text := values.get("due_text"):
        return "", f"“{text}”"
    if values.get("ongoing") is True:
        return "", "ongoing"
    return values.get("end") or "", span(values.get("start"), values.get("end"))


def _past(last: str, date: str) -> bool:
    """Whether a day, or the last day of a month or year, lies before a date."""
    return bool(last) and last_day(PartialDate(last)).isoformat() < date
