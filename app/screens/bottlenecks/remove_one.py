"""Taking one holder out, and seeing what is left: before and after, and every item worse off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import streamlit as st

from app.screens.parts import address, cached
from app.screens.parts.background import on_graph
from app.screens.parts.cached import OpenGraph, cached_by_state
from app.screens.parts.table import downloads, filled, pickable, table
from app.text.answer_sheet import rests_on
from app.text.escape import clean, escaped
from app.text.sheet import Sheet
from graph.analyses.evidence import indexed
from graph.analyses.holdings import ROLES, Level
from graph.analyses.removal import Fate, Removal, removable, removal
from graph.schema.words import number_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.analyses import AnalysisResult
    from graph.read.project import Graph

RANKED = 15
"""holders of the ranking that are set side by side"""
NAMED = 12
"""things that are cut off and named in the text"""
FATES: dict[Fate, str] = {
    "nobody": "nobody is left",
    "no lead": "helpers are left, and nobody who leads or answers jointly",
    "one left": "one is left where several answered",
}
MEASURES = {
    "holders": "Holders",
    "items": "Items that somebody holds",
    "answered": "Items that somebody answers for",
    "shared": "Items that two or more answer for",
    "pieces": "Parts that are not connected",
    "largest": "Holders and items in the largest part",
}
COLOURS: dict[str, Literal["off", "inverse"]] = {"holders": "off", "pieces": "inverse"}
"""of a change in a measure, where more is not better"""
CAVEAT = (
    "The graph is read as if the holder were not there. Nobody takes its place: what a successor "
    "would take over is not foreseen. Only what documents say counts."
)


@dataclass(frozen=True)
class Without:
    """Who is taken out, and how holders are counted."""

    holder: str
    roles: tuple[str, ...]
    level: Level


def choose_holder(
    opened: OpenGraph, result: AnalysisResult, options: Mapping[str, Any]
) -> Without | None:
    """The holder to take out, those of the ranking first; None until one is chosen."""
    st.divider()
    st.subheader("Remove one and see")
    level: Level = "department" if options.get("level") == "department" else "holder"
    known = dict.fromkeys(_removable(opened, level))
    names = cached.names(opened)
    ranked = [row["holder"] for row in result.rows if row.get("holder") in known]
    others = sorted(known, key=lambda one: names.get(one, one).casefold())
    chosen = address.select(
        "without",
        "Without",
        list(dict.fromkeys([*ranked, *others])),
        key="remove-holder",
        format_func=lambda one: clean(names.get(one, one), 120),
        placeholder="Choose a post or body to remove",
    )
    address.write()
    if chosen is None:
        st.caption(
            "What has nobody then, what has no lead, what is cut off from the rest, and who comes "
            "to stand in between."
        )
        return None
    # Not every analysis speaks of the roles in which somebody answers for an item.
    roles = tuple(role for role in options.get("roles", ROLES) if role in ROLES)
    return Without(chosen, roles or ROLES, level)


@cached_by_state(entries=20)
def _removable(opened: OpenGraph, level: Level) -> tuple[str, ...]:
    return removable(cached.projected(opened), level=level)


def show(opened: OpenGraph, without: Without) -> None:
    """What the removal does: in words, in numbers before and after, item by item."""

    def take_out(projected: Graph) -> Removal:
        return removal(projected, without.holder, roles=without.roles, level=without.level)

    result = on_graph(opened, "removal", without, "The removal", "removing the holder", take_out)
    if result is None:
        return
    names = cached.names(opened)
    st.markdown(f"##### {escaped(summary(result, names), 600)}")
    if len(result.gone) > 1:
        others = "; ".join(names.get(one, one) for one in result.gone[1:])
        st.caption(f"With it goes what stands for it alone: {escaped(others, 400)}.")
    cells = st.columns(3)
    for number, (name, words) in enumerate(MEASURES.items()):
        before, after = getattr(result.before, name), getattr(result.after, name)
        change = after - before
        cells[number % 3].metric(
            words,
            f"{before:,} → {after:,}",
            f"{change:+,}" if change else None,
            delta_color=COLOURS.get(name, "normal"),
            border=True,
        )
    _affected(opened, result, names)
    if result.cut_off:
        first = "; ".join(escaped(names.get(one, one), 120) for one in result.cut_off[:NAMED])
        more = len(result.cut_off) - NAMED
        rest = f"; and {more:,} more" if more > 0 else ""
        st.markdown(f"**Cut off from the rest:** {first}{rest}.")
    _ranking(result, names)
    st.caption(f"Bear in mind: {CAVEAT}")


def summary(result: Removal, names: Mapping[str, str]) -> str:
    """The removal in a sentence."""

    def items(number: int, left: str) -> str:
        return f"{number_of(number, 'item')} {'has' if number == 1 else 'have'} {left}"

    fates, cut_off = result.fates(), len(result.cut_off)
    return (
        f"Without {names.get(result.holder, result.holder)}: {items(fates['nobody'], 'nobody')}, "
        f"{items(fates['no lead'], 'helpers and no lead')}, "
        f"{number_of(cut_off, 'holder or item', 'holders and items')} "
        f"{'is' if cut_off == 1 else 'are'} cut off."
    )


def _affected(opened: OpenGraph, result: Removal, names: Mapping[str, str]) -> None:
    st.markdown("**Items that are worse off**")
    if not result.affected:
        st.info("None: somebody else answers for everything it answers for.")
        return
    index = indexed(cached.projected(opened))
    rows = [
        {
            "item": names.get(one.item, one.item),
            "kind": index.label(one.item),
            "then": FATES[one.fate],
            "its_role": list(one.roles),
            "left": [names.get(holder, holder) for holder in one.left],
            "item_id": one.item,
        }
        for one in result.affected
    ]
    columns = filled(rows, ("item", "kind", "then", "its_role", "left"))
    key, about = f"removed-{result.holder}", "Items that are worse off"
    picked = pickable(rows, columns, key=key, about=about)
    if picked is not None:
        st.markdown(f"**What goes with it, of row {picked + 1}: {escaped(rows[picked]['item'])}**")
        facts = result.affected[picked].facts
        pieces = [rests_on(fact) for fact in facts]
        key = f"removed-evidence-{result.holder}-{picked}"
        table(pieces, filled(pieces), key=key, about="Evidence")
    title = summary(result, names)
    downloads(
        lambda: Sheet((*columns, "item_id"), rows, title, notes=(f"Bear in mind: {CAVEAT}",)),
        "without",
        key="removed",
    )


def _ranking(result: Removal, names: Mapping[str, str]) -> None:
    """Who stands between others, before and after."""
    rows = [
        {
            "who": names.get(one.holder, one.holder),
            "rank_before": one.rank_before or None,
            "rank_after": one.rank_after,
            "between_before": round(one.before, 4),
            "between_after": round(one.after, 4),
        }
        for one in result.ranking[:RANKED]
        if one.after or one.before
    ]
    if not rows:
        return
    st.markdown("**Who stands between others, before and after**")
    key, about = f"removed-ranks-{result.holder}", "Ranking before and after"
    table(rows, list(rows[0]), key=key, about=about)
    st.caption("Betweenness from 0 to 1, of the most that any holder could have.")
