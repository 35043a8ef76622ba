"""Drawing: a picture's description in Vega-Lite becomes SVG or PNG, offline, in this process."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.report.model import Picture

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
