r"""What makes a question file safe and sound, found without a database.

The checks are the first wall: the second is the store, which has the server explain the query and
refuses what does more than read. A file passes when its header is sound, its query only reads,
uses the vocabulary, exactly its parameters, and returns exactly its columns and evidence.

The query is cut into tokens, as strictly as safety needs. This is no parser of Cypher: it knows
where strings and comments begin and end, so that nothing can hide in them, and which bracket each
word is in. What it does not know it refuses: backticks, `\u` escapes and letters outside ASCII can
each spell a keyword that a reader does not see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from graph.schema.types import LABELS, RELATIONSHIP_TYPES, property_names
from queries.question import Parts, header_problems, split

Kind = Literal["word", "parameter", "string", "number", "sign"]
Bracket = Literal["body", "map", "pattern map", "pattern", "call", "link", "list", "repeat", ""]

_TOKEN = re.compile(
    r"""
    (?P<space>  [ \t\r\n]+ | //[^\r\n]* | /\*.*?\*/ )
  | (?P<string> '(?:[^'\\]|\\.)*' | "(?:[^"\\]|\\.)*" )
  | (?P<parameter> \$[A-Za-z_][A-Za-z0-9_]* )
  | (?P<word>   [A-Za-z_][A-Za-z0-9_]* )
  | (?P<number> \d+(?:\.\d+)?(?:[eE][-+]?\d+)? )
  | (?P<sign>   \.\. | :: | <> | <= | >= | =~ | /(?!\*) | [-+*%^=<>.,:;|&!?()\[\]{}] )
    """,
    re.VERBOSE | re.DOTALL,
)
_HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")
_UNREADABLE = {
    "`": "backticks are not allowed: use plain names",
    "$": "'$' must be followed by the name of a parameter",
    "'": "a string is not closed",
    '"': "a string is not closed",
    "/*": "a comment is not closed",
}
_CLOSES = {")": "(", "]": "[", "}": "{"}
_SUBQUERY = {"EXISTS", "COUNT", "COLLECT"}
_BEFORE_PATTERN = {
    *("MATCH", "WHERE", "AND", "OR", "XOR", "NOT", "IN", "WITH", "RETURN", "THEN", "ELSE"),
    *("WHEN", "CASE", "SHORTEST", "PATHS", "GROUPS", "BY", "DISTINCT", "CONTAINS", "CALL"),
}


class Unreadable(ValueError):
    """The text cannot be cut into words safely; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word, sign or value; `upper` is how keywords are compared."""

    kind: Kind
    text: str
    line: int

    @property
    def upper(self) -> str:
        """The word in capitals; empty for everything that is no word."""
        return self.text.upper() if self.kind == "word" else ""


@dataclass(frozen=True)
class Code:
    """A query in tokens; `inside[i]` is the index of the bracket that token i stands in, or -1.

    `bracket` says for each opening bracket what it is: the body of a subquery, a map, the map of
    a pattern, a pattern or group, a function call, a relationship, a list or a repetition.
    """

    tokens: tuple[Token, ...]
    inside: tuple[int, ...]
    bracket: dict[int, Bracket]

    def at(self, index: int) -> Token:
        """The token at `index`; an empty sign outside the query."""
        known = 0 <= index < len(self.tokens)
        return self.tokens[index] if known else Token("sign", "", 0)

    def around(self, index: int) -> Bracket:
        """What the innermost bracket around token `index` is; empty at the top level."""
        return self.bracket.get(self.inside[index], "")


def _cut(text: str, first_line: int) -> list[Token]:
    if "\\u" in text or "\\U" in text:
        raise Unreadable("a \\u escape can hide a keyword: write the letter itself")
    if hidden := _HIDDEN.search(text):
        raise Unreadable(f"the control character {hidden.group()!r} has no place in a query")
    tokens: list[Token] = []
    position = 0
    while position < len(text):
        line = first_line + text.count("\n", 0, position)
        match = _TOKEN.match(text, position)
        if match is None:
            other = f"the character {text[position]!r} is not allowed outside strings and comments"
            known = (why for start, why in _UNREADABLE.items() if text.startswith(start, position))
            raise Unreadable(f"line {line}: {next(known, other)}")
        if match.lastgroup != "space":
            tokens.append(Token(match.lastgroup, match.group(), line))  # type: ignore[arg-type]
        position = match.end()
    return tokens


def tokenize(text: str, first_line: int = 1) -> Code:
    """Cut `text` into tokens with their brackets.

    `first_line` is the line of the file that the text starts on. Raises Unreadable.
    """
    cut = _cut(text, first_line)
    inside: list[int] = []
    bracket: dict[int, Bracket] = {}
    opened: list[int] = []
    closed_by: dict[int, int] = {}
    for index, token in enumerate(cut):
        if token.kind == "sign" and token.text in _CLOSES:
            if not opened or cut[opened[-1]].text != _CLOSES[token.text]:
                raise Unreadable(f"line {token.line}: '{token.text}' closes nothing")
            closed_by[index] = opened.pop()
        around: Bracket = bracket[opened[-1]] if opened else ""
        inside.append(opened[-1] if opened else -1)
        if token.kind == "sign" and token.text in _CLOSES.values():
            bracket[index] = _bracket_kind(cut, index, around, closed_by)
            opened.append(index)
    if opened:
        last = cut[opened[-1]]
        raise Unreadable(f"line {last.line}: '{last.text}' is not closed")
    return Code(tuple(cut), tuple(inside), bracket)


def parameter_names(text: str) -> list[str]:
    """The parameters that a query uses, in their order; none when it cannot be cut into words.

    >>> parameter_names("MATCH (n {id: $thing}) WHERE n.due < $on OR n.id = $thing // $not")
    ['thing', 'on']
    """
    try:
        names = [token.text[1:] for token in _cut(text, 1) if token.kind == "parameter"]
    except Unreadable:
        return []
    return list(dict.fromkeys(names))


def _bracket_kind(
    cut: list[Token], index: int, around: Bracket, closed_by: dict[int, int]
) -> Bracket:
    before = cut[index - 1] if index else Token("sign", "", 0)
    if cut[index].text == "(":
        is_call = before.kind == "word" and before.upper not in _BEFORE_PATTERN
        return "call" if is_call else "pattern"
    if cut[index].text == "[":
        return "link" if before.text == "-" else "list"
    if before.upper in _SUBQUERY:
        return "body"
    if before.text == ")":
        opener = closed_by[index - 1]
        called = opener > 0 and cut[opener - 1].upper == "CALL"
        return "body" if called else "repeat"
    if before.text in ("-", ">"):
        return "repeat"
    after = cut[index + 1].text if index + 1 < len(cut) else ""
    if around == "pattern" and before.text == "(":
        return "pattern map"
    in_pattern = around in ("pattern", "link") and before.kind != "sign" and after != "."
    return "pattern map" if in_pattern else "map"


_FORBIDDEN = frozenset(
    (
        *("CREATE", "MERGE", "INSERT", "SET", "REMOVE", "DELETE", "DETACH", "NODETACH", "FOREACH"),
        *("DROP", "ALTER", "RENAME", "GRANT", "DENY", "REVOKE", "DATABASE", "TERMINATE", "SHOW"),
        *("LOAD", "USE", "TRANSACTIONS", "COMMIT", "EXPLAIN", "PROFILE", "CYPHER"),
    )
)
_FIRST = frozenset({"MATCH", "OPTIONAL", "WITH", "UNWIND", "CALL", "RETURN"})
_PROCEDURES = frozenset({"db.index.fulltext.querynodes", "db.index.fulltext.queryrelationships"})
_FUNCTION_FAMILIES = frozenset(
    {"date", "datetime", "localdatetime", "time", "localtime", "duration", "point"}
)
_STORED = frozenset({"sources", "records", "run", "key"})
"""Properties that loading adds beside the declared ones."""
_DATE_PARTS = frozenset({"year", "month", "day", "days", "months", "years", "quarter", "week"})
_LABELS_AND_TYPES = LABELS | RELATIONSHIP_TYPES.keys()
_NO_LABEL = frozenset({"NULL", "NOT", "NORMALIZED", "TYPED", "NFC", "NFD", "NFKC", "NFKD"})
_ORDERED = frozenset({"ORDER", "RETURN", "WITH", "MATCH"})
_AFTER_RETURN = frozenset({"ORDER", "SKIP", "OFFSET", "LIMIT", "UNION"})


def text_problems(text: str) -> list[str]:
    """Everything wrong with the text of a question file; empty when it may be asked.

    The text is only read, never run. Use it on an analyst's own questions before trusting them.
    """
    try:
        return parts_problems(split(text))
    except ValueError as error:
        return [str(error)]


def parts_problems(parts: Parts) -> list[str]:
    """`text_problems` of a question file taken apart."""
    if problems := header_problems(parts.header):
        return problems
    declared = set(parts.header.get("params") or {})
    try:
        code = tokenize(parts.cypher, parts.line)
    except Unreadable as error:
        problems = [str(error)]
    else:
        used = _parameters(code)
        problems = [*_reads_only(code), *_speaks(code), *_orders(code)]
        problems += [
            f"${name} is used but not among the params" for name in sorted(used - declared)
        ]
        problems += [f"the parameter '{name}' is never used" for name in sorted(declared - used)]
        columns = [name for name in parts.header["columns"] if name != "evidence"]
        problems += _returns(code, [*columns, "evidence"], ordered=True)
    try:
        code = tokenize(parts.header["of"])
    except Unreadable as error:
        return [*problems, f"in 'of': {error}"]
    counting = [*_reads_only(code), *_speaks(code), *_returns(code, ["n"], ordered=False)]
    unknown = sorted(_parameters(code) - declared)
    counting += [f"${name} is not among the params" for name in unknown]
    return [*problems, *(f"in 'of': {problem}" for problem in counting)]


def _parameters(code: Code) -> set[str]:
    return {token.text[1:] for token in code.tokens if token.kind == "parameter"}


def _is_property(code: Code, index: int) -> bool:
    """Whether the word at `index` is read as a property, as in `n.due` and `due(n).year`."""
    if code.at(index - 1).text != ".":
        return False
    owner = code.at(index - 2)
    return owner.kind in ("word", "parameter") or owner.text in (")", "]", "}")


def _reads_only(code: Code) -> Iterator[str]:
    if code.at(0).upper not in _FIRST:
        yield f"the query must start with one of {', '.join(sorted(_FIRST))}"
    for index, token in enumerate(code.tokens):
        where = f"line {token.line}: "
        if token.text == ";" and index + 1 < len(code.tokens):
            yield f"{where}one query a file: something follows the ';'"
        if token.upper in _FORBIDDEN and not _is_property(code, index):
            yield f"{where}{token.upper} is not allowed: a question only reads"
        if token.upper == "CALL" and not _is_property(code, index):
            yield from (where + problem for problem in _call_problems(code, index))
        if token.kind == "word" and code.at(index + 1).text == "(":
            family = _dotted(code, index)
            called = code.at(index - 2 * len(family) + 1).upper == "CALL"
            if len(family) > 1 and not called and family[0].lower() not in _FUNCTION_FAMILIES:
                yield f"{where}the function {'.'.join(family)} is not allowed"


def _call_problems(code: Code, index: int) -> Iterator[str]:
    after = code.at(index + 1)
    if after.text == "(":
        return
    if after.text == "{":
        yield "write CALL (a, b) { … }, naming what goes in: CALL { … } is deprecated"
        return
    name = ".".join(_dotted(code, _last(code, index + 1)))
    if name.lower() not in _PROCEDURES:
        yield f"the procedure {name} is not allowed: a question only reads the graph"


def _last(code: Code, index: int) -> int:
    """The index of the last word of the dotted name that the word at `index` is part of."""
    while code.at(index + 1).text == "." and code.at(index + 2).kind == "word":
        index += 2
    return index


def _dotted(code: Code, index: int) -> list[str]:
    """The words of the dotted name that ends at `index`: `apoc.load.json` → apoc, load, json."""
    words = [code.at(index).text]
    while code.at(index - 1).text == "." and code.at(index - 2).kind == "word":
        index -= 2
        words.insert(0, code.at(index).text)
    return words


def _speaks(code: Code) -> Iterator[str]:
    """Labels, relationship types and properties that the vocabulary does not have."""
    keys = _map_keys(code)
    local = {code.at(index).text for index, bracket in keys.items() if bracket == "map"}
    known = property_names() | _STORED
    for index, token in enumerate(code.tokens):
        where = f"line {token.line}: "
        before = code.at(index - 1)
        if token.text == ":" and index - 1 not in keys:
            types = code.around(index) == "link"
            allowed = RELATIONSHIP_TYPES.keys() if types else _LABELS_AND_TYPES
            what = "relationship type" if types else "label"
            unknown = [name for name in _names_after(code, index + 1) if name not in allowed]
            yield from (f"{where}'{name}' is no {what} of the vocabulary" for name in unknown)
        if token.upper == "IS":
            word = code.at(index + 2 if code.at(index + 1).upper == "NOT" else index + 1)
            label = word.kind == "word" and word.upper not in _NO_LABEL
            if label and word.text not in _LABELS_AND_TYPES:
                yield f"{where}'{word.text}' is no label of the vocabulary"
        is_name = code.at(_last(code, index) + 1).text == "("  # of a function or procedure
        if token.kind == "word" and before.text == "." and not is_name:
            projected = code.at(index - 2).text in ("{", ",")
            allowed = known if projected else known | local | _DATE_PARTS
            if token.text not in allowed and (projected or _is_property(code, index)):
                yield f"{where}'{token.text}' is no property of the vocabulary"
    for index, bracket in keys.items():
        if bracket == "pattern map" and (key := code.at(index)).text not in known:
            yield f"line {key.line}: '{key.text}' is no property of the vocabulary"


def _map_keys(code: Code) -> dict[int, Bracket]:
    """The keys of maps by the index of each: whether it is a plain map or that of a pattern."""
    colons = [index for index, token in enumerate(code.tokens) if token.text == ":"]
    return {
        index - 1: code.around(index)
        for index in colons
        if code.around(index) in ("map", "pattern map")
        and code.at(index - 1).kind == "word"
        and code.at(index - 2).text in ("{", ",")
    }


def _names_after(code: Code, index: int) -> Iterator[str]:
    """The names of the label expression that starts at `index`: `PSA|Target` → PSA, Target."""
    signs = {"&", "!", "%", "(", ":"} | ({"|"} if code.around(index) != "list" else set())
    expect = True
    while True:
        token = code.at(index)
        if token.kind == "word" and expect:
            yield token.text
            expect = False
        elif token.kind == "sign" and token.text in signs and (expect or token.text in "|&:"):
            expect = True
        else:
            break
        index += 1
    if expect and code.at(index).kind == "parameter":
        yield code.at(index).text


def _orders(code: Code) -> Iterator[str]:
    for index, token in enumerate(code.tokens):
        if token.upper != "LIMIT" or _is_property(code, index):
            continue
        level = code.inside[index]
        earlier = (code.at(i).upper for i in range(index - 1, -1, -1) if code.inside[i] == level)
        if next((word for word in earlier if word in _ORDERED), "ORDER") != "ORDER":
            yield f"line {token.line}: LIMIT without ORDER BY returns rows at random"


def _returns(code: Code, wanted: list[str], *, ordered: bool) -> list[str]:
    tops = [i for i, level in enumerate(code.inside) if level == -1]
    starts = [i for i in tops if code.at(i).upper == "RETURN"]
    if len(starts) != 1 or any(code.at(i).upper == "UNION" for i in tops):
        return ["the query must end in one RETURN; put a UNION inside CALL () { … }"]
    if code.at(starts[0] + 1).text == "*":
        return ["RETURN * is not allowed: name the columns"]
    items: list[list[str]] = [[]]
    for index in tops:
        if index <= starts[0] or code.at(index).upper == "DISTINCT":
            continue
        if code.at(index).upper in _AFTER_RETURN or code.at(index).text == ";":
            break
        if code.at(index).text == ",":
            items.append([])
        else:
            items[-1].append(code.at(index).text)
    problems = [
        f"give '{' '.join(item)}' a name with AS"
        for item in items
        if len(item) != 1 and [word.upper() for word in item[-2:-1]] != ["AS"]
    ]
    aliases = [item[-1] for item in items if item]
    if aliases != wanted:
        problems.append(f"it returns {', '.join(aliases)}; it must return {', '.join(wanted)}")
    if ordered and not any(code.at(i).upper == "ORDER" for i in tops if i > starts[0]):
        problems.append("the rows need an ORDER BY after RETURN, so that they always come alike")
    return problems
