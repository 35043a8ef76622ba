"""What the subject lacks, where documents differ about it, and how reliable the sources are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.report.answering import item_words
from app.report.context import BriefingPart, Matter, of_analysis, part
from app.report.model import (
    Block,
    Bullets,
    Line,
    Paragraph,
    Section,
    Strong,
    TableBlock,
    cite,
    cites,
)
from app.report.phrases import capital, day
from graph.read.thing import portrait
from graph.schema.words import heading, listed, number_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.read.fact import Evidence
    from graph.read.thing import Portrait


TITLE_OF_CAVEATS = "What the documents do not say"


def doubts(matter: Matter, sections: Sequence[Section], unsaid: Sequence[str]) -> Section:
    """Sections without anything to say, how sure the cited facts are, and all caveats."""
    lines: list[Line] = []
    if unsaid:
        lines.append(
            (Strong("Nothing found. "), f"No document in the graph gives: {'; '.join(unsaid)}.")
        )
    lines += [line for line in (_age(matter, sections), _sureness(sections)) if line is not None]
    if matter.subject.left_out:
        more = number_of(matter.subject.left_out, "more thing bears", "more things bear")
        lines.append((Strong("Left out. "), f"{more} its name; narrow the subject to see them."))
    lines += [(caveat,) for caveat in matter.caveats]
    return Section(TITLE_OF_CAVEATS, (Bullets(tuple(lines)),))


def _age(matter: Matter, sections: Sequence[Section]) -> Line | None:
    known = matter.facts.graph.graph["documents"]
    cited = {piece.document for cite in cites(sections) for piece in cite.evidence}
    dates = sorted(str(known[d]["published"]) for d in cited if known.get(d, {}).get("published"))
    if not dates:
        return None
    return (
        Strong("How old this is. "),
        f"The newest document cited here was published in {day(dates[-1])}, and the briefing is "
        f"dated {day(matter.date)}: nothing that came later is known here. Say so before it is "
        "quoted as the present position.",
    )


def _sureness(sections: Sequence[Section]) -> Line | None:
    places = {piece for cite in cites(sections) for piece in cite.evidence}
    if not places:
        return None
    doubtful = [place for place in places if place.doubt]
    if not doubtful:
        return (Strong("How sure. "), "Every reference here is to something stated outright.")
    inferred = [place for place in doubtful if place.basis != "stated"]
    line = f"{len(doubtful):,} of {number_of(len(places), 'reference')} "
    line += f"{'rests' if len(doubtful) == 1 else 'rest'} on something less than a plain statement"
    if inferred:
        line += f" ({len(inferred):,} inferred)"
    return (
        Strong("How sure. "),
        f"{line}; each says so in its brackets, with a confidence between 0 and 1.",
    )


TITLE = "Gaps and conflicts"
SHOWN = 12
"""items that a row of the table names at most"""
GRAVE = "high"
ELSEWHERE = ("amounts_disagree",)
"""conflicts that the section on money shows"""
OWN_WORDS = ("summary", "response")
"""properties in words of the reader's own, which two documents rarely share"""
DATES = ("due", "start", "end")
"""properties whose conflicts the analysis of gaps lists"""


def shortfalls(matter: Matter) -> BriefingPart:
    """The section: gaps by kind, the gravest first, and conflicts with both sides."""
    result = matter.analysed("gaps.items", as_at=matter.date)
    items = set(matter.subject.items)
    conflicts: list[Line] = []
    missing: dict[tuple[str, str], list[tuple[dict[str, Any], list[Evidence]]]] = {}
    for row, facts in zip(result.rows, result.rests_on, strict=True):
        if row["item"] not in items:
            continue
        if row["sort"] == "conflict":
            if row["gap"] not in ELSEWHERE:
                conflicts.append(_conflict(matter, row, of_analysis(facts)))
        else:
            gap = (row["gap_title"], row["severity"])
            missing.setdefault(gap, []).append((row, of_analysis(facts)))
    conflicts += _differing(matter)
    if not missing and not conflicts:
        return part(None)
    blocks: list[Block] = []
    if conflicts:
        blocks.append(Bullets(tuple(conflicts)))
    if missing:
        lacking = {row["item"] for rows in missing.values() for row, _ in rows}
        total = number_of(len(items), "item")
        count = f"{len(lacking):,} of {total} {'lacks' if len(lacking) == 1 else 'lack'} something."
        blocks.append(Paragraph((count,)))
        blocks.append(
            TableBlock(
                "What is missing, the gravest first",
                ("Missing", "Severity", "Items", "Source"),
                tuple(_row(matter, *key, rows) for key, rows in missing.items()),
            )
        )
    grave = [_headline(matter, title, rows) for (title, s), rows in missing.items() if s == GRAVE]
    grave = grave or [_headline(matter, t, rows) for (t, _), rows in list(missing.items())[:1]]
    return part(Section(TITLE, tuple(blocks)), [*conflicts[:1], *grave[:2]])


def _row(
    matter: Matter, title: str, severity: str, rows: list[tuple[dict[str, Any], list[Evidence]]]
) -> tuple[Line, ...]:
    named = [item_words(matter, row["item"]) for row, _ in rows]
    where = [piece for _, pieces in rows[:SHOWN] for piece in pieces[:2]]
    return (
        (capital(title),),
        (capital(severity),),
        (listed(named, SHOWN),),
        (cite(where),),
    )


def _headline(
    matter: Matter, title: str, rows: list[tuple[dict[str, Any], list[Evidence]]]
) -> Line:
    named = listed((item_words(matter, row["item"]) for row, _ in rows), 3)
    return (
        Strong(f"{capital(title)}: "),
        f"{named} ",
        cite(piece for _, where in rows[:3] for piece in where[:2]),
        ".",
    )


def _conflict(matter: Matter, row: dict[str, Any], where: list[Evidence]) -> Line:
    return (
        Strong(f"{capital(row['gap_title'])}: "),
        f"{item_words(matter, row['item'])}: {row['says']} ",
        cite(where),
        ".",
    )


def _differing(matter: Matter) -> list[Line]:
    """Properties of the subject's own things on which documents differ."""
    lines: list[Line] = []
    for id_ in matter.subject.core:
        known = portrait(matter.store, id_)
        if known is not None:
            lines += _conflicts(known)
    return lines


def _conflicts(known: Portrait) -> list[Line]:
    lines: list[Line] = []
    for name, stated in known.conflicts.items():
        if name in OWN_WORDS or name.startswith(DATES):
            continue
        values = listed(f"“{value}”" for value, _ in stated)
        lines.append(
            (
                Strong("Documents differ: "),
                f"{heading(name).lower()} of {known.thing.name} is {values} ",
                cite(record for _, records in stated for record in records),
                ".",
            )
        )
    return lines
