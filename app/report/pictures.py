"""The pictures of a briefing: bars, the network of roles, and both as SVG or PNG.

A picture is a specification in Vega-Lite (`app.report.model.Picture`); it is rendered offline, in
this process.
"""

from __future__ import annotations

import io
from collections import Counter
from statistics import mean
from typing import TYPE_CHECKING, Any

from app.report.context import BriefingFacts, Matter, end
from app.report.model import Picture, writable
from graph.schema.words import listed, number_of

if TYPE_CHECKING:
    from graph.read.fact import Fact


SHORT_BESIDE_BAR = 48
"""characters of a name beside a bar"""
COLOUR = "#0b3d91"
_FRAME: dict[str, Any] = {
    "padding": 12,
    "config": {
        "view": {"stroke": None},
        "font": "Arial, Liberation Sans, Helvetica, sans-serif",
        "text": {"limit": 0},
    },
}


def bars(caption: str, rows: list[tuple[str, float, str]]) -> Picture:
    """A bar for each name and number, with the number in words, in the order given."""
    values = [
        {
            "place": f"{n:03}",
            "name": _shortened(name, SHORT_BESIDE_BAR),
            "number": number,
            "words": writable(words),
        }
        for n, (name, number, words) in enumerate(rows)
    ]
    # Two bars may bear one name: the position tells them apart.
    y: dict[str, Any] = {"field": "place", "type": "nominal", "axis": None, "sort": None}
    x: dict[str, Any] = {"field": "number", "type": "quantitative", "axis": None}
    bar = {"type": "bar", "color": COLOUR, "height": 17}
    spec = {
        "width": 480,
        "height": {"step": 26},
        "data": {"values": values},
        **_FRAME,
        "layer": [
            {"mark": bar, "encoding": {"x": x, "y": y}},
            {"mark": _text("left", dx=6), "encoding": {"x": x, "y": y, **_field("text", "words")}},
            {
                "mark": _text("right"),
                "encoding": {**_field("text", "name"), "x": {"value": -8}, "y": y},
            },
        ],
    }
    summary = listed(f"{name} {words}" for name, _, words in rows)
    return Picture(caption, f"Bar chart. {caption}: {summary}.", spec)


def _text(align: str, **more: int) -> dict[str, Any]:
    return {"type": "text", "align": align, **more, "fontSize": 13}


def _field(channel: str, name: str) -> dict[str, Any]:
    return {channel: {"field": name, "type": "nominal"}}


def _shortened(words: object, longest: int) -> str:
    text = " ".join(writable(words).split())
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


MOST = 14
"""things on either side"""
SHORT_IN_NETWORK = 60
"""characters of a name"""
STYLES = {
    "lead": ("leads", "#0b3d91", [1, 0], 3),
    "joint": ("answers jointly", "#b3261e", [1, 0], 3),
    "support": ("supports", "#6b7280", [6, 4], 1.5),
    "consulted": ("is consulted", "#9ca3af", [2, 4], 1.5),
    "agrees": ("must agree", "#b7791f", [10, 3], 2),
}
"""Role → words, colour, dashes, width; distinguishable without colour too."""
WIDTH, LEFT, RIGHT, STEP = 1000, 400, 600, 30


def network(matter: Matter, held: dict[str, list[Fact]]) -> Picture | None:
    """The drawing, or nothing where fewer than two links would be seen."""
    facts, subject = matter.facts, matter.subject
    items = list(held)[:MOST]
    funds = [i for i in subject.items if facts.thing(i).label == "Fund" and i not in items]
    approving = facts.into([*items, *funds], "APPROVES")
    items = list(dict.fromkeys([*items, *(end(f).id for f in approving)]))[:MOST]
    drawn = [
        (f.start.id, end(f).id, str(f.properties["role"])) for i in items for f in held.get(i, ())
    ]
    drawn += [(f.start.id, end(f).id, "agrees") for f in approving if end(f).id in items]
    drawn = list(dict.fromkeys(drawn))
    carried = Counter(holder for holder, _, _ in drawn)
    kept = sorted(carried, key=lambda h: (h not in subject.holders, -carried[h], h))[:MOST]
    drawn = [link for link in drawn if link[0] in kept]
    items = [item for item in items if any(link[1] == item for link in drawn)]
    if len(drawn) < 2:
        return None
    # Holders stand beside what they hold, so that lines cross less (the barycentre method).
    rows_of = {holder: [items.index(i) for h, i, _ in drawn if h == holder] for holder in kept}
    holders = sorted(kept, key=lambda holder: (mean(rows_of[holder]), holder))
    out = len(carried) - len(kept) + len(held.keys() - set(items))
    more = f" ({number_of(out, 'more thing')} not drawn)" if out > 0 else ""
    sentences = []
    for holder in holders:
        parts = []
        for role, (words, *_) in STYLES.items():
            names = [facts.thing(i).name for h, i, r in drawn if h == holder and r == role]
            if names:
                parts.append(f"{words}: {listed(names)}")
        sentences.append(f"{facts.thing(holder).name} ({'; '.join(parts)})")
    return Picture(
        caption=f"{subject.name}: posts and bodies on the left, what they have a role in on the "
        f"right{more}",
        alt=f"Diagram of {number_of(len(holders), 'post or body', 'posts and bodies')} and what "
        f"each has a role in. {'. '.join(sentences)}.",
        spec=_spec(facts, holders, items, drawn),
    )


def _spec(
    facts: BriefingFacts, holders: list[str], items: list[str], drawn: list[tuple[str, str, str]]
) -> dict[str, Any]:
    height = max(len(holders), len(items)) * STEP
    names: list[dict[str, Any]] = []
    heights: dict[str, dict[str, float]] = {"l": {}, "r": {}}
    for side, column, ids in (("l", LEFT, holders), ("r", RIGHT, items)):
        for n, id_ in enumerate(ids):
            heights[side][id_] = y = round(height / len(ids) * (n + 0.5), 1)
            name = _shortened(facts.thing(id_).name, SHORT_IN_NETWORK)
            names.append({"x": column, "y": y, "name": name, "side": side})
    links = [
        {
            "x": LEFT,
            "y": heights["l"][holder],
            "x2": RIGHT,
            "y2": heights["r"][item],
            "role": STYLES[role][0],
        }
        for holder, item, role in drawn
    ]
    roles = {role for _, _, role in drawn}
    words, colours, dashes, widths = zip(
        *(style for role, style in STYLES.items() if role in roles), strict=True
    )
    place: dict[str, Any] = {
        axis: {"field": axis, "type": "quantitative", "scale": None, "axis": None} for axis in "xy"
    }
    legend = {
        "orient": "top",
        "title": None,
        "symbolType": "stroke",
        "labelFontSize": 13,
        "columnPadding": 24,
    }

    def by_role(values: tuple[Any, ...], legend: dict[str, Any] | None) -> dict[str, Any]:
        scale = {"domain": words, "range": values}
        return {"field": "role", "type": "nominal", "scale": scale, "legend": legend}

    def label(side: str, align: str, shift: int) -> dict[str, Any]:
        return {
            "transform": [{"filter": {"field": "side", "equal": side}}],
            "data": {"values": names},
            "mark": _text(align, dx=shift),
            "encoding": {**place, **_field("text", "name")},
        }

    return {
        "width": WIDTH,
        "height": height,
        **_FRAME,
        "layer": [
            {
                "data": {"values": links},
                "mark": {"type": "rule"},
                "encoding": {
                    **place,
                    "x2": {"field": "x2"},
                    "y2": {"field": "y2"},
                    "color": by_role(colours, legend),
                    "strokeDash": by_role(dashes, legend),
                    "strokeWidth": by_role(widths, None),
                },
            },
            {
                "data": {"values": names},
                "mark": {"type": "circle", "size": 70, "color": "#1f2937", "opacity": 1},
                "encoding": place,
            },
            label("l", "right", -10),
            label("r", "left", 10),
        ],
    }


VEGA_LITE = "5.20"
COLOURS = 64
"""of a PNG: enough for flat drawings, and a tenth of the size"""
SCALE = 2.0
"""pixels of a PNG for each of the drawing, so that print stays sharp"""


def svg(picture: Picture) -> str:
    """The picture as SVG."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(dict(picture.spec), vl_version=VEGA_LITE))


def png(picture: Picture) -> bytes:
    """The picture as PNG, on white."""
    import vl_convert
    from PIL import Image

    spec = {**picture.spec, "background": "white"}
    drawn = vl_convert.vegalite_to_png(spec, vl_version=VEGA_LITE, scale=SCALE)
    out = io.BytesIO()
    with Image.open(io.BytesIO(drawn)) as image:
        few = image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(out, "PNG", optimize=True)
    return out.getvalue()
