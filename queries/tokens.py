"""Cypher cut into words, as strictly as safety needs.

This is no parser of Cypher. It knows where strings and comments begin and end, so that nothing can
hide in them, and which bracket each word stands in. What it does not know it refuses: backticks,
`\\u` escapes and letters outside ASCII can each spell a keyword that a reader does not see.
"""

import re
from dataclasses import dataclass
from typing import Literal

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

    `bracket` tells for each opening bracket what it is: the body of a subquery, a map, the map of
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
    found: list[Token] = []
    position = 0
    while position < len(text):
        line = first_line + text.count("\n", 0, position)
        match = _TOKEN.match(text, position)
        if match is None:
            raise Unreadable(f"line {line}: {_unknown(text[position:])}")
        if match.lastgroup != "space":
            found.append(Token(match.lastgroup, match.group(), line))  # type: ignore[arg-type]
        position = match.end()
    return found


def _unknown(rest: str) -> str:
    if rest[0] == "`":
        return "backticks are not allowed: use plain names"
    if rest[0] == "$":
        return "'$' must be followed by the name of a parameter"
    if rest[0] in "'\"":
        return "a string is not closed"
    if rest.startswith("/*"):
        return "a comment is not closed"
    return f"the character {rest[0]!r} is not allowed outside strings and comments"


def read(text: str, first_line: int = 1) -> Code:
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
            bracket[index] = _kind(cut, index, around, closed_by)
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
        found = [token.text[1:] for token in _cut(text, 1) if token.kind == "parameter"]
    except Unreadable:
        return []
    return list(dict.fromkeys(found))


def _kind(cut: list[Token], index: int, around: Bracket, closed_by: dict[int, int]) -> Bracket:
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
