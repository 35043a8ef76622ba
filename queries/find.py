"""Finding questions: by the words they are put in, and by what may be asked next of a thing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from queries.question import Param, Question

_WORD = re.compile(r"\w+")
_ENDINGS = ("ies", "es", "s", "ing", "ed")
_LITTLE = frozenset({"the", "a", "an", "of", "and", "or", "to", "in", "for", "is", "do", "does"})


@dataclass(frozen=True)
class FollowUp:
    """A question that may be asked of a thing, and the parameter that takes it."""

    question: Question
    param: Param

    @property
    def complete(self) -> bool:
        """Whether nothing else has to be chosen."""
        return not any(one.required and one != self.param for one in self.question.params)


def search(known: Iterable[Question], text: str) -> list[Question]:
    """The questions that hold every word of `text`, those that hold it in their wording first.

    Words are found by their beginning, whatever the case; little words (of, the) do not count.
    Without a word that counts every question is found, in the order given.
    """
    every = list(known)
    words = [word for word in _stems(text) if word not in _LITTLE] or _stems(text)
    if not words:
        return every
    found = []
    for place, question in enumerate(every):
        asked = _stems(question.question)
        about = [param.about for param in question.params]
        elsewhere = _stems(" ".join([question.id, question.caveat, *question.columns, *about]))
        ranks = [_rank(word, asked, elsewhere) for word in words]
        if all(rank is not None for rank in ranks):
            found.append((sum(rank or 0 for rank in ranks), place, question))
    return [question for *_, question in sorted(found, key=lambda one: one[:2])]


def _rank(word: str, asked: Collection[str], elsewhere: Collection[str]) -> int | None:
    for rank, words in enumerate((asked, elsewhere)):
        if any(one.startswith(word) or (len(one) > 3 and word.startswith(one)) for one in words):
            return rank
    return None


def _stems(text: str) -> list[str]:
    return [_stem(word) for word in _WORD.findall(text.lower())]


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def follow_ups(
    known: Iterable[Question], labels: Collection[str], *, but: str = ""
) -> list[FollowUp]:
    """The questions that may be asked of a thing with these labels, apart from `but`.

    Those that need nothing else come first, then in the order given. A question that takes such
    a thing in two places is offered with the first.
    """
    found = []
    for question in known:
        if question.id == but:
            continue
        taking = [param for param in question.params if set(param.of) & set(labels)]
        if taking:
            found.append(FollowUp(question, taking[0]))
    return sorted(found, key=lambda one: not one.complete)
