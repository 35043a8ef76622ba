"""Where those who answer for the subject stand among everybody: load, bottlenecks, vetoes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from app.report.context import BriefingPart, Matter
from app.report.model import Block, Line, Paragraph, Section, Strong, TableBlock, cite, left_out
from app.report.pictures import bars
from app.text.escape import sentence
from graph.read.fact import Evidence
from graph.schema.words import listed, number_of

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
Measured = list[tuple[Row, Sequence[Evidence]]]


def standing(matter: Matter) -> BriefingPart:
    """The section: the measures of the holders of the subject's items, out of all holders."""
    subject = matter.subject
    result = matter.analysed("bottlenecks")
    links = matter.facts.into(subject.items, "RESPONSIBLE_FOR", "APPROVES")
    holders = {link.start.id for link in links} | set(subject.holders)
    measured: Measured = []
    for row, facts in zip(result.rows, result.rests_on, strict=True):
        if row["holder"] in holders:
            # The places of the subject itself come first.
            ordered = sorted(facts, key=lambda fact: fact.to_id not in subject.covered)
            measured.append((row, cite(ordered).evidence))
    if not measured:
        return BriefingPart()
    # A post or body asks about itself; an item about whoever most runs through.
    own = [one for one in measured if one[0]["holder"] in subject.core]
    first = _sentence(own or measured, len(result.rows))
    blocks: list[Block] = [Paragraph(first), Paragraph((MEANING,), quiet=True)]
    if cutting := [(row, where) for row, where in measured if row["items_cut_off"]]:
        named = [
            f"{row['holder_name']} ({number_of(row['items_cut_off'], 'item')})"
            for row, _ in cutting
        ]
        words = (
            "Some items depend on one holder alone and would be cut off without it: "
            f"{listed(named, 6)} "
        )
        places = cite(piece for _, where in cutting[:6] for piece in where[:3])
        blocks.append(Paragraph((Strong("Without a way round. "), words, places, ".")))
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
    blocks += left_out(len(measured) - ROWS, "more holder is", "more holders are")
    return BriefingPart(Section(TITLE, blocks), [first])


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
    rank = row["rank"]
    ending = {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th") if rank % 100 // 10 != 1 else "th"
    return (
        Strong(
            f"Most runs through {name}. " if len(measured) > 1 else f"{name} lies between others. "
        ),
        f"Of {holders:,} posts and bodies with a role it ranks {rank:,}{ending}: it has a role in "
        f"{number_of(row['items'], 'item')}, and {row['betweenness']:.1%} of the shortest "
        "connections between all others pass through it ",
        cite(rests[:CITED]),
        ".",
    )


def _table(measured: Measured, every: Sequence[Row]) -> TableBlock:
    columns = (
        f"Rank of {len(every):,}",
        "Who",
        "Roles in items",
        "Answers for",
        "Share of connections",
        "Items cut off without it",
        "Funds it can stop",
        "Source",
    )
    ranks = Counter(row["rank"] for row in every)
    rows: list[list[Line]] = []
    for row, rests in measured[:ROWS]:
        more = len(rests) - CITED
        rows.append(
            [
                (f"{row['rank']:,}{'=' if ranks[row['rank']] > 1 else ''}",),
                (sentence(row["holder_name"]),),
                (f"{row['items']:,}",),
                (f"{row['answers']:,}",),
                (f"{row['betweenness']:.1%}",),
                (f"{row['items_cut_off']:,}",),
                (f"{row['funds_to_stop']:,}",),
                (cite(rests[:CITED]), *((f" and {more} more",) if more > 0 else ())),
            ]
        )
    numbers = frozenset(columns) - {"Who", "Source"}
    return TableBlock("Measures of those who have a role in this", columns, rows, numbers)
