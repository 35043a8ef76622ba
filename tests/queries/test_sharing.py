"""A question that somebody shared is checked, kept under its id, given out and deleted."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import QuestionError, UnknownQuestion
from queries.own import compose, delete_question, import_question, own_questions, question_file
from queries.question import LARGEST_FILE
from tests.queries.test_saving import DRAFT

RAW = compose(DRAFT).encode()


def test_a_question_goes_from_folder_to_folder(tmp_path: Path) -> None:
    mine, yours = tmp_path / "mine", tmp_path / "yours"
    assert own_questions(None) == {}
    taken = import_question(b"\xef\xbb\xbf" + RAW.replace(b"\n", b"\r\n"), mine)
    assert (taken.id, taken.path) == ("mine.leads", mine / "mine.leads.cypher")
    name, raw = question_file(own_questions(mine)["mine.leads"])
    assert (name, raw) == ("mine.leads.cypher", RAW)
    assert import_question(raw, yours).cypher == taken.cypher
    with pytest.raises(QuestionError, match="already"):
        import_question(raw, yours)
    import_question(compose(replace(DRAFT, caveat="Other.")).encode(), yours, replace=True)
    assert own_questions(yours)["mine.leads"].caveat == "Other."
    delete_question("mine.leads", yours)
    assert own_questions(yours) == {}
    with pytest.raises(UnknownQuestion):
        delete_question("mine.leads", yours)
    with pytest.raises(UnknownQuestion):
        delete_question("responsibility.joint", mine)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "must start with a header"),
        (b"\xff", "not UTF-8"),
        (b"x" * (LARGEST_FILE + 1), "larger than"),
        (RAW.replace(b"RETURN p.name", b"DELETE p RETURN p.name"), "DELETE is not allowed"),
        (RAW.replace(b"mine.leads", b"../leads"), "must be written topic.name"),
        (RAW.replace(b"mine.leads", b"responsibility.joint"), "joinedup itself has a question"),
        (RAW.replace(b"mine.leads", b"mine." + b"x" * 100), "longer than 100 characters"),
    ],
)
def test_what_is_no_question_is_not_kept(tmp_path: Path, raw: bytes, message: str) -> None:
    with pytest.raises(QuestionError, match=message):
        import_question(raw, tmp_path / "mine")
    assert not (tmp_path / "mine").exists()


@given(st.binary(max_size=200))
def test_whatever_is_taken_in_is_a_question_or_refused(raw: bytes) -> None:
    with pytest.raises(QuestionError):
        import_question(raw, Path("nowhere"))
