"""What the subject lacks, where documents differ about it, and how reliable the sources are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from app.report.answering import item_words
from app.report.context import BriefingPart, Matter
from app.report.model import (
    Block,
    Bullets,
    Cite,
    Line,
    Paragraph,
    Section,
    Strong,
    TableBlock,
    cite,
    cited,
    day,
)
from app.text.escape import sentence
from graph.read.fact import Evidence
from graph.read.thing import portrait
from graph.schema.words import heading, listed, number_of

TITLE_OF_CAVEATS = "What the documents do not say"


def doubts(matter: Matter, sections: Sequence[Section], unsaid: Sequence[str]) -> Section:
    """Sections without anything to say, how sure the cited facts are, and all caveats."""
    lines: list[Line] = []
    if unsaid:
        lines.append(
            (Strong("Nothing found. "), f"No document in the graph gives: {'; '.join(unsaid)}.")
        )
    places = set(cited(sections))
    known = matter.facts.graph.graph["documents"]
    dates = [known.get(document, {}).get("published") for document in {p.document for p in places}]
    if newest := max((str(date) for date in dates if date), default=""):
        words = (
            f"The newest document cited here was published in {day(newest)}, and the briefing is "
            f"dated {day(matter.date)}: nothing that came later is known here. Say so before it is "
            "quoted as the present position."
        )
        lines.append((Strong("How old this is. "), words))
    if places:
        lines.append((Strong("How sure. "), _sureness(places)))
    if matter.subject.left_out:
        more = number_of(matter.subject.left_out, "more thing bears", "more things bear")
        lines.append((Strong("Left out. "), f"{more} its name; narrow the subject to see them."))
    lines += [(caveat,) for caveat in matter.caveats]
    return Section(TITLE_OF_CAVEATS, [Bullets(lines)])


def _sureness(places: set[Evidence]) -> str:
    doubtful = [place for place in places if place.doubt]
    if not doubtful:
        return "Every reference here is to something stated outright."
    inferred = sum(place.basis != "stated" for place in doubtful)
    rests = number_of(len(places), "reference") + (" rests" if len(doubtful) == 1 else " rest")
    return (
        f"{len(doubtful):,} of {rests} on something less than a plain statement"
        f"{f' ({inferred:,} inferred)' if inferred else ''}; each says so in its brackets, with a "
        "confidence between 0 and 1."
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
Lacking = list[tuple[str, Sequence[Evidence]]]
"""items that lack something, each with where it is spoken of"""


def shortfalls(matter: Matter) -> BriefingPart:
    """The section: gaps by kind, the gravest first, and conflicts with both sides."""
    result = matter.analysed("gaps.items", as_at=matter.date)
    items = set(matter.subject.items)
    conflicts: list[Line] = []
    missing: dict[tuple[str, str], Lacking] = defaultdict(list)
    for row, facts in zip(result.rows, result.rests_on, strict=True):
        if row["item"] not in items:
            continue
        places, title = cite(facts), row["gap_title"]
        if row["sort"] != "conflict":
            missing[title, row["severity"]].append((row["item"], places.evidence))
        elif row["gap"] not in ELSEWHERE:
            words = f"{item_words(matter, row['item'])}: {row['says']} "
            conflicts.append((Strong(f"{sentence(title)}: "), words, places, "."))
    conflicts += _differing(matter)
    if not missing and not conflicts:
        return BriefingPart()
    blocks: list[Block] = []
    if conflicts:
        blocks.append(Bullets(conflicts))
    if missing:
        lacking = {item for gaps in missing.values() for item, _ in gaps}
        total = number_of(len(items), "item")
        count = f"{len(lacking):,} of {total} {'lacks' if len(lacking) == 1 else 'lack'} something."
        blocks.append(Paragraph((count,)))
        blocks.append(
            TableBlock(
                "What is missing, the gravest first",
                ("Missing", "Severity", "Items", "Source"),
                [
                    [
                        (sentence(title),),
                        (sentence(severity),),
                        (listed((item_words(matter, item) for item, _ in gaps), SHOWN),),
                        (_cited(gaps, SHOWN),),
                    ]
                    for (title, severity), gaps in missing.items()
                ],
            )
        )
    grave = [(title, gaps) for (title, severity), gaps in missing.items() if severity == GRAVE]
    headlines: list[Line] = [
        (
            Strong(f"{sentence(title)}: "),
            f"{listed((item_words(matter, item) for item, _ in gaps), 3)} ",
            _cited(gaps, 3),
            ".",
        )
        for title, gaps in grave[:2] or [(title, g) for (title, _), g in missing.items()][:1]
    ]
    return BriefingPart(Section(TITLE, blocks), [*conflicts[:1], *headlines])


def _cited(gaps: Lacking, most: int) -> Cite:
    return cite(piece for _, places in gaps[:most] for piece in places[:2])


def _differing(matter: Matter) -> list[Line]:
    """Properties of the subject's own things on which documents differ."""
    lines: list[Line] = []
    for id_ in matter.subject.core:
        if (known := portrait(matter.store, id_)) is None:
            continue
        for name, stated in known.conflicts.items():
            if name not in OWN_WORDS and not name.startswith(DATES):
                values = listed(f"“{value}”" for value, _ in stated)
                words = f"{heading(name).lower()} of {known.thing.name} is {values} "
                places = cite(record for _, records in stated for record in records)
                lines.append((Strong("Documents differ: "), words, places, "."))
    return lines
