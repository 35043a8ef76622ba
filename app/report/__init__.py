"""Briefings: what the graph knows of a thing or a topic, written for somebody who will not query.

A briefing is first plain data (`app.report.model`), then rendered: `FORMATS` lists the renderers
by name, and each is imported when it is used.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.errors import ExportError
from graph.files import new_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from app.report.model import Briefing


@dataclass(frozen=True)
class ReportFormat:
    """One format that a briefing can be written in."""

    name: str
    label: str
    extension: str
    mime: str
    module: str

    def render(self, briefing: Briefing) -> bytes:
        """The whole file."""
        content: bytes = importlib.import_module(self.module).render(briefing)
        return content


_LIST = (
    ReportFormat("markdown", "Markdown", ".md", "text/markdown", "app.report.markdown"),
    ReportFormat("html", "Web page", ".html", "text/html", "app.report.html"),
    ReportFormat(
        "word",
        "Word",
        ".docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "app.report.word",
    ),
)

FORMATS: dict[str, ReportFormat] = {one.name: one for one in _LIST}
"""Every format by name."""


def format_of(name: str | None, path: Path) -> ReportFormat:
    """The format called `name`, or the one that `path` ends in when there is no name.

    Raises ExportError naming those there are.
    """
    known = ", ".join(f"{one.name} ({one.extension})" for one in FORMATS.values())
    if name is not None and name not in FORMATS:
        raise ExportError(f"no format '{name}' (known: {known})")
    for one in FORMATS.values():
        if name == one.name or (name is None and path.suffix.lower() == one.extension):
            return one
    raise ExportError(
        f"{path.name} does not say which format it is to have: end it in one of those known, or "
        f"name one with --format (known: {known})"
    )


def write(briefing: Briefing, form: ReportFormat, path: Path, *, overwrite: bool = False) -> None:
    """Write a briefing to `path`, which appears when it is complete. Raises ExportError."""
    content = form.render(briefing)
    with new_bytes(path, overwrite=overwrite) as file:
        file.write(content)
