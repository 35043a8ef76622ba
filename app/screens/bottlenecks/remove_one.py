"""Taking one holder out, and seeing what is left: before and after, and every item worse off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import streamlit as st

from app.screens.parts import address, cached
from app.screens.parts.background import on_graph
from app.screens.parts.cached import OpenGraph, cached_by_state
from app.screens.parts.table import downloads, pickable, table
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

NAME, KEY = "without", "remove-holder"
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
    known = _removable(opened, level)
    names = cached.names(opened)
    ranked = [row["holder"] for row in result.rows if row.get("holder") in set(known)]
    others = sorted(known, key=lambda one: names.get(one, one).casefold())
    holders = list(dict.fromkeys([*ranked, *others]))
    chosen = address.select(
        NAME,
        "Without",
        holders,
        key=KEY,
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


def _removal(opened: OpenGraph, without: Without) -> Removal | None:
    def take_out(projected: Graph) -> Removal:
        return removal(projected, without.holder, roles=without.roles, level=without.level)

    return on_graph(opened, "removal", without, "The removal", "removing the holder", take_out)


def show(opened: OpenGraph, without: Without) -> None:
    """What the removal does: in words, in numbers before and after, item by item."""
    found = _removal(opened, without)
    if found is None:
        return
    names = cached.names(opened)
    st.markdown(f"##### {escaped(summary(found, names), 600)}")
    if len(found.gone) > 1:
        others = "; ".join(names.get(one, one) for one in found.gone[1:])
        st.caption(f"With it goes what stands for it alone: {escaped(others, 400)}.")
    _numbers(found)
    _affected(opened, found, names)
    _cut_off(found, names)
    _ranking(found, names)
    st.caption(f"Bear in mind: {CAVEAT}")


def summary(found: Removal, names: Mapping[str, str]) -> str:
    """The removal in a sentence."""
    fates = found.fates()
    parts = [
        f"{number_of(fates['nobody'], 'item')} {_have(fates['nobody'])} nobody",
        f"{number_of(fates['no lead'], 'item')} {_have(fates['no lead'])} helpers and no lead",
        f"{number_of(len(found.cut_off), 'holder or item', 'holders and items')} "
        f"{'is' if len(found.cut_off) == 1 else 'are'} cut off",
    ]
    return f"Without {names.get(found.holder, found.holder)}: {', '.join(parts)}."


def _have(number: int) -> str:
    return "has" if number == 1 else "have"


def _numbers(found: Removal) -> None:
    cells = st.columns(3)
    for place, (name, words) in enumerate(MEASURES.items()):
        before, after = getattr(found.before, name), getattr(found.after, name)
        change = after - before
        cells[place % 3].metric(
            words,
            f"{before:,} → {after:,}",
            f"{change:+,}" if change else None,
            delta_color="off" if name == "holders" else _colour(name),
            border=True,
        )


def _colour(name: str) -> Any:
    return "inverse" if name == "pieces" else "normal"


def item_rows(opened: OpenGraph, found: Removal, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Every item that is worse off, as rows."""
    index = indexed(cached.projected(opened))
    return [
        {
            "item": names.get(one.item, one.item),
            "kind": index.label(one.item),
            "then": FATES[one.fate],
            "its_role": list(one.roles),
            "left": [names.get(holder, holder) for holder in one.left],
            "item_id": one.item,
        }
        for one in found.affected
    ]


def _affected(opened: OpenGraph, found: Removal, names: Mapping[str, str]) -> None:
    st.markdown("**Items that are worse off**")
    rows = item_rows(opened, found, names)
    if not rows:
        st.info("None: somebody else answers for everything it answers for.")
        return
    columns = [c for c in ("item", "kind", "then", "its_role", "left") if any(r[c] for r in rows)]
    picked = pickable(
        rows, columns, key=f"removed-{found.holder}", about="Items that are worse off"
    )  # fmt: skip
    if picked is not None:
        st.markdown(f"**What goes with it, of row {picked + 1}: {escaped(rows[picked]['item'])}**")
        pieces = list(map(rests_on, found.affected[picked].facts))
        shown = [name for name in (pieces[0] if pieces else {}) if any(p[name] for p in pieces)]
        table(pieces, shown, key=f"removed-evidence-{found.holder}-{picked}", about="Evidence")
    title = summary(found, names)
    downloads(
        lambda: Sheet((*columns, "item_id"), rows, title, notes=(f"Bear in mind: {CAVEAT}",)),
        "without",
        key="removed",
    )


def _cut_off(found: Removal, names: Mapping[str, str]) -> None:
    if not found.cut_off:
        return
    shown = "; ".join(escaped(names.get(one, one), 120) for one in found.cut_off[:NAMED])
    more = len(found.cut_off) - NAMED
    rest = f"; and {more:,} more" if more > 0 else ""
    st.markdown(f"**Cut off from the rest:** {shown}{rest}.")


def _ranking(found: Removal, names: Mapping[str, str]) -> None:
    """Who stands between others, before and after."""
    rows = [
        {
            "who": names.get(one.holder, one.holder),
            "rank_before": one.rank_before or None,
            "rank_after": one.rank_after,
            "between_before": round(one.before, 4),
            "between_after": round(one.after, 4),
        }
        for one in found.ranking[:RANKED]
        if one.after or one.before
    ]
    if not rows:
        return
    st.markdown("**Who stands between others, before and after**")
    table(
        rows, list(rows[0]), key=f"removed-ranks-{found.holder}", about="Ranking before and after"
    )
    st.caption("Betweenness from 0 to 1, of the most that any holder could have.")
