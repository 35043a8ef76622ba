from pathlib import Path

import pytest

from graph.errors import UnknownQuestion
from queries.catalogue import catalogue, nearest, question, refused
from tests.queries.questions import SOUND


def test_finds_a_question_whatever_the_case() -> None:
    assert question(" Responsibility.Joint ").id == "responsibility.joint"


def test_an_unknown_question_names_its_nearest() -> None:
    with pytest.raises(UnknownQuestion) as caught:
        question("responsability.joint")
    assert str(caught.value).startswith(
        "there is no question 'responsability.joint'. Did you mean responsibility.joint"
    )


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("joint", "responsibility.joint"),
        ("overdu", "plans.overdue"),
        ("conclusions_overdue", "conclusions.overdue"),
        ("funds.amount", "funds.amounts"),
    ],
)
def test_the_nearest_question_comes_first(text: str, first: str) -> None:
    assert nearest(text, catalogue())[0] == first


def test_nonsense_gets_the_topics() -> None:
    with pytest.raises(UnknownQuestion) as caught:
        question("zzzzzz")
    assert str(caught.value) == (
        "there is no question 'zzzzzz'. The topics are responsibility, conclusions, funds, "
        "structure, plans, evidence."
    )


def test_own_questions_come_last_and_are_marked(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "targets.cypher").write_text(SOUND)
    found = catalogue(tmp_path)
    assert list(found)[-1] == "mine.targets"
    assert found["mine.targets"].own
    assert not found["responsibility.joint"].own
    assert question("mine.targets", tmp_path) == found["mine.targets"]
    assert "mine.targets" not in catalogue()


def test_a_bad_own_file_is_left_out_and_named(tmp_path: Path) -> None:
    (tmp_path / "a.cypher").write_text(SOUND)
    bad = tmp_path / "b.cypher"
    bad.write_text(
        SOUND.replace("mine.targets", "mine.bad").replace("RETURN t", "DELETE t RETURN t")
    )
    twice = tmp_path / "c.cypher"
    twice.write_text(SOUND)
    shadow = tmp_path / "d.cypher"
    shadow.write_text(SOUND.replace("mine.targets", "responsibility.joint"))
    assert refused(tmp_path) == {
        bad: ["line 12: DELETE is not allowed: a question only reads"],
        twice: ["the id 'mine.targets' is taken by a.cypher"],
        shadow: ["the id 'responsibility.joint' is taken by joint.cypher"],
    }
    assert "mine.bad" not in catalogue(tmp_path)
    assert not catalogue(tmp_path)["responsibility.joint"].own
    with pytest.raises(UnknownQuestion, match=r"b.cypher was left out: line 12: DELETE"):
        question("mine.bad", tmp_path)


def test_a_file_that_cannot_be_read_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "x.cypher"
    path.write_text("MATCH (n) RETURN n")
    problem = "the file must start with a header: /* id: … question: … */"
    assert refused(tmp_path) == {path: [problem]}
    path.write_bytes(b"\xff")
    assert refused(tmp_path) == {path: ["the file is not UTF-8 text"]}


def test_a_folder_that_is_not_there_holds_no_questions(tmp_path: Path) -> None:
    assert catalogue(tmp_path / "none") == catalogue()
