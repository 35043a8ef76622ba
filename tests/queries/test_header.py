from pathlib import Path

import pytest

from queries.check import text_problems
from queries.question import Param, Question, make_question, split
from tests.queries.questions import SOUND


def test_a_header_becomes_a_question() -> None:
    path = Path("mine/targets.cypher")
    assert make_question(split(SOUND), path, own=True) == Question(
        id="mine.targets",
        topic="mine",
        question="Which targets answer to this post?",
        params=(Param("post", "id", of=("Post",), about="the post"),),
        columns={"target": "str"},
        of="MATCH (t:Target) RETURN count(t) AS n",
        of_what="targets",
        caveat="Made up.",
        cypher=SOUND.partition("*/")[2].strip(),
        path=path,
        own=True,
    )


def test_parameters_of_every_type() -> None:
    header = """/*
id: mine.many
question: Many?
params:
  "on": {type: date, default: 2001-04-30, about: the day}
  least: {type: int, default: 2, about: how many}
  word: {type: str, default: null, about: a word}
  kind: {type: choice, choices: [a, b], default: a, about: which}
columns: {x: str, evidence: list}
of: RETURN 1 AS n
caveat: Made up.
*/
RETURN 1"""
    question = make_question(split(header), Path("x"))
    assert question.columns == {"x": "str"}
    assert question.params == (
        Param("on", "date", default="2001-04-30", about="the day", required=False),
        Param("least", "int", default=2, about="how many", required=False),
        Param("word", "str", about="a word", required=False),
        Param("kind", "choice", default="a", choices=("a", "b"), about="which", required=False),
    )


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm() -> None:
    text = "\ufeff" + SOUND.replace("\n", "\r\n")
    assert text_problems(text) == []
    assert make_question(split(text), Path("x")).id == "mine.targets"


PARAM = "{type: id, of: [Post], about: the post}"


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("/*\n", "", "the file must start with a header: /* id: … question: … */"),
        ("id: mine.targets", "id: [", "the header is not YAML: "),
        ("id: mine.targets", "author: me\nid: mine.targets", "unknown key 'author' in the header"),
        ("id: mine.targets\n", "", "the header has no 'id'"),
        ("id: mine.targets", "id: Mine", "the id 'Mine' must be written topic.name"),
        ("caveat: Made up.\n", "", "the header has no 'caveat'"),
        ("caveat: Made up.", "caveat: [1]", "'caveat' must be text"),
        ("{target: str}", "[target]", "'columns' must map each column to its type"),
        ("{target: str}", "{target: word}", "column 'target' has the type 'word'; the types are"),
        ("{target: str}", "{Target: str}", "column 'Target': write the name in small letters"),
        (PARAM, "{type: id, of: [Postt], about: x}", "parameter 'post': 'Postt' is no label"),
        (PARAM, "{type: id, of: [[]], about: x}", "parameter 'post': '[]' is no label"),
        (PARAM, "{type: id, about: x}", "parameter 'post': an id needs the labels"),
        (PARAM, "{type: id, of: [Post]}", "parameter 'post': 'about' must say what it is"),
        (PARAM, "{type: name, about: x}", "parameter 'post': the type must be one of id, date"),
        (PARAM, "{type: int, about: x, label: y}", "parameter 'post': unknown key 'label'"),
        (PARAM, "{type: int, default: x, about: x}", "parameter 'post': the default 'x' is no"),
        (PARAM, "{type: date, default: x, about: x}", "parameter 'post': the default 'x' is not"),
        (PARAM, "{type: str, default: 1, about: x}", "parameter 'post': the default 1 is no text"),
        (PARAM, "{type: choice, about: x}", "parameter 'post': a choice needs its 'choices'"),
        (
            PARAM,
            "{type: choice, choices: [a], default: b, about: x}",
            "parameter 'post': the default 'b' is not among the choices",
        ),
        (
            PARAM,
            "{type: choice, choices: [yes], about: x}",
            "parameter 'post': each of the choices must be text: put it in quotes",
        ),
        ("post: {", "on: {", "parameter 'True': write the name in small letters, and a word such"),
        (f"  post: {PARAM}", "  - post", "'params' must map each parameter to what it is"),
        (PARAM, "Post", "parameter 'post': write what it is, such as {type: id, of: [Target]}"),
    ],
)
def test_refuses_a_header_and_says_why(old: str, new: str, problem: str) -> None:
    assert old in SOUND
    found = text_problems(SOUND.replace(old, new, 1))
    assert any(line.startswith(problem) for line in found), found
