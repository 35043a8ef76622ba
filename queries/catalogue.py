"""Every question that can be asked: those shipped here, and an analyst's own."""

import re
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from graph.errors import QuestionError, UnknownQuestion, either
from queries.question import Question, make_question, read_file, split

FOLDER = Path(__file__).parent
TOPICS = ("responsibility", "conclusions", "funds", "structure", "plans", "evidence")


def files(folder: Path | None = None) -> list[Path]:
    """The question files below `folder` (those shipped here), in order of topic and name."""
    return sorted((folder or FOLDER).glob("**/*.cypher"))


@cache
def _shipped() -> dict[str, Question]:
    # Without their checks, which take longer than asking: a test makes them for each file.
    found = [make_question(split(read_file(path)), path) for path in files()]
    found.sort(key=lambda question: (TOPICS.index(question.topic), question.id))
    return {question.id: question for question in found}


@cache
def _shipped_one(question_id: str) -> Question | None:
    """The shipped question with this id, from its own file: reading all takes a while."""
    topic, _, name = question_id.partition(".")
    path = FOLDER / topic / f"{name}.cypher"
    if topic not in TOPICS or not re.fullmatch("[a-z0-9-]+", name) or not path.is_file():
        return None
    found = make_question(split(read_file(path)), path)
    return found if found.id == question_id else None


def load(path: Path, *, own: bool = False) -> Question:
    """The question in the file at `path`. Raises QuestionError with all that is wrong with it."""
    from queries.check import parts_problems  # what is shipped is asked without

    try:
        parts = split(read_file(path))
        found = parts_problems(parts)
    except ValueError as error:
        found = [str(error)]
    if found:
        raise QuestionError(f"{path} is no question that can be asked:\n- " + "\n- ".join(found))
    return make_question(parts, path, own=own)


def catalogue(extra_folder: Path | None = None) -> dict[str, Question]:
    """Every question by its id, by topic; those of `extra_folder` come last.

    A file of the extra folder that cannot be asked is left out, so that one slip does not hide the
    other questions: `refused` names it and says why.
    """
    found = dict(_shipped())
    if extra_folder is not None:
        bad = refused(extra_folder)
        own = [load(path, own=True) for path in files(extra_folder) if path not in bad]
        found |= {question.id: question for question in own}
    return found


def refused(extra_folder: Path) -> dict[Path, list[str]]:
    """The files of an analyst's own folder that cannot be asked, each with all its problems."""
    from queries.check import problems

    bad: dict[Path, list[str]] = {}
    taken: dict[str, Path] = {question.id: question.path for question in _shipped().values()}
    for path in files(extra_folder):
        found = problems(path)
        if not found:
            name = load(path, own=True).id
            other = taken.setdefault(name, path)
            found = [f"the id '{name}' is taken by {other.name}"] if other != path else []
        if found:
            bad[path] = found
    return bad


def question(question_id: str, extra_folder: Path | None = None) -> Question:
    """The question with this id, whatever its case.

    Raises UnknownQuestion with the nearest ids, and with the files that were refused.
    """
    wanted = question_id.strip().lower()
    if found := _shipped_one(wanted):
        return found
    known = catalogue(extra_folder)
    if found := known.get(wanted):
        return found
    message = f"there is no question '{question_id}'."
    if near := nearest(question_id, known):
        message += f" Did you mean {either(near)}?"
    else:
        message += f" The topics are {', '.join(TOPICS)}."
    if extra_folder is not None:
        for path, found_there in refused(extra_folder).items():
            message += f"\n{path.name} was left out: {'; '.join(found_there)}"
    raise UnknownQuestion(message)


def nearest(text: str, known: dict[str, Question]) -> list[str]:
    """Up to three ids near `text`: the same spelling, the same end, or the same words."""
    wanted = text.strip().lower().replace("_", "-").replace(" ", "-")
    by_end = {name.partition(".")[2]: name for name in known}
    near = get_close_matches(wanted, known, n=3, cutoff=0.6)
    near += [by_end[end] for end in get_close_matches(wanted, by_end, n=3, cutoff=0.6)]
    near += [name for name in known if wanted and wanted in name]
    return list(dict.fromkeys(near))[:3]
