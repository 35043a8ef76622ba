"""How things and links look, on the screen and in exports: one declaration for both.

The colour and shape of a type stand with its declaration (`graph.schema.nodes`); here is what
follows from them. Colour is never alone: a type has a shape too, and a doubt a dashed line.
"""

from __future__ import annotations

from graph.schema.relationships import ANSWERING
from graph.schema.types import NODE_TYPES


def rgb(label: str) -> tuple[int, int, int]:
    """The colour of a type of node: red, green and blue, each 0 to 255."""
    colour = NODE_TYPES[label].COLOUR
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return red, green, blue


def readable_on(colour: str) -> str:
    """Black or white, whichever stands out more from `colour` (`#rrggbb`)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#ffffff" if 1.05 / (light + 0.05) >= (light + 0.05) / 0.05 else "#000000"


def line(basis: str | None) -> str:
    """The style of a link's line: solid when stated, dashed when inferred."""
    return "dashed" if basis == "inferred" else "solid"


def weight(role: str | None) -> int:
    """The width of a link's line: 2 when its role answers for the item, else 1."""
    return 2 if role in ANSWERING else 1
