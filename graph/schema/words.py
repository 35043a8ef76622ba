"""What types, columns and numbers are called: on screens, on the terminal and in documents."""

import re
from collections.abc import Iterable

from graph.errors import either
from graph.schema.types import NODE_TYPES, RELATIONSHIP_TYPES

_JUDGED = {"accepted": "accepted by a reviewer", "unreviewed": "not yet reviewed"}

TOPICS = {
    "responsibility": "Responsibility",
    "conclusions": "Conclusions",
    "funds": "Money",
    "structure": "Bodies and posts",
    "plans": "Plans",
    "evidence": "Evidence",
}
_COLUMNS = {
    "id": "Id",
    "of": "Out of",
    "psa": "PSA",
    "holder_name": "Who",
    "holder_type": "What it is",
    "item_name": "Item",
    "item_type": "What it is",
    "first_name": "First",
    "second_name": "Second",
    "holders_cut_off": "Holders cut off",
    "items_cut_off": "Items cut off",
    "gap_title": "Gap",
    "answers": "Answers for",
    "tipping_names": "Links that tip the first five",
    "top_five": "Share in the first five",
    "above_zero": "Share above zero",
    "outranks_next": "Share above the next",
}


def one(label: str) -> str:
    """A type in the singular, as a sentence says it: `LocalAuthority` → `local authority`."""
    singular = NODE_TYPES[label].SINGULAR if label in NODE_TYPES else ""
    return singular or re.sub(r"(?<=[a-z])(?=[A-Z])", " ", label).lower()


def many(label: str) -> str:
    """A label in the plural: `Person` → `people`, `LocalAuthority` → `local authorities`."""
    plural = NODE_TYPES[label].PLURAL if label in NODE_TYPES else ""
    return plural or re.sub(r"ys$", "ies", f"{one(label)}s")


def number_of(count: int, one: str, many: str | None = None) -> str:
    """A number and its noun.

    >>> number_of(1, "item"), number_of(1200, "item"), number_of(2, "body", "bodies")
    ('1 item', '1,200 items', '2 bodies')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def listed(parts: Iterable[str], most: int | None = None) -> str:
    """`A, B and C`; beyond `most` parts `A, B and 3 others`.

    >>> listed(["A", "B", "C"]), listed(["A", "B", "C", "D"], 2)
    ('A, B and C', 'A, B and 2 others')
    """
    words = list(parts)
    if most is not None and len(words) > most + 1:
        words = [*words[:most], f"{len(words) - most:,} others"]
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def headings(type_: str) -> tuple[str, str]:
    """The headings of a relationship type: over what starts at a thing, and what ends at it.

    >>> headings("POST_IN"), headings("WORKS_WITH")
    (('Belongs to', 'Its posts'), ('Works with', 'Works with'))
    """
    cls = RELATIONSHIP_TYPES[type_]
    outward, inward = cls.HEADINGS
    return outward or cls.READS.capitalize(), inward or cls.REVERSE.capitalize()


def sureness(basis: str, confidence: float, judgement: str | None) -> list[str]:
    """`stated`, `confidence 0.9`, `accepted by a reviewer`."""
    judged = _JUDGED.get(judgement or "", judgement)
    return [basis, f"confidence {confidence:g}", *([judged] if judged else [])]


def heading(column: str) -> str:
    """A column's heading: `due_text` → `Due text`."""
    return _COLUMNS.get(column) or column.replace("_", " ").capitalize()


def title(name: str) -> str:
    """A topic's heading; an analyst's own topics are shown as they are written."""
    return TOPICS.get(name) or name.replace("-", " ").capitalize()


def any_of(labels: tuple[str, ...]) -> str:
    """Types as a choice: `post or organisation`."""
    return "thing" if len(labels) > 4 else either([one(label) for label in labels])
