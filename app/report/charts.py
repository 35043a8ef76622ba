"""Bars for numbers that are compared."""

from __future__ import annotations

from typing import Any

from app.report.model import Picture
from app.report.phrases import listed, shortened, writable

SHORT = 48
"""characters of a name beside a bar"""
COLOUR = "#0b3d91"
FONT = "Arial, Liberation Sans, Helvetica, sans-serif"


def bars(caption: str, rows: list[tuple[str, float, str]]) -> Picture:
    """A bar for each name and number, with the number in words, in the order given."""
    values = [
        {
            "place": f"{n:03}",
            "name": shortened(name, SHORT),
            "number": number,
            "words": writable(words),
        }
        for n, (name, number, words) in enumerate(rows)
    ]
    # Two bars may bear one name: they are told apart by their places.
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
    said = listed(f"{name} {words}" for name, _, words in rows)
    return Picture(caption, f"Bar chart. {caption}: {said}.", spec)
