"""Where those who answer for the subject stand among everybody: load, bottlenecks, vetoes."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from app.report.context import BriefingPart, Matter, of_analysis, part
from app.report.model import Block, Line, Paragraph, Section, Strong, TableBlock, cite
from app.report.phrases import capital
from app.report.pictures import bars
from graph.read.fact import Evidence
from graph.schema.words import listed, number_of

if TYPE_CHECKING:
    from collections.abc import Sequence


TITLE = "What runs through whom"
MEANING = (
    "Two posts or bodies are connected when both have a role in one item; a connection runs "
    "through a third when the shortest way between them leads over what it shares with each. An "
    "equals sign marks a shared rank."
)
ROWS = 15
CITED = 12
"""places of a row that are cited at most; a measure may rest on hundreds"""

Row = dict[str, Any]
Measured = list[tuple[Row, list[Evidence]]]


def standing(matter: Matter) -> BriefingPart:
    """The section: the measures of the holders of the subject's items, out of all holders."""
    subject = matter.subject
    result = matter.analysed("bottlenecks")
    links = matter.facts.into(subject.items, "RESPONSIBLE_FOR", "APPROVES")
    holders = {link.start.id for link in links} | set(subject.holders)
    measured: Measured = [
        # The places of the subject itself first.
        (row, of_analysis(sorted(facts, key=lambda fact: fact.to_id not in subject.covered)))
        for row, facts in zip(result.rows, result.rests_on, strict=True)
        if row["holder"] in holders
    ]
    if not measured:
        return part(None)
    # A post or body asks about itself; an item about whoever most runs through.
    own = [one for one in measured if one[0]["holder"] in subject.core]
    first = _sentence(own or measured, len(result.rows))
    blocks: list[Block] = [Paragraph(first)]
    blocks.append(Paragraph((MEANING,), quiet=True))
    cut = _cut_off(measured)
    if cut is not None:
        blocks.append(Paragraph(cut))
    blocks.append(_table(measured, result.rows))
    carried = [(row["holder_name"], row["items"]) for row, _ in measured if row["items"]]
    if len(carried) > 1:
        carried.sort(key=lambda one: -one[1])
        blocks.append(
            bars(
                "Items in which each has a role, in the whole graph",
                [(name, number, f"{number:,}") for name, number in carried[:ROWS]],
            )
        )
    if len(measured) > ROWS:
        more = number_of(len(measured) - ROWS, "more holder is", "more holders are")
        blocks.append(Paragraph((f"{more} left out.",), quiet=True))
    return part(Section(TITLE, tuple(blocks)), [first])


def _sentence(measured: Measured, holders: int) -> Line:
    row, rests = measured[0]
    name = row["holder_name"]
    if not row["betweenness"]:
        busiest, where = max(measured, key=lambda one: one[0]["items"])
        return (
            Strong("No bottleneck here. "),
            f"Nothing runs through {listed([r['holder_name'] for r, _ in measured], 3)}; "
            f"{busiest['holder_name']} has a role in {number_of(busiest['items'], 'item')} ",
            cite(where[:CITED]),
            ".",
        )
    share = f"{row['betweenness']:.1%}"
    most = f"Most runs through {name}. " if len(measured) > 1 else f"{name} lies between others. "
    return (
        Strong(most),
        f"Of {holders:,} posts and bodies with a role it ranks {_place(row['rank'])}: it has a "
        f"role in {number_of(row['items'], 'item')}, and {share} of the shortest connections "
        "between all others pass through it ",
        cite(rests[:CITED]),
        ".",
    )


def _cut_off(measured: Measured) -> Line | None:
    cutting = [(row, rests) for row, rests in measured if row["items_cut_off"]]
    if not cutting:
        return None
    named = [
        f"{row['holder_name']} ({number_of(row['items_cut_off'], 'item')})" for row, _ in cutting
    ]
    return (
        Strong("Without a way round. "),
        "Some items depend on one holder alone and would be cut off without it: "
        f"{listed(named, 6)} ",
        cite(place for _, rests in cutting[:6] for place in rests[:3]),
        ".",
    )


def _table(measured: Measured, every: Sequence[Row]) -> TableBlock:
    holders = len(every)
    columns = (
        f"Rank of {holders:,}",
        "Who",
        "Roles in items",
        "Answers for",
        "Share of connections",
        "Items cut off without it",
        "Funds it can stop",
        "Source",
    )
    rows: list[tuple[Line, ...]] = []
    ranks = Counter(row["rank"] for row in every)
    for row, rests in measured[:ROWS]:
        numbers = (row["items"], row["answers"])
        after = (row["items_cut_off"], row["funds_to_stop"])
        more = len(rests) - CITED
        rows.append(
            (
                (f"{row['rank']:,}{'=' if ranks[row['rank']] > 1 else ''}",),
                (capital(row["holder_name"]),),
                *((f"{n:,}",) for n in numbers),
                (f"{row['betweenness']:.1%}",),
                *((f"{n:,}",) for n in after),
                (cite(rests[:CITED]), *((f" and {more} more",) if more > 0 else ())),
            )
        )
    return TableBlock(
        "Measures of those who have a role in this",
        columns,
        tuple(rows),
        frozenset(columns) - {"Who", "Source"},
    )


def _place(rank: int) -> str:
    """`1st`, `12th`."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th") if rank % 100 // 10 != 1 else "th"
    return f"{rank:,}{ending}"
