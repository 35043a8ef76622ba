"""An analyst's own questions: saved from a query, imported from a colleague, shared and deleted.

Each is a file with a header, checked before it is written and read, never run, when it is imported.
The id alone decides the name of the file, so that no text leads out of the folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from graph.errors import QuestionError, UnknownQuestion
from graph.files import write_private
from queries.catalogue import catalogue, files
from queries.check import text_problems
from queries.question import LARGEST_FILE, Question, make_question, one_line, read_file, split

LONGEST_ID = 100
EVIDENCE = (
    "[fact IN [r] | fact {\n"
    "  key: coalesce(fact.key, fact.id),\n"
    "  document: fact.source, .locator, .basis, .confidence, .judgement, .quote\n"
    "}] AS evidence"
)
"""What a question returns in its last column, for the facts in a list: here a link `r`."""


@dataclass(frozen=True)
class Draft:
    """What an analyst says about a query that is to become a question."""

    id: str
    question: str
    caveat: str
    of: str
    """the query that counts what the rows are drawn from, as `n`"""
    cypher: str
    of_what: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    """column → type, without evidence"""
    params: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """parameter → what its header says of it: type, of, about, default, choices"""
    by: str = ""
    """who wrote it, where somebody signed in"""


def compose(draft: Draft) -> str:
    """The text of the question's file. Raises QuestionError with all that is wrong with it."""
    header = {
        "id": draft.id.strip(),
        "question": one_line(draft.question),
        "params": {name: dict(declared) for name, declared in draft.params.items()},
        "columns": dict(draft.columns),
        "of": draft.of.strip().rstrip(";").rstrip(),
        "of_what": one_line(draft.of_what),
        "caveat": one_line(draft.caveat),
        "by": one_line(draft.by),
    }
    body = draft.cypher.strip().rstrip(";").rstrip()
    yaml_lines = yaml.safe_dump(
        {name: value for name, value in header.items() if value},
        allow_unicode=True,
        sort_keys=False,
        width=96,
    )
    text = f"/*\n{yaml_lines}*/\n{body}\n"
    # What would let words of the header pass for something else, or for a part of the query.
    problems = [
        f"'{name}' must not hold */, which ends the header"
        for name, value in header.items()
        if "*/" in str(value)
    ]
    if len(draft.id) > LONGEST_ID:
        problems.append(f"the id is longer than {LONGEST_ID} characters")
    if "evidence" in draft.columns:
        problems.append("leave 'evidence' out of the columns: it comes on top of them")
    if len(text.encode("utf-8", "replace")) > LARGEST_FILE:
        problems.append(f"it is longer than {LARGEST_FILE:,} bytes: no question is")
    if not problems:
        problems = text_problems(text)
    if not problems:
        question = make_question(split(text), Path("-"))
        if (question.id, question.of, question.cypher) != (header["id"], header["of"], body):
            problems = ["its words would not be read back as they were written"]
    if problems:
        raise QuestionError("This cannot be a question yet:\n- " + "\n- ".join(problems))
    return text


def draft_question(draft: Draft) -> Question:
    """The question that a draft makes, for trying it out. Raises QuestionError."""
    text = compose(draft)
    return make_question(split(text), Path(file_name(draft.id.strip())), own=True)


def file_name(question_id: str) -> str:
    """The name of a question's file: `my-topic.name` → `my-topic.name.cypher`."""
    return f"{question_id}.cypher"


def save(draft: Draft, folder: Path, *, replace: bool = False) -> Path:
    """Write a draft into the folder of the analyst's own questions, and return its path.

    Raises QuestionError when it is no question, and for what `keep` refuses.
    """
    return keep(compose(draft), draft.id.strip(), folder, replace=replace)


def keep(text: str, name: str, folder: Path, *, replace: bool = False) -> Path:
    """Write the sound text of the question `name` into a folder of own questions.

    Raises QuestionError when a shipped question has its id, when one of the analyst's own has it
    and `replace` is not given, or when the file cannot be written.
    """
    path = folder / file_name(name)
    taken = catalogue(folder).get(name)
    if taken is not None and not taken.own:
        raise QuestionError(f"joinedup itself has a question '{name}': choose another id")
    if taken is not None and taken.path != path:
        raise QuestionError(f"the file {taken.path} has this id already: change it there")
    if not replace and (path.exists() or path.is_symlink() or path in files(folder)):
        raise QuestionError(
            f"there is a question '{name}' already: choose another id, or tick that it is replaced"
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_private(path, text)
    except (OSError, UnicodeEncodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise QuestionError(f"{path} cannot be written: {reason}") from None
    return path


def import_question(raw: bytes, folder: Path, *, replace: bool = False) -> Question:
    """Keep the question in a .cypher file that somebody shared, and return it.

    Raises QuestionError with all that is wrong with it; then nothing was kept.
    """
    if len(raw) > LARGEST_FILE:
        raise QuestionError(f"the file is larger than {LARGEST_FILE:,} bytes: no question is")
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise QuestionError("the file is not UTF-8 text: a question is") from None
    if problems := text_problems(text):
        raise QuestionError(
            "This file is no question that can be asked:\n- " + "\n- ".join(problems)
        )
    question = make_question(split(text), Path("-"), own=True)
    if len(question.id) > LONGEST_ID:
        raise QuestionError(f"the id is longer than {LONGEST_ID} characters")
    path = keep(text, question.id, folder, replace=replace)
    return make_question(split(text), path, own=True)


def own_questions(folder: Path | None) -> dict[str, Question]:
    """The analyst's own questions by id; none where there is no folder."""
    return {name: question for name, question in catalogue(folder).items() if question.own}


def question_file(question: Question) -> tuple[str, bytes]:
    """A question as a file to share: its name and its bytes. Raises QuestionError."""
    try:
        text = read_file(question.path)
    except ValueError as error:
        raise QuestionError(f"{question.path.name}: {error}") from None
    return file_name(question.id), text.encode("utf-8")


def delete_question(question_id: str, folder: Path) -> None:
    """Delete a question of the analyst's own. Raises QuestionError when it is not one."""
    question = own_questions(folder).get(question_id)
    if question is None:
        raise UnknownQuestion(f"there is no question of your own called '{question_id}'")
    try:
        question.path.unlink()
    except OSError as error:
        raise QuestionError(f"{question.path} cannot be deleted: {error.strerror}") from None
