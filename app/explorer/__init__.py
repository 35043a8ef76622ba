"""The explorer: a picture of things and their links that grows where the analyst asks.

Our own Streamlit component on a vendored cytoscape.js (`component`), the same picture as one HTML
page (`saved`), what both draw (`data`), and the view as an address states it (`state`, which needs
no Streamlit). The script and the styles, which component and page share, are read here.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
LIBRARY = "vendor/cytoscape.js"
"""cytoscape and its layout, built by app/explorer/build.py: `joinedupLibrary.cytoscape`"""
PARTS = (
    *("look", "styles", "svg", "sheet", "save", "canvas", "layers", "positions", "layout"),
    *("forces", "view", "groups", "delta", "state", "trace", "table", "legend", "panel", "tools"),
    *("keys", "events", "explorer"),
)
"""our own script, file by file, in the order in which they are joined"""


@cache
def script() -> str:
    """The library and our own script: declares `explorer` and `destroyPicture`."""
    ours = [_text(f"front/{part}.js") for part in PARTS]
    return "\n".join([_text(LIBRARY), *ours])


@cache
def styles() -> str:
    """The styles of the explorer itself."""
    return _text("front/explorer.css")


@cache
def page_styles() -> str:
    """The styles that a saved page has besides."""
    return _text("front/page.css")


def _text(name: str) -> str:
    return (HERE / name).read_text("utf-8")
