"""Drawing: a picture's description in Vega-Lite becomes SVG or PNG, offline, in this process."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.report.model import Picture

VEGA_LITE = "5.20"
SCALE = 2.0
"""pixels of a PNG for each of the drawing, so that print stays sharp"""


def svg(picture: Picture) -> str:
    """The picture as SVG."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(dict(picture.spec), vl_version=VEGA_LITE))


def png(picture: Picture) -> bytes:
    """The picture as PNG, on white."""
    import vl_convert

    spec = {**picture.spec, "background": "white"}
    return bytes(vl_convert.vegalite_to_png(spec, vl_version=VEGA_LITE, scale=SCALE))
