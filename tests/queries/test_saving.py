"""A query becomes a question of the analyst's own, or is refused with all that is wrong."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import QuestionError
from queries.catalogue import catalogue
from queries.own import EVIDENCE, Draft, compose, draft_question, save

CYPHER = (
    "MATCH (p:Post)-[r:RESPONSIBLE_FOR]->(t:Target)\nWHERE r.role = 'lead'\n"
    f"RETURN p.name AS post, t.name AS target, {EVIDENCE}\nORDER BY post, target"
)
DRAFT = Draft(
    id="mine.leads",
    question="Which posts lead a target?",
    caveat="Only stated leads: not joint ones.",
    of="MATCH (t:Target) RETURN count(t) AS n",
    of_what="targets in the graph",
    columns={"post": "str", "target": "str"},
    cypher=CYPHER,
)


def test_the_file_is_a_question_like_any_other() -> None:
    assert compose(DRAFT) == (
        "/*\n"
        "id: mine.leads\n"
        "question: Which posts lead a target?\n"
        "columns:\n"
        "  post: str\n"
        "  target: str\n"
        "of: MATCH (t:Target) RETURN count(t) AS n\n"
        "of_what: targets in the graph\n"
        "caveat: 'Only stated leads: not joint ones.'\n"
        "*/\n"
        f"{CYPHER}\n"
    )


def test_who_wrote_it_stands_in_its_header(tmp_path: Path) -> None:
    by = "Ann Archer (ann@gov.example)"
    path = save(replace(DRAFT, by=by), tmp_path)
    assert path.read_text("utf-8") == compose(DRAFT).replace("*/\n", f"by: {by}\n*/\n", 1)
    assert (catalogue(tmp_path)["mine.leads"].by, draft_question(DRAFT).by) == (by, "")
    with pytest.raises(QuestionError, match=r"'by' must not hold \*/"):
        save(replace(DRAFT, by="x */ MATCH (n) DELETE n"), tmp_path, replace=True)


def test_it_is_saved_once_and_replaced_when_told(tmp_path: Path) -> None:
    folder = tmp_path / "questions"
    path = save(replace(DRAFT, cypher=f" {CYPHER} ;\n"), folder)
    assert path == folder / "mine.leads.cypher"
    assert path.read_text("utf-8") == compose(DRAFT)
    with pytest.raises(QuestionError, match=r"there is a question 'mine\.leads' already"):
        save(DRAFT, folder)
    save(replace(DRAFT, caveat="Other."), folder, replace=True)
    found = catalogue(folder)["mine.leads"]
    assert (found.caveat, found.own, found.path) == ("Other.", True, path)
    assert [one.name for one in folder.iterdir()] == ["mine.leads.cypher"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"id": "../../evil.x"}, "must be written topic.name"),
        ({"id": "/etc/x.y"}, "must be written topic.name"),
        ({"id": "a.b\n"}, None),
        ({"id": "a." + "b" * 200}, "the id is longer than 100 characters"),
        ({"caveat": "x */ MATCH (n) DETACH DELETE n"}, r"'caveat' must not hold \*/"),
        ({"columns": {"post": "text"}}, "has the type 'text'"),
        ({"columns": {"post": "str"}}, "it must return post, evidence"),
        ({"columns": {"evidence": "list"}}, "leave 'evidence' out"),
        ({"of": "MATCH (t:Target) DELETE t RETURN 1 AS n"}, "DELETE is not allowed"),
        ({"of": ""}, "the header has no 'of'"),
        ({"question": " "}, "the header has no 'question'"),
        ({"cypher": "CREATE (n:Post) RETURN n"}, "CREATE is not allowed"),
        ({"cypher": "LOAD CSV FROM 'file:///etc/passwd' AS l RETURN l"}, "LOAD is not allowed"),
        ({"cypher": f"{CYPHER}; MATCH (n) RETURN n"}, "one query a file"),
        ({"cypher": "MATCH (n) RETURN $x AS post, n.name AS target"}, r"\$x is used but not"),
        ({"cypher": f"{CYPHER} /*{'x' * 100_000}*/"}, "no question is"),
    ],
)
def test_what_is_no_question_is_refused_and_not_written(
    tmp_path: Path, change: dict[str, object], message: str | None
) -> None:
    draft = replace(DRAFT, **change)  # type: ignore[arg-type]
    folder = tmp_path / "inner" / "questions"
    if message is None:
        assert save(draft, folder).parent == folder
        return
    with pytest.raises(QuestionError, match=message):
        save(draft, folder)
    assert list(tmp_path.iterdir()) == []


def test_a_shipped_question_keeps_its_id(tmp_path: Path) -> None:
    with pytest.raises(QuestionError, match="joinedup itself has a question"):
        save(replace(DRAFT, id="responsibility.joint"), tmp_path, replace=True)


def test_the_id_of_another_file_is_taken(tmp_path: Path) -> None:
    (tmp_path / "other.cypher").write_text(compose(DRAFT), "utf-8")
    with pytest.raises(QuestionError, match="has this id already"):
        save(DRAFT, tmp_path, replace=True)


def test_a_link_in_its_place_is_replaced_and_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("mine")
    folder = tmp_path / "questions"
    folder.mkdir()
    (folder / "mine.leads.cypher").symlink_to(outside)
    with pytest.raises(QuestionError, match="there is a question"):
        save(DRAFT, folder)
    save(DRAFT, folder, replace=True)
    assert outside.read_text() == "mine"
    assert (folder / "mine.leads.cypher").read_text("utf-8") == compose(DRAFT)


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=80))
def test_words_are_read_back_or_refused(question: str, caveat: str, of_what: str) -> None:
    draft = replace(DRAFT, question=question, caveat=caveat, of_what=of_what)
    try:
        made = draft_question(draft)
    except QuestionError:
        return
    words = (" ".join(text.split()) for text in (question, caveat, of_what))
    assert (made.question, made.caveat, made.of_what) == tuple(words)
    assert (made.cypher, made.of, made.own) == (CYPHER, DRAFT.of, True)


def test_parameters_are_declared_in_the_header() -> None:
    made = compose(
        replace(
            DRAFT,
            cypher=CYPHER.replace("'lead'", "$role"),
            params={"role": {"type": "choice", "choices": ["lead", "joint"], "about": "the role"}},
        )
    )
    assert (
        "params:\n  role:\n    type: choice\n    choices:\n    - lead\n    - joint\n"
        "    about: the role\ncolumns:\n" in made
    )
    with pytest.raises(QuestionError, match=r"\$role is used but not among the params"):
        compose(replace(DRAFT, cypher=CYPHER.replace("'lead'", "$role")))
    with pytest.raises(QuestionError, match="'params' must not hold"):
        compose(replace(DRAFT, params={"role": {"type": "str", "about": "*/ MATCH"}}))
