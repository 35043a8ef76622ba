"""Popolo JSON: people, posts, memberships and organisations, for tools on legislatures and offices.

    {"persons": […], "organizations": […], "posts": […], "memberships": […], "documents": […]}

- A post that a person holds is a membership with `person_id` and `post_id` (and the organisation
  that the post is in); a seat is a membership with its `role`. The `member` of a seat that a post
  or a body holds is an object with its id and class.
- An organisation has one `parent_id` and a post one `organization_id`: the surest of those stated
  (ties go to the later start, then to the smaller id). The others are left out and counted.
- `sources` hold the evidence: the document's address (its id as a URN where it has none) and, in
  words, its title, the locator and how sure it is; `evidence` beside it holds the same as values.

Targets, funds, conclusions and what is said of them have no place in Popolo: they are left out,
and `Written.notes` says how many. Specification: popoloproject.com.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO
from urllib.parse import urlsplit

from graph.export.contents import Contents, Written
from graph.export.linked import thing
from graph.export.network_json import write_lines
from graph.files import new_file
from graph.schema.model import Provenance, properties
from graph.schema.types import NODE_TYPES

if TYPE_CHECKING:
    from graph.export.contents import Exportable

_LISTS = {"Person": "persons", "Organisation": "organizations", "Post": "posts"}
_EVIDENCE = ("document", *(p.name for p in properties(Provenance) if p.name != "source"))
_LATER = str.maketrans("0123456789", "9876543210")
Rank = tuple[float, str, str]


def write(source: Exportable, path: Path, *, overwrite: bool = False) -> Written:
    """Write a graph, or a store as a stream, to `path`. Raises ExportError."""
    contents = Contents(source)
    with (
        new_file(path, overwrite=overwrite) as file,
        # Which body a thing belongs to, and a document's title, are known at the end only.
        tempfile.TemporaryFile("w+", encoding="utf-8", dir=path.parent) as spool,
    ):
        popolo = _Popolo(contents, spool)
        parts = {name: popolo.lines(label) for label, name in _LISTS.items()}
        parts["memberships"] = popolo.lines("")
        between = "{"
        for name, lines in parts.items():
            file.write(f'{between}"{name}": [')
            write_lines(file, lines)
            between = "],\n"
        file.write('],\n"documents": ' + contents.json(list(popolo.documents.values())) + "}\n")
    left = sorted(popolo.left.items())
    counts = ", ".join(f"{number:,} {name}" for name, number in left)
    notes = (f"left out, for Popolo has no place for it: {counts}",) if left else ()
    done = contents.written(path, "UTF-8", *notes)
    left_nodes = sum(number for name, number in left if name in NODE_TYPES)
    return Written(done.path, done.nodes - left_nodes, popolo.links, done.notes)


class _Popolo:
    """Keeps what is Popolo's on disk, and in memory which body each thing belongs to."""

    def __init__(self, contents: Contents, spool: TextIO) -> None:
        self._contents = contents
        self._spool = spool
        self._labels: dict[str, str] = {}
        self._bodies: dict[str, tuple[Rank, str, dict[str, Any]]] = {}
        self.left: Counter[str] = Counter()
        """types and links that Popolo has no place for"""
        self.links = 0
        for node_id, values in contents.read_nodes():
            if values["label"] in _LISTS:
                self._labels[node_id] = values["label"]
                self._keep(values["label"], node_id, values)
            else:
                self.left[values["label"]] += 1
        for start, end, key, values in contents.read_links():
            kind = values["type"]
            if kind in ("PART_OF", "POST_IN"):
                self._belongs(start, end, values)
            elif kind in ("HOLDS", "MEMBER_OF"):
                self.links += 1
                self._keep("", key, {**values, "from": start, "to": end})
            else:
                self.left[kind] += 1
        self.documents = {str(document["id"]): document for document in contents.documents()}

    def _keep(self, label: str, key: str, values: dict[str, Any]) -> None:
        self._spool.write(json.dumps([label, key, values]) + "\n")

    def _belongs(self, part: str, whole: str, values: dict[str, Any]) -> None:
        known = self._bodies.get(part)
        # A later start comes before an earlier one, and an unknown one last.
        start = str(values.get("start", "")).translate(_LATER) or "~"
        rank = (-float(values.get("confidence", 0)), start, whole)
        if known is None:
            self.links += 1
        else:
            self.left["further bodies that a thing belongs to"] += 1
        if known is None or rank < known[0]:
            self._bodies[part] = (rank, whole, _evidence(values))

    def lines(self, wanted: str) -> Iterator[str]:
        """The objects of one list, each as a line of JSON; the memberships for no label."""
        self._spool.seek(0)
        for line in self._spool:
            label, key, values = json.loads(line)
            if label == wanted:
                to_object = self._membership if not label else getattr(self, f"_{label.lower()}")
                yield self._contents.json({**to_object(key, values), **self._sources(key, values)})

    def _person(self, key: str, values: dict[str, Any]) -> dict[str, Any]:
        pairs = [one.partition(":") for one in values.get("external_ids", ())]
        ids = [{"scheme": scheme, "identifier": rest} for scheme, _, rest in pairs]
        person: dict[str, Any] = {"id": key, "name": values["name"], **_others(values)}
        return {**person, "identifiers": ids} if ids else person

    def _organisation(self, key: str, values: dict[str, Any]) -> dict[str, Any]:
        return {
            "id": key,
            "name": values["name"],
            **_others(values),
            **({"classification": values["labels"][-1]} if len(values["labels"]) > 1 else {}),
            **({"parent_id": self._bodies[key][1]} if key in self._bodies else {}),
            **_dates(values, "founding_date", "dissolution_date"),
        }

    def _post(self, key: str, values: dict[str, Any]) -> dict[str, Any]:
        aliases = list(values.get("aliases", ()))
        return {
            "id": key,
            "label": values["name"],
            **({"other_label": aliases} if aliases else {}),
            **({"role": values["labels"][-1]} if len(values["labels"]) > 1 else {}),
            **({"organization_id": self._bodies[key][1]} if key in self._bodies else {}),
            **_dates(values, "start_date", "end_date"),
        }

    def _membership(self, key: str, values: dict[str, Any]) -> dict[str, Any]:
        start, end = values["from"], values["to"]
        membership: dict[str, Any] = {"id": key}
        if values["type"] == "HOLDS":
            membership |= {"person_id": start, "post_id": end}
            if end in self._bodies:
                membership["organization_id"] = self._bodies[end][1]
            if values.get("acting"):
                membership["role"] = "acting"
        else:
            classes = {"Organisation": "Organization", "Post": "Post"}
            if self._labels[start] == "Person":
                membership["person_id"] = start
            else:
                membership["member"] = {"id": start, "@type": classes[self._labels[start]]}
            membership |= {"organization_id": end, "role": values.get("role", "member")}
        return {**membership, **_dates(values, "start_date", "end_date")}

    def _sources(self, key: str, values: dict[str, Any]) -> dict[str, Any]:
        evidence = [_evidence(values), *([self._bodies[key][2]] if key in self._bodies else [])]
        sources = []
        for piece in evidence:
            document = self.documents.get(piece.get("document", ""), {})
            url = str(document.get("url", ""))
            if urlsplit(url).scheme not in ("http", "https"):
                url = thing(str(piece.get("document", "")))  # Popolo wants an address in any case
            title = document.get("title", piece.get("document"))
            sure = f"{piece.get('basis')}, confidence {piece.get('confidence', 0):g}"
            sources.append({"url": url, "note": f"{title}, {piece.get('locator')} ({sure})"})
        return {"sources": sources, "evidence": evidence}


def _evidence(values: dict[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in _EVIDENCE if name in values}


def _others(values: dict[str, Any]) -> dict[str, Any]:
    names = [*values.get("aliases", ()), *filter(None, [values.get("abbreviation")])]
    return {"other_names": [{"name": name} for name in names]} if names else {}


def _dates(values: dict[str, Any], first: str, last: str) -> dict[str, Any]:
    pairs = ((first, values.get("start")), (last, values.get("end")))
    return {name: value for name, value in pairs if value}
