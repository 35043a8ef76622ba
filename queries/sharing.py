"""Questions of one's own as files that go from analyst to analyst: taken in, given out, deleted.

A file from somebody else is checked like one's own before it is kept, is read and never run, and is
kept under its id, whatever it was called.
"""

from __future__ import annotations

from pathlib import Path

from graph.errors import QuestionError, UnknownQuestion
from queries.catalogue import catalogue
from queries.check import LARGEST_FILE, read_file, text_problems
from queries.header import Question, make_question, split
from queries.saving import LONGEST_ID, file_name, keep


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
    if found := text_problems(text):
        raise QuestionError("This file is no question that can be asked:\n- " + "\n- ".join(found))
    made = make_question(split(text), Path("-"), own=True)
    if len(made.id) > LONGEST_ID:
        raise QuestionError(f"the id is longer than {LONGEST_ID} characters")
    path = keep(text, made.id, folder, replace=replace)
    return make_question(split(text), path, own=True)


def own_questions(folder: Path | None) -> dict[str, Question]:
    """The analyst's own questions by id; none where there is no folder."""
    if folder is None:
        return {}
    return {name: found for name, found in catalogue(folder).items() if found.own}


def question_file(question: Question) -> tuple[str, bytes]:
    """A question as a file to share: its name and its bytes. Raises QuestionError."""
    try:
        text = read_file(question.path)
    except ValueError as error:
        raise QuestionError(f"{question.path.name}: {error}") from None
    return file_name(question.id), text.encode("utf-8")


def delete_question(question_id: str, folder: Path) -> None:
    """Delete a question of the analyst's own. Raises QuestionError when it is not one."""
    found = own_questions(folder).get(question_id)
    if found is None:
        raise UnknownQuestion(f"there is no question of your own called '{question_id}'")
    try:
        found.path.unlink()
    except OSError as error:
        raise QuestionError(f"{found.path} cannot be deleted: {error.strerror}") from None
