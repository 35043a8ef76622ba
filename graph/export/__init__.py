"""Exports: a function a format, `write(graph or store, path, overwrite=False)`.

A graph in memory is the whole (`graph.read.project`) or a part of it (`graph.read.subgraph`).
`FORMATS` lists them by name; a format is imported when it is used. Every export carries the
evidence of each fact and the licence and attribution of the documents, is written under a
temporary name and renamed when complete, and refuses an existing destination unless it may
overwrite it (ExportError).
"""

from __future__ import annotations

import difflib
import importlib
import io
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import ExportError
from graph.schema.model import slug

if TYPE_CHECKING:
    from graph.export.contents import Exportable, Written

JSON = "application/json"
SUBJECT = 80
"""characters of a subject in a file's name"""


@dataclass(frozen=True)
class Format:
    """One format that a graph can be exported in."""

    name: str
    extension: str
    """of the file, with its dot; empty when it is a folder"""
    about: str
    writer: str
    """the function that writes it, `module:function`; `write` where no function is named.
    A module that starts with a dot is in this package"""
    media_type: str = "application/octet-stream"

    def write(self, source: Exportable, path: Path, *, overwrite: bool = False) -> Written:
        """Write `source`, a projected graph or an open store, to `path`. Raises ExportError."""
        module, _, function = self.writer.partition(":")
        write = getattr(importlib.import_module(module, __name__), function or "write")
        written: Written = write(source, path, overwrite=overwrite)
        return written

    def file_name(self, subject: str, day: date) -> str:
        """A file's or folder's name with its subject and date.

        >>> FORMATS["graphml"].file_name("Home Office & others", date(2026, 11, 25))
        'home-office-and-others-2026-11-25.graphml'
        """
        try:
            about = slug(subject)[:SUBJECT].strip("-")
        except ValueError:  # not a letter in it that every file system knows
            about = "graph"
        return f"{about}-{day.isoformat()}{self.extension or f'-{self.name}'}"

    def as_bytes(self, source: Exportable, subject: str, day: date) -> Download:
        """The export as one file to download; a folder comes as a zip. Raises ExportError."""
        name = self.file_name(subject, day)
        with tempfile.TemporaryDirectory(prefix="joinedup-") as folder:
            written = self.write(source, Path(folder) / name)
            if not written.path.is_dir():
                return Download(name, self.media_type, written.path.read_bytes(), written)
            packed = io.BytesIO()
            with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
                for file in sorted(written.path.rglob("*")):
                    archive.write(file, f"{name}/{file.relative_to(written.path).as_posix()}")
            return Download(f"{name}.zip", "application/zip", packed.getvalue(), written)


@dataclass(frozen=True)
class Download:
    """An export as one file in memory."""

    name: str
    media_type: str
    content: bytes
    written: Written
    """how much is in it, and what could not be carried over as it was"""


_LIST = (
    Format("bundle", "", "Fact bundle: a folder of CSV files that loses nothing", ".fact_bundle"),
    Format(
        "graphml", ".graphml", "GraphML for Gephi, yEd and Cytoscape", ".network_xml:write_graphml"
    ),
    Format("gexf", ".gexf", "GEXF for Gephi, with colours and time", ".network_xml:write_gexf"),
    Format(
        "neo4j-import", "", "CSV for neo4j-admin database import, with the command", ".neo4j_import"
    ),
    Format("cypher", ".cypher", "Cypher script for any Neo4j", ".cypher", "text/plain"),
    Format(
        "node-link",
        ".json",
        "Node-link JSON for NetworkX and D3",
        ".network_json:write_node_link",
        JSON,
    ),
    Format("cytoscape", ".cyjs", "Cytoscape JSON", ".network_json:write_cytoscape", JSON),
    Format("kumu", ".kumu.json", "Kumu JSON", ".network_json:write_kumu", JSON),
    Format(
        "xlsx",
        ".xlsx",
        "Excel workbook, a sheet a type",
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    Format("turtle", ".ttl", "Turtle in W3C ORG and PROV-O", ".linked:write_turtle", "text/turtle"),
    Format(
        "json-ld",
        ".jsonld",
        "JSON-LD in W3C ORG and PROV-O",
        ".linked:write_json_ld",
        "application/ld+json",
    ),
    Format(
        "popolo",
        ".popolo.json",
        "Popolo JSON: people, posts, memberships, organisations",
        ".popolo",
        JSON,
    ),
    Format("dot", ".gv", "Graphviz DOT", ".drawings:write_dot", "text/vnd.graphviz"),
    Format("mermaid", ".mmd", "Mermaid flowchart", ".drawings:write_mermaid", "text/plain"),
    Format("parquet", "", "Parquet tables of nodes, links and documents", ".parquet"),
)

FORMATS: dict[str, Format] = {form.name: form for form in _LIST}
"""Every format by name."""


def format_of(name: str, formats: Mapping[str, Format] = FORMATS) -> Format:
    """The format called `name`. Raises ExportError naming those there are."""
    if name in formats:
        return formats[name]
    near = difflib.get_close_matches(name, formats, 1)
    hint = f". Did you mean {near[0]}?" if near else ""
    raise ExportError(f"no format '{name}' (known: {', '.join(formats)}){hint}")
