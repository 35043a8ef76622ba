"""Every question that can be asked, shipped here or an analyst's own, and how one is found.

Questions are found by their id, by the words they are put in, and by what may be asked next of a
thing.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from graph.errors import UnknownQuestion, either
from queries.question import Param, Question, make_question, read_file, split

FOLDER = Path(__file__).parent
TOPICS = ("responsibility", "conclusions", "funds", "structure", "plans", "evidence")

_ENDING = re.compile(r"(?<=\w{3})(?:ies|es|s|ing|ed)$")
_LITTLE = frozenset({"the", "a", "an", "of", "and", "or", "to", "in", "for", "is", "do", "does"})


def files(folder: Path | None = None) -> list[Path]:
    """The question files below `folder` (those shipped here), in order of topic and name."""
    return sorted((folder or FOLDER).glob("**/*.cypher"))


@cache
def _shipped() -> dict[str, Question]:
    # Without their checks, which take longer than asking: a test makes them for each file.
    questions = [make_question(split(read_file(path)), path) for path in files()]
    questions.sort(key=lambda question: (TOPICS.index(question.topic), question.id))
    return {question.id: question for question in questions}


@cache
def _shipped_one(question_id: str) -> Question | None:
    """The shipped question with this id, from its own file: reading all takes a while."""
    topic, _, name = question_id.partition(".")
    path = FOLDER / topic / f"{name}.cypher"
    if topic not in TOPICS or not re.fullmatch("[a-z0-9-]+", name) or not path.is_file():
        return None
    question = make_question(split(read_file(path)), path)
    return question if question.id == question_id else None


def _own(folder: Path) -> tuple[dict[str, Question], dict[Path, list[str]]]:
    """An analyst's own questions by id, and the files that cannot be asked with their problems."""
    from queries.check import parts_problems  # what is shipped is asked without

    questions: dict[str, Question] = {}
    bad: dict[Path, list[str]] = {}
    for path in files(folder):
        try:
            parts = split(read_file(path))
            problems = parts_problems(parts)
        except ValueError as error:
            problems = [str(error)]
        if not problems:
            question = make_question(parts, path, own=True)
            other = questions.get(question.id) or _shipped().get(question.id)
            if other is None:
                questions[question.id] = question
                continue
            problems = [f"the id '{question.id}' is taken by {other.path.name}"]
        bad[path] = problems
    return questions, bad


def catalogue(extra_folder: Path | None = None) -> dict[str, Question]:
    """Every question by its id, by topic; those of `extra_folder` come last.

    A file of the extra folder that cannot be asked is left out, so that one slip does not hide the
    other questions: `refused` names it and says why.
    """
    return {**_shipped(), **(_own(extra_folder)[0] if extra_folder is not None else {})}


def refused(extra_folder: Path) -> dict[Path, list[str]]:
    """The files of an analyst's own folder that cannot be asked, each with all its problems."""
    return _own(extra_folder)[1]


def question(question_id: str, extra_folder: Path | None = None) -> Question:
    """The question with this id, whatever its case.

    Raises UnknownQuestion with the nearest ids, and with the files that were refused.
    """
    wanted = question_id.strip().lower()
    if shipped := _shipped_one(wanted):
        return shipped
    known = catalogue(extra_folder)
    if wanted in known:
        return known[wanted]
    message = f"there is no question '{question_id}'."
    if near := nearest(question_id, known):
        message += f" Did you mean {either(near)}?"
    else:
        message += f" The topics are {', '.join(TOPICS)}."
    if extra_folder is not None:
        for path, problems in refused(extra_folder).items():
            message += f"\n{path.name} was left out: {'; '.join(problems)}"
    raise UnknownQuestion(message)


def nearest(text: str, known: dict[str, Question]) -> list[str]:
    """Up to three ids near `text`: the same spelling, the same end, or the same words."""
    wanted = text.strip().lower().replace("_", "-").replace(" ", "-")
    by_end = {name.partition(".")[2]: name for name in known}
    near = get_close_matches(wanted, known, n=3, cutoff=0.6)
    near += [by_end[end] for end in get_close_matches(wanted, by_end, n=3, cutoff=0.6)]
    near += [name for name in known if wanted and wanted in name]
    return list(dict.fromkeys(near))[:3]


def search(known: Iterable[Question], text: str) -> list[Question]:
    """The questions that hold every word of `text`, those that hold it in their wording first.

    Words are found by their beginning, whatever the case; little words (of, the) do not count.
    Without a word that counts every question is found, in the order given.
    """
    words = [word for word in _stems(text) if word not in _LITTLE] or _stems(text)
    ranked = []
    for question in known:
        about = [param.about for param in question.params]
        elsewhere = " ".join([question.id, question.caveat, *question.columns, *about])
        places = (_stems(question.question), _stems(elsewhere))
        ranks = [_rank(word, places) for word in words]
        if len(places) not in ranks:
            ranked.append((sum(ranks), question))
    return [question for _, question in sorted(ranked, key=lambda pair: pair[0])]


def _rank(word: str, places: tuple[list[str], ...]) -> int:
    """Which of the places holds the word first; their number when none does."""
    for rank, words in enumerate(places):
        if any(one.startswith(word) or (len(one) > 3 and word.startswith(one)) for one in words):
            return rank
    return len(places)


def _stems(text: str) -> list[str]:
    return [_ENDING.sub("", word) for word in re.findall(r"\w+", text.lower())]


@dataclass(frozen=True)
class FollowUp:
    """A question that may be asked of a thing, and the parameter that takes it."""

    question: Question
    param: Param

    @property
    def complete(self) -> bool:
        """Whether nothing else has to be chosen."""
        return not any(one.required and one != self.param for one in self.question.params)


def follow_ups(
    known: Iterable[Question], labels: Collection[str], *, but: str = ""
) -> list[FollowUp]:
    """The questions that may be asked of a thing with these labels, apart from `but`.

    Those that need nothing else come first, then in the order given. A question that takes such
    a thing in two places is offered with the first.
    """
    offered = []
    for question in known:
        taking = [param for param in question.params if set(param.of) & set(labels)]
        if taking and question.id != but:
            offered.append(FollowUp(question, taking[0]))
    return sorted(offered, key=lambda follow_up: not follow_up.complete)
