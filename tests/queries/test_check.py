from pathlib import Path

import pytest

from queries.check import text_problems
from queries.question import LARGEST_FILE, read_file
from tests.queries.questions import SOUND, plain, with_query

ONLY_READS = "is not allowed: a question only reads"


def test_a_sound_question_has_no_problem() -> None:
    assert text_problems(SOUND) == []
    assert text_problems(plain("")) == []


HOSTILE = {
    "a write": ("CREATE (x:Target)", f"line 10: CREATE {ONLY_READS}"),
    "small letters": ("mErGe (x:Target)", f"line 10: MERGE {ONLY_READS}"),
    "a property set": ("SET t.name = 'x'", f"line 10: SET {ONLY_READS}"),
    "a deletion": ("DETACH DELETE t", f"line 10: DETACH {ONLY_READS}"),
    "a loop": ("FOREACH (x IN [1] | REMOVE t.name)", f"line 10: FOREACH {ONLY_READS}"),
    "behind a comment": ("/* harmless */ CREATE /**/ (x)", f"line 10: CREATE {ONLY_READS}"),
    "after a line comment": ("// harmless\rCREATE (x)", f"line 10: CREATE {ONLY_READS}"),
    "after a string": ("WHERE t.name = 'it\\'s' DELETE t", f"line 10: DELETE {ONLY_READS}"),
    "in a subquery": (
        "CALL (t) { SET t.name = 'x' RETURN 1 AS one }",
        f"line 10: SET {ONLY_READS}",
    ),
    "after a number and a dot": ("WITH t, 1. SET t.name = 2", f"line 10: SET {ONLY_READS}"),
    "a file": ("LOAD CSV FROM 'file:///etc/passwd' AS row", f"line 10: LOAD {ONLY_READS}"),
    "an address": ("LOAD CSV FROM 'http://x.test/' + t.name AS row", f"line 10: LOAD {ONLY_READS}"),
    "a procedure": (
        "CALL dbms.listConfig() YIELD name",
        "line 10: the procedure dbms.listConfig is not allowed: a question only reads the graph",
    ),
    "a procedure spread out": (
        "OPTIONAL CALL apoc . load\n. json('http://x.test') YIELD value",
        "line 10: the procedure apoc.load.json is not allowed: a question only reads the graph",
    ),
    "a function of a plug-in": (
        "WITH t, apoc.text.join([], '') AS name",
        "line 10: the function apoc.text.join is not allowed",
    ),
    "in transactions": (
        "CALL (t) { RETURN 1 AS one } IN TRANSACTIONS",
        f"TRANSACTIONS {ONLY_READS}",
    ),
    "another database": ("USE system", f"line 10: USE {ONLY_READS}"),
    "users": ("SHOW USERS", f"line 10: SHOW {ONLY_READS}"),
    "backticks": ("WITH t AS `x CREATE`", "line 10: backticks are not allowed: use plain names"),
    "a dynamic label": (
        "MATCH (x:$(t.name))",
        "line 10: '$' must be followed by the name of a parameter",
    ),
    "a hidden keyword": (
        "\\u0043REATE (x)",
        "a \\u escape can hide a keyword: write the letter itself",
    ),
    "a letter that looks like another": (
        "\u0421REATE (x)",
        "line 10: the character '\u0421' is not allowed outside strings and comments",
    ),
    "a second query": ("RETURN 1 AS x; MATCH (t:Target)", "one query a file: something follows"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_refuses_a_hostile_file(name: str) -> None:
    middle, message = HOSTILE[name]
    found = text_problems(plain(middle))
    assert any(message in problem for problem in found), found


@pytest.mark.parametrize(
    "start",
    ["EXPLAIN ", "PROFILE ", "CYPHER 25 ", "START DATABASE neo4j ", "STOP DATABASE neo4j "],
)
def test_refuses_a_query_that_starts_otherwise(start: str) -> None:
    found = text_problems(
        with_query(f"{start}MATCH (t:Target) RETURN t.name AS x, [] AS evidence ORDER BY x")
    )
    assert "the query must start with one of CALL, MATCH, OPTIONAL, RETURN, UNWIND, WITH" in found


def test_the_header_cannot_hide_a_query_either() -> None:
    found = text_problems(SOUND.replace("RETURN count(t) AS n", "DELETE t RETURN count(t) AS n"))
    assert found == [f"in 'of': line 1: DELETE {ONLY_READS}"]
    early = SOUND.replace("caveat: Made up.", "caveat: Made up. */ MATCH (n) DELETE n /*")
    assert f"line 9: DELETE {ONLY_READS}" in text_problems(early)


@pytest.mark.parametrize(
    "middle",
    [
        "WHERE t.name = 'CREATE (x) // LOAD CSV'",
        "WHERE t.due < '2001' // delete what is old",
        "WITH t, t.start AS start, {start: 1, count: 2} AS counted WHERE counted.start = 1",
        "CALL db.index.fulltext.queryNodes('joinedup_names', 'x') YIELD node, score WITH t",
        "WITH t, date('2001-01-01').year AS year",
        "WHERE (t:Target|PSA) AND NOT t:Fund AND t IS NOT NULL",
        "WHERE [x IN labels(t) WHERE x = 'Fund' | x] = [] AND EXISTS { (t)-[:TARGET_OF]->(:PSA) }",
        "MATCH (t)-[r:TARGET_OF|FUNDS WHERE r.confidence > 0.5]-{1,3}(b:Post&Minister) WITH t",
        "WITH t ORDER BY t.name LIMIT 3",
        "CALL (t) { MATCH (t) RETURN t.id AS a UNION MATCH (x:PSA) RETURN x.id AS a } WITH t",
    ],
)
def test_lets_a_harmless_query_pass(middle: str) -> None:
    assert text_problems(plain(middle)) == []


@pytest.mark.parametrize(
    ("middle", "found"),
    [
        ("MATCH (x:Targett)", ["line 10: 'Targett' is no label of the vocabulary"]),
        ("MATCH (x:Target|Goal)", ["line 10: 'Goal' is no label of the vocabulary"]),
        ("WHERE t IS Goal", ["line 10: 'Goal' is no label of the vocabulary"]),
        ("MATCH (t)-[:OWNS]->()", ["line 10: 'OWNS' is no relationship type of the vocabulary"]),
        (
            "MATCH (t)-[:Target]->()",
            ["line 10: 'Target' is no relationship type of the vocabulary"],
        ),
        ("WHERE t.owner = 1", ["line 10: 'owner' is no property of the vocabulary"]),
        ("MATCH (x:PSA {owner: 1})", ["line 10: 'owner' is no property of the vocabulary"]),
        ("WITH t, t {.owner} AS y", ["line 10: 'owner' is no property of the vocabulary"]),
        ("WITH t LIMIT 3", ["line 10: LIMIT without ORDER BY returns rows at random"]),
        (
            "CALL { MATCH (x:PSA) RETURN x } WITH t",
            ["line 10: write CALL (a, b) { … }, naming what goes in: CALL { … } is deprecated"],
        ),
        ("WHERE t.name = $name", ["$name is used but not among the params"]),
    ],
)
def test_finds_what_is_wrong(middle: str, found: list[str]) -> None:
    assert text_problems(plain(middle)) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (
            "MATCH (t:Target) RETURN t.name AS x ORDER BY x",
            ["it returns x; it must return x, evidence"],
        ),
        (
            "MATCH (t:Target) RETURN t.name AS y, [] AS evidence ORDER BY y",
            ["it returns y, evidence; it must return x, evidence"],
        ),
        (
            "MATCH (t:Target) RETURN t.name, [] AS evidence ORDER BY t.id",
            [
                "give 't . name' a name with AS",
                "it returns name, evidence; it must return x, evidence",
            ],
        ),
        (
            "MATCH (t:Target) RETURN * ORDER BY t.id",
            ["RETURN * is not allowed: name the columns"],
        ),
        (
            "MATCH (t:Target) RETURN DISTINCT t.name AS x, [] AS evidence",
            ["the rows need an ORDER BY after RETURN, so that they always come alike"],
        ),
        (
            "RETURN '1' AS x, [] AS evidence UNION RETURN '2' AS x, [] AS evidence",
            ["the query must end in one RETURN; put a UNION inside CALL () { … }"],
        ),
    ],
)
def test_holds_a_query_to_its_columns(query: str, found: list[str]) -> None:
    assert text_problems(with_query(query)) == found


def test_a_parameter_must_be_used() -> None:
    unused = with_query(
        "MATCH (t:Target) RETURN t.name AS x, [] AS evidence ORDER BY x",
        params="{day: {type: date, about: a day}}",
    )
    assert text_problems(unused) == ["the parameter 'day' is never used"]


def test_a_file_must_be_text_of_a_sensible_size(tmp_path: Path) -> None:
    file = tmp_path / "x.cypher"
    with pytest.raises(ValueError, match=r"^the file cannot be read: No such file or directory$"):
        read_file(file)
    file.write_bytes(b"/* \xff */")
    with pytest.raises(ValueError, match=r"^the file is not UTF-8 text$"):
        read_file(file)
    file.write_bytes(b"x" * (LARGEST_FILE + 1))
    with pytest.raises(ValueError, match=r"^the file is larger than 100000 bytes: no question is$"):
        read_file(file)
    file.write_text(SOUND)
    assert read_file(file) == SOUND
