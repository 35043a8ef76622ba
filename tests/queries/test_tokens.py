import pytest

from queries.check import Unreadable, tokenize


def words(text: str) -> list[str]:
    return [token.text for token in tokenize(text).tokens]


def test_cuts_a_query_into_words_and_drops_comments() -> None:
    query = "MATCH (n:Fund {id: $fund}) /* CREATE */ // DELETE\nWHERE n.name = 'a // b' RETURN 1..2"
    assert words(query) == [
        *("MATCH", "(", "n", ":", "Fund", "{", "id", ":", "$fund", "}", ")", "WHERE"),
        *("n", ".", "name", "=", "'a // b'", "RETURN", "1", "..", "2"),
    ]


def test_a_line_comment_ends_at_a_carriage_return_as_it_does_in_neo4j() -> None:
    assert words("RETURN 1 // hidden\rCREATE") == ["RETURN", "1", "CREATE"]


def test_a_block_comment_does_not_nest() -> None:
    assert words("/* /* */ DELETE") == ["DELETE"]


def test_a_quote_may_be_escaped() -> None:
    assert words(r"'it\'s' x") == [r"'it\'s'", "x"]
    assert words(r"'\\' x") == [r"'\\'", "x"]


def test_counts_lines_from_the_line_given() -> None:
    assert [(t.text, t.line) for t in tokenize("a\n\nb", 7).tokens] == [("a", 7), ("b", 9)]


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ("MATCH (n:Fund {id: 1})", ["pattern", "pattern map"]),
        ("MATCH ({id: 1})", ["pattern", "pattern map"]),
        ("-[r:FUNDS {key: 1}]->", ["link", "pattern map"]),
        ("RETURN {a: 1}", ["map"]),
        ("collect(DISTINCT {a: 1})", ["call", "map"]),
        ("[f IN fs | f {.a, b: 1}]", ["list", "map"]),
        ("(n {.a})", ["pattern", "map"]),
        ("CALL (a) { RETURN 1 }", ["pattern", "body"]),
        ("EXISTS { RETURN 1 }", ["body"]),
        ("COLLECT { MATCH (a) }", ["body", "pattern"]),
        ("((a)-->(b)){1,3}", ["pattern", "pattern", "pattern", "repeat"]),
        ("-[:FUNDS]-{1,3}", ["link", "repeat"]),
    ],
)
def test_tells_the_brackets_apart(query: str, kinds: list[str]) -> None:
    code = tokenize(query)
    assert [code.bracket[i] for i in sorted(code.bracket)] == kinds


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("RETURN `x`", "line 1: backticks are not allowed: use plain names"),
        ("RETURN 1\nMATCH (n:$(x))", "line 2: '$' must be followed by the name of a parameter"),
        ("RETURN 'x", "line 1: a string is not closed"),
        ("RETURN /* x", "line 1: a comment is not closed"),
        ("RETURN \u00a0x", "line 1: the character '\\xa0' is not allowed outside strings and"),
        ("\u017fET", "line 1: the character '\u017f' is not allowed outside strings and comments"),
        ("RETURN '\\u0027'", "a \\u escape can hide a keyword: write the letter itself"),
        ("// x\u2028CREATE", "the control character '\\u2028' has no place in a query"),
        ("// x\x85CREATE", "the control character '\\x85' has no place in a query"),
        ("RETURN (1", "line 1: '(' is not closed"),
        ("RETURN [1)", "line 1: ')' closes nothing"),
    ],
)
def test_refuses_what_could_hide_something(query: str, message: str) -> None:
    with pytest.raises(Unreadable) as caught:
        tokenize(query)
    assert str(caught.value).startswith(message)
