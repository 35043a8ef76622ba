"""Synthetic governments: fact bundles of any size, deterministic for a seed.

Bodies, posts and items are drawn so that few have many links and most have few, as in the real
documents: a handful of departments answer for most of everything. How steeply was fitted to the
838 roles of the sample: who holds them (327 bodies and posts) and for what (674 items). Of each
curve the shares of the roles that the first 1, 5, 10, 25 and 50 % have were compared with the
sample's. Holders: sample 21, 54, 68, 84, 95 %; made 31, 54, 65, 83, 96 %. Items: sample 6, 21, 31,
54, 74 %; made 6, 18, 30, 57, 85 %. Roles have the sample's shares too. Records are made one by one
and streamed to disk; nothing is held in memory but the random generator.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from graph.bundle.folder import Source, write_rows
from graph.bundle.values import Values, reading
from graph.schema.model import Record
from graph.schema.types import NODE_TYPES, TYPES

HOLDERS = (12.5, 0.55)
ITEMS = (1.5, 0.0)
"""How steeply links gather on few: with (steep, flat) the index of an end is drawn as
size × ((flat + (1 - flat) × random) ** steep - flat ** steep) / (1 - flat ** steep)."""

NODE_SHARE = {
    "Organisation": 0.04,
    "Post": 0.03,
    "Person": 0.01,
    "PSA": 0.01,
    "Target": 0.06,
    "Fund": 0.02,
    "Conclusion": 0.06,
    "Milestone": 0.05,
    "Initiative": 0.02,
}
LINK_SHARE = {
    "POST_IN": 0.04,
    "PART_OF": 0.03,
    "MEMBER_OF": 0.04,
    "HOLDS": 0.02,
    "RESPONSIBLE_FOR": 0.35,
    "APPROVES": 0.03,
    "TARGET_OF": 0.06,
    "FUNDS": 0.05,
    "WORKS_WITH": 0.08,
}
"""Share of all records that each type has; responsibility is most of what documents say."""

ENDS = {
    "POST_IN": (("Post",), ("Organisation",)),
    "PART_OF": (("Organisation",), ("Organisation",)),
    "MEMBER_OF": (("Post", "Organisation"), ("Organisation",)),
    "HOLDS": (("Person",), ("Post",)),
    "RESPONSIBLE_FOR": (
        ("Organisation", "Post"),
        ("Target", "Conclusion", "Milestone", "Fund", "PSA", "Initiative"),
    ),
    "APPROVES": (("Organisation", "Post"), ("Fund",)),
    "TARGET_OF": (("Target",), ("PSA",)),
    "FUNDS": (("Fund",), ("Target", "Conclusion", "PSA", "Initiative")),
    "WORKS_WITH": (("Organisation",), ("Organisation",)),
}
ONE_ABOVE = ("POST_IN", "PART_OF")
"""links of which a post or body has one, or few: what belongs where"""
_SECOND = {
    "Organisation": (("Department",), ("Agency",), ("LocalAuthority",), ("Agency", "Unit"), ()),
    "Post": (("Minister",), ("Official",), ()),
}
_ROLES = {"lead": 489, "joint": 180, "support": 138, "consulted": 31}
"""how often the sample has each"""
_WORDS = (
    "service",
    "delivery",
    "review",
    "council",
    "health",
    "homes",
    "schools",
    "transport",
    "safety",
    "pensions",
    "energy",
    "rural",
    "children",
    "skills",
    "justice",
    "revenue",
    "ports",
    "water",
    "budget",
    "reform",
    "planning",
    "standards",
    "local",
    "joint",
)


@dataclass(frozen=True)
class Government:
    """What to make: how many records of how many documents, and how many differ.

    `changed` is the share of records that differ from those of the same government with
    `changed=0`: their confidence is another, their identity the same.
    """

    records: int
    seed: int = 1
    changed: float = 0.0
    documents: int = 20

    def count(self, name: str) -> int:
        """How many records of a type there are."""
        share = NODE_SHARE.get(name) or LINK_SHARE[name]
        return max(1, round((self.records - self.documents) * share))

    def document(self, number: int) -> str:
        """The id of a document."""
        return f"xx/document/report-{number:02d}"

    def id(self, name: str, number: int) -> str:
        """The id of the `number`th thing of a type."""
        segment = NODE_TYPES[name].SEGMENT
        return f"xx/{segment}/{_WORDS[number % len(_WORDS)]}-{number:06d}"

    def rows(self) -> Iterator[tuple[type[Record], Values]]:
        """Every record as flat values, nodes before relationships."""
        draw = random.Random(self.seed)
        differs = random.Random(self.seed + 1)
        for cls, own in self._records(draw):
            values: Values = {column.name: column.default for column in reading(cls)}
            values |= own
            values["confidence"] = 1.0 if draw.random() < 0.8 else 0.9
            if differs.random() < self.changed:
                values["confidence"] = 0.5
            yield cls, values

    def _records(self, draw: random.Random) -> Iterator[tuple[type[Record], Values]]:
        for number in range(self.documents):
            document = self.document(number)
            own: Values = {"id": document, "title": f"Report {number} on the state of government"}
            yield TYPES["Document"], own | self._provenance(document, "title page")
        for name in NODE_SHARE:
            for number in range(self.count(name)):
                yield TYPES[name], self._node(draw, name, number)
        for name in LINK_SHARE:
            for number in range(self.count(name)):
                yield TYPES[name], self._link(draw, name, number)

    def _provenance(self, document: str, locator: str) -> Values:
        return {
            "source": document,
            "locator": locator,
            "basis": "stated",
            "observed": "2009-03",
            "judgement": "accepted",
        }

    def _node(self, draw: random.Random, name: str, number: int) -> Values:
        words = " ".join(draw.choices(_WORDS, k=4)).capitalize()
        document = self.document(draw.randrange(self.documents))
        own: Values = {"id": self.id(name, number), "name": f"{words} {number}"}
        own["labels"] = draw.choice(_SECOND[name]) if name in _SECOND else ()
        if draw.random() < 0.3:
            own["aliases"] = (f"{words[:5]}{number}", f"the {words.lower()}")
        if name in ("Target", "Fund", "Conclusion", "Milestone"):
            own["summary"] = "To bring about " + " ".join(draw.choices(_WORDS, k=9))
        if name in ("Conclusion", "Milestone"):
            own["due_text"] = "by the end of next spring"
            own["due_start"] = f"2010-{draw.randint(1, 12):02d}"
        if name in ("Organisation", "Post"):
            own["jurisdiction"] = "xx"
            own["start"] = str(draw.randint(1960, 2005))
        return own | self._provenance(document, f"part {number % 9}, table row {number}")

    def _link(self, draw: random.Random, name: str, number: int) -> Values:
        starts, finishes = ENDS[name]
        start, finish = draw.choice(starts), draw.choice(finishes)
        document = self.document(draw.randrange(self.documents))
        first, second = self._hub(draw, start), self._hub(draw, finish)
        if name in ONE_ABOVE:
            # The smallest bodies first, each below one that is larger: trees, and no rings.
            first = self.count(start) - 1 - number % max(self.count(start) - 1, 1)
            second = min(second, first - 1) if start == finish else second
        own: Values = {"from_id": self.id(start, first), "to_id": self.id(finish, second)}
        if name == "RESPONSIBLE_FOR":
            own["role"] = draw.choices(list(_ROLES), list(_ROLES.values()))[0]
            if draw.random() < 0.3:
                own["start"] = f"{draw.randint(1997, 2009)}-05"
        elif name == "MEMBER_OF":
            own["role"] = "member"
        elif name == "WORKS_WITH":
            own["on"] = " ".join(draw.choices(_WORDS, k=3))
        return own | self._provenance(document, f"part {number % 9}, {name} row {number}")

    def _hub(self, draw: random.Random, name: str) -> int:
        steep, flat = HOLDERS if name in ("Organisation", "Post") else ITEMS
        drawn = (flat + (1 - flat) * draw.random()) ** steep - flat**steep
        return int(self.count(name) * drawn / (1 - flat**steep))


def of_relationships(relationships: int, seed: int = 1) -> Government:
    """The government with about so many relationships: 1,000 to 1,000,000."""
    return Government(round(relationships / sum(LINK_SHARE.values())) + 20, seed)


def write_government(government: Government, folder: Path) -> dict[str, int]:
    """Write the bundle into a new folder; return its records per type."""
    source = Source(title=f"A government of {government.records} records", licence="none: made up")
    return write_rows(source, government.rows(), folder)
