"""The pictures of a briefing: bars, the network of roles, and both as SVG or PNG.

A picture is a specification in Vega-Lite (`app.report.model.Picture`); it is rendered offline, in
this process.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from app.report.context import BriefingFacts, Matter, end
from app.report.model import Picture
from app.report.phrases import shortened, writable
from graph.schema.words import listed, number_of

if TYPE_CHECKING:
    from app.report.model import Picture
    from graph.read.fact import Fact


SHORT_BESIDE_BAR = 48
"""characters of a name beside a bar"""
COLOUR = "#0b3d91"
FONT = "Arial, Liberation Sans, Helvetica, sans-serif"


def bars(caption: str, rows: list[tuple[str, float, str]]) -> Picture:
    """A bar for each name and number, with the number in words, in the order given."""
    values = [
        {
            "place": f"{n:03}",
            "name": shortened(name, SHORT_BESIDE_BAR),
            "number": number,
            "words": writable(words),
        }
        for n, (name, number, words) in enumerate(rows)
    ]
    # Two bars may bear one name: the position tells them apart.
    y: dict[str, Any] = {"field": "place", "type": "nominal", "axis": None, "sort": None}
    x: dict[str, Any] = {"field": "number", "type": "quantitative", "axis": None}
    name = {"text": {"field": "name", "type": "nominal"}, "x": {"value": -8}, "y": y}
    spec = {
        "width": 480,
        "height": {"step": 26},
        "data": {"values": values},
        "padding": 12,
        "config": {"view": {"stroke": None}, "font": FONT, "text": {"limit": 0}},
        "layer": [
            {"mark": {"type": "bar", "color": COLOUR, "height": 17}, "encoding": {"x": x, "y": y}},
            {
                "mark": {"type": "text", "align": "left", "dx": 6, "fontSize": 13},
                "encoding": {"x": x, "y": y, "text": {"field": "words", "type": "nominal"}},
            },
            {"mark": {"type": "text", "align": "right", "fontSize": 13}, "encoding": name},
        ],
    }
    summary = listed(f"{name} {words}" for name, _, words in rows)
    return Picture(caption, f"Bar chart. {caption}: {summary}.", spec)


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
    carried: dict[str, int] = {}
    for holder, _, _ in drawn:
        carried[holder] = carried.get(holder, 0) + 1
    kept = sorted(carried, key=lambda h: (h not in subject.holders, -carried[h], h))[:MOST]
    drawn = [link for link in drawn if link[0] in kept]
    items = [item for item in items if any(link[1] == item for link in drawn)]
    if len(drawn) < 2:
        return None
    holders = _level(kept, items, drawn)
    out = len(set(carried)) - len(kept) + len(held.keys() - set(items))
    return Picture(
        caption=f"{subject.name}: posts and bodies on the left, what they have a role in on the "
        "right" + (f" ({number_of(out, 'more thing')} not drawn)" if out > 0 else ""),
        alt=_alt(facts, holders, drawn),
        spec=_spec(facts, holders, items, drawn),
    )


Link = tuple[str, str, str]


def _level(holders: list[str], items: list[str], drawn: list[Link]) -> list[str]:
    """Holders beside what they hold, so that lines cross less (the barycentre method)."""
    place = {item: number for number, item in enumerate(items)}

    def middle(holder: str) -> float:
        rows = [place[item] for start, item, _ in drawn if start == holder]
        return sum(rows) / len(rows)

    return sorted(holders, key=lambda h: (middle(h), h))


def _alt(facts: BriefingFacts, holders: list[str], drawn: list[Link]) -> str:
    sentences = []
    for holder in holders:
        parts = []
        for role, (words, *_) in STYLES.items():
            items = [facts.thing(i).name for h, i, r in drawn if h == holder and r == role]
            if items:
                parts.append(f"{words}: {listed(items)}")
        sentences.append(f"{facts.thing(holder).name} ({'; '.join(parts)})")
    return f"Diagram of {number_of(len(holders), 'post or body', 'posts and bodies')} and what " + (
        "each has a role in. " + ". ".join(sentences) + "."
    )


def _spec(
    facts: BriefingFacts, holders: list[str], items: list[str], drawn: list[Link]
) -> dict[str, Any]:
    rows = max(len(holders), len(items))
    left = _spread(holders, rows)
    right = _spread(items, rows)
    links = [
        {"x": LEFT, "y": left[h], "x2": RIGHT, "y2": right[i], "role": STYLES[r][0]}
        for h, i, r in drawn
    ]
    names = [
        {"x": LEFT, "y": y, "name": shortened(facts.thing(h).name, SHORT_IN_NETWORK), "side": "l"}
        for h, y in left.items()
    ] + [
        {"x": RIGHT, "y": y, "name": shortened(facts.thing(i).name, SHORT_IN_NETWORK), "side": "r"}
        for i, y in right.items()
    ]
    used = [style for role, style in STYLES.items() if any(r == role for _, _, r in drawn)]
    words = [style[0] for style in used]
    x = {"field": "x", "type": "quantitative", "scale": None, "axis": None}
    y = {"field": "y", "type": "quantitative", "scale": None, "axis": None}
    legend = {
        "orient": "top",
        "title": None,
        "symbolType": "stroke",
        "labelFontSize": 13,
        "columnPadding": 24,
    }
    role: dict[str, Any] = {"field": "role", "type": "nominal"}

    def by_role(values: list[Any]) -> dict[str, Any]:
        return {**role, "scale": {"domain": words, "range": values}, "legend": legend}

    def label(side: str, align: str, shift: int) -> dict[str, Any]:
        return {
            "transform": [{"filter": {"field": "side", "equal": side}}],
            "data": {"values": names},
            "mark": {"type": "text", "align": align, "dx": shift, "fontSize": 13},
            "encoding": {"x": x, "y": y, "text": {"field": "name", "type": "nominal"}},
        }

    return {
        "width": WIDTH,
        "height": rows * STEP,
        "padding": 12,
        "config": {"view": {"stroke": None}, "font": FONT, "text": {"limit": 0}},
        "layer": [
            {
                "data": {"values": links},
                "mark": {"type": "rule"},
                "encoding": {
                    "x": x,
                    "y": y,
                    "x2": {"field": "x2"},
                    "y2": {"field": "y2"},
                    "color": by_role([style[1] for style in used]),
                    "strokeDash": by_role([style[2] for style in used]),
                    "strokeWidth": {
                        **role,
                        "scale": {"domain": words, "range": [style[3] for style in used]},
                        "legend": None,
                    },
                },
            },
            {
                "data": {"values": names},
                "mark": {"type": "circle", "size": 70, "color": "#1f2937", "opacity": 1},
                "encoding": {"x": x, "y": y},
            },
            label("l", "right", -10),
            label("r", "left", 10),
        ],
    }


def _spread(ids: list[str], rows: int) -> dict[str, float]:
    step = rows * STEP / len(ids)
    return {id_: round(step * (n + 0.5), 1) for n, id_ in enumerate(ids)}


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
