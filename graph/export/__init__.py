"""Exports: one module a format, each with `write(graph or store, path, overwrite=False)`.

`FORMATS` lists them by name; a format is imported when it is used. Every export carries the
evidence of each fact and the licence and attribution of the documents, is written under a
temporary name and renamed when complete, and refuses an existing destination unless told to
overwrite it (ExportError).
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import ExportError

if TYPE_CHECKING:
    from graph.export.contents import Exportable, Written


@dataclass(frozen=True)
class Format:
    """One format that a graph can be exported in."""

    name: str
    extension: str
    """of the file, with its dot; empty when it is a folder"""
    about: str
    module: str

    def write(self, source: Exportable, path: Path, *, overwrite: bool = False) -> Written:
        """Write `source`, a projected graph or an open store, to `path`. Raises ExportError."""
        module = importlib.import_module(self.module)
        written: Written = module.write(source, path, overwrite=overwrite)
        return written


_LIST = (
    Format(
        "bundle", "", "Fact bundle: a folder of CSV files that loses nothing", "graph.export.bundle"
    ),
    Format("graphml", ".graphml", "GraphML for Gephi, yEd and Cytoscape", "graph.export.graphml"),
    Format("node-link", ".json", "Node-link JSON for NetworkX and D3", "graph.export.node_link"),
)

FORMATS: dict[str, Format] = {one.name: one for one in _LIST}
"""Every format by name."""


def format_of(name: str) -> Format:
    """The format called `name`. Raises ExportError naming those there are."""
    try:
        return FORMATS[name]
    except KeyError:
        raise ExportError(f"no format '{name}' (known: {', '.join(FORMATS)})") from None


__all__ = ["FORMATS", "Format", "format_of"]
