"""What the screen calls things: types in the plural, columns, roles and judgements."""

import re

from graph.errors import either
from graph.schema.types import SECOND_LABELS

_MANY = {
    "Organisation": "organisations",
    "Post": "posts",
    "Person": "people",
    "PSA": "agreements",
    "Target": "targets",
    "Fund": "funds",
    "Conclusion": "conclusions",
    "Milestone": "milestones",
    "Initiative": "initiatives",
    "Place": "places",
    "Document": "documents",
    "Passage": "passages",
}
_ONE = {"PSA": "agreement", "Person": "person"}

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
    if label in _ONE:
        return _ONE[label]
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", label).lower()


def many(label: str) -> str:
    """A label in the plural: `Person` → `people`, `LocalAuthority` → `local authorities`."""
    return _MANY.get(label) or re.sub(r"ys$", "ies", f"{one(label)}s")


def sureness(basis: str, confidence: float, judgement: str | None) -> list[str]:
    """`stated`, `confidence 0.9`, `accepted by a reviewer`."""
    judged = _JUDGED.get(judgement or "", judgement)
    return [basis, f"confidence {confidence:g}", *([judged] if judged else [])]


def first_label(label: str) -> str:
    """The first label that `label` is or narrows."""
    return SECOND_LABELS[label].LABEL if label in SECOND_LABELS else label


def heading(column: str) -> str:
    """A column's heading: `due_text` → `Due text`."""
    return _COLUMNS.get(column) or column.replace("_", " ").capitalize()


def title(name: str) -> str:
    """A topic's heading; an analyst's own topics are shown as they are written."""
    return TOPICS.get(name) or name.replace("-", " ").capitalize()


def any_of(labels: tuple[str, ...]) -> str:
    """Types as a choice: `post or organisation`."""
    words = [one(label) for label in labels]
    if len(words) > 4:
        return "thing"
    return either(words)
