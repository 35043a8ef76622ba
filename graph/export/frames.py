"""The graph in Python: as networkx and as pandas data frames, from a store or from a graph.

>>> from graph.export.frames import to_networkx, to_pandas
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graph.export.contents import Contents
from graph.project import Graph, project
from graph.reading import Streams

if TYPE_CHECKING:
    import pandas as pd

    from graph.export.contents import Exportable


class Frames(NamedTuple):
    """A graph as tables."""

    nodes: pd.DataFrame
    """a row a thing, its id the index: label, labels, name, every known property, evidence"""
    links: pd.DataFrame
    """a row a link, its key the index: start_id, end_id, type, every known property, evidence"""
    documents: pd.DataFrame
    """a row a document that the facts rest on, its id the index: licence and attribution too"""


def to_networkx(source: Exportable) -> Graph:
    """A networkx.MultiDiGraph with the evidence of every fact; see `graph.project` for its shape.

    A graph comes back as a copy of its own. Raises DatabaseError.
    """
    return project(source) if isinstance(source, Streams) else source.copy()


def to_pandas(source: Exportable) -> Frames:
    """Nodes, links and documents as data frames.

    Columns are those that are in use; what is unknown is missing (NaN or None). The document that
    states a fact is `document`. Raises DatabaseError.
    """
    import pandas as pd

    contents = Contents(source)
    nodes = [{"id": node_id, **values} for node_id, values in contents.read_nodes()]
    links = [
        {"key": key, "start_id": start, "end_id": end, **values}
        for start, end, key, values in contents.read_links()
    ]
    heads = (("id", "label", "labels", "name"), ("key", "start_id", "end_id", "type"), ("id",))
    made = [
        pd.DataFrame(rows, columns=None if rows else list(head)).set_index(head[0])
        for rows, head in zip((nodes, links, contents.documents()), heads, strict=True)
    ]
    return Frames(*made)
