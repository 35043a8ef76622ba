"""Which thing of the graph an analyst means, by its id, name, alias or abbreviation."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from typing import TYPE_CHECKING

from graph.errors import NameNotFound

if TYPE_CHECKING:
    from graph.read.project import Graph

NEAR = 5
"""names offered where none fits"""


def named(graph: Graph, text: str, of: Collection[str]) -> str:
    """The id of the thing with one of the labels `of` that is called `text`; case does not matter.

    A name goes before an alias. Raises NameNotFound, with the nearest names, when nothing is
    called so, and with the ids when several things are.

    >>> from graph.analyses.example import example
    >>> named(example(), "home secretary", ["Post"])
    'uk/post/home-secretary'
    """
    wanted = text.strip().casefold()
    by_name: dict[str, list[str]] = {}
    others: dict[str, list[str]] = {}
    for node_id, values in sorted(graph.nodes.items()):
        if set(of).isdisjoint(values.get("labels", ())) or values.get("judgement") == "rejected":
            continue
        if node_id.casefold() == wanted:
            return str(node_id)
        by_name.setdefault(str(values.get("name") or node_id).casefold(), []).append(node_id)
        for other in (*values.get("aliases", ()), values.get("abbreviation") or ""):
            others.setdefault(str(other).casefold(), []).append(node_id)
    found = by_name.get(wanted) or sorted(set(others.get(wanted, [])))
    if len(found) == 1:
        return found[0]
    if found:
        raise NameNotFound(
            f"{len(found)} things are called '{text}'; give one of their ids: {', '.join(found)}"
        )
    kinds = " or ".join(sorted(of))
    close = difflib.get_close_matches(wanted, [*by_name, *others], NEAR, 0.5)
    ids = dict.fromkeys(node for word in close for node in by_name.get(word) or others[word])
    near = "; ".join(str(graph.nodes[node].get("name") or node) for node in ids)
    hint = f" The nearest names: {near}." if near else ""
    raise NameNotFound(f"no {kinds} is called '{text}'.{hint}")
