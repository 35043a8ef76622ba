"""What is taken away: the selection, and every format, those of `graph.export` and the web page.

The web page is written by the explorer, which is above `graph`: so its line in the list is here.
"""

from __future__ import annotations

from graph import export
from graph.export import Format

HTML = Format(
    "html",
    ".html",
    "One web page: the picture, its table and its evidence, without a network",
    "app.explorer.saved",
    "text/html",
)

FORMATS: dict[str, Format] = {**export.FORMATS, HTML.name: HTML}
"""Every format by name."""


def format_of(name: str) -> Format:
    """The format called `name`. Raises ExportError naming those there are."""
    return export.format_of(name, FORMATS)
