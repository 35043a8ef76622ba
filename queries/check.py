"""What makes a question file safe and sound, found without a database.

The checks are the first wall: the second is the store, which lets the server explain the query and
refuses what does more than read. A file passes when its header is sound, its query only reads,
speaks the vocabulary, uses exactly its parameters, and returns exactly its columns and evidence.
"""

from collections.abc import Iterator
from pathlib import Path

from graph.schema.types import LABELS, RELATIONSHIP_TYPES, property_names
from queries.question import Parts, header_problems, split
from queries.tokens import Code, Unreadable, read

LARGEST_FILE = 100_000
"""Bytes; a question is a page of text."""

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
_NO_LABEL = frozenset({"NULL", "NOT", "NORMALIZED", "TYPED", "NFC", "NFD", "NFKC", "NFKD"})
_AFTER_RETURN = frozenset({"ORDER", "SKIP", "OFFSET", "LIMIT", "UNION"})


def problems(path: Path) -> list[str]:
    """Everything wrong with the question file at `path`; empty when it may be asked.

    The file is only read, never run. Use it on an analyst's own questions before trusting them.
    """
    try:
        return text_problems(read_file(path))
    except ValueError as error:
        return [str(error)]


def read_file(path: Path) -> str:
    """The text of a question file. Raises ValueError when it cannot be one."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise ValueError(f"the file cannot be read: {error.strerror}") from None
    if len(raw) > LARGEST_FILE:
        raise ValueError(f"the file is larger than {LARGEST_FILE} bytes: no question is")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        raise ValueError("the file is not UTF-8 text") from None


def text_problems(text: str) -> list[str]:
    """`problems` of a question file's text."""
    try:
        return parts_problems(split(text))
    except ValueError as error:
        return [str(error)]


def parts_problems(parts: Parts) -> list[str]:
    """`problems` of a question file taken apart."""
    found = header_problems(parts.header)
    if found:
        return found
    return [*_body_problems(parts), *_count_problems(parts)]


def _body_problems(parts: Parts) -> list[str]:
    try:
        code = read(parts.cypher, parts.line)
    except Unreadable as error:
        return [str(error)]
    found = [*_reads_only(code), *_speaks(code), *_orders(code)]
    used, declared = _parameters(code), set(parts.header.get("params") or {})
    found += [f"${name} is used but not among the params" for name in sorted(used - declared)]
    found += [f"the parameter '{name}' is never used" for name in sorted(declared - used)]
    columns = [name for name in parts.header["columns"] if name != "evidence"]
    return found + _returns(code, [*columns, "evidence"], ordered=True)


def _count_problems(parts: Parts) -> list[str]:
    try:
        code = read(parts.header["of"])
    except Unreadable as error:
        return [f"in 'of': {error}"]
    unknown = _parameters(code) - set(parts.header.get("params") or {})
    found = [*_reads_only(code), *_speaks(code), *_returns(code, ["n"], ordered=False)]
    found += [f"${name} is not among the params" for name in sorted(unknown)]
    return [f"in 'of': {problem}" for problem in found]


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
            yield from (where + problem for problem in _call(code, index))
        if token.kind == "word" and code.at(index + 1).text == "(":
            family = _dotted(code, index)
            called = code.at(index - 2 * len(family) + 1).upper == "CALL"
            if len(family) > 1 and not called and family[0].lower() not in _FUNCTION_FAMILIES:
                yield f"{where}the function {'.'.join(family)} is not allowed"


def _call(code: Code, index: int) -> Iterator[str]:
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
    local = {code.at(i).text for i in _map_keys(code, "map")}
    known = property_names() | _STORED
    for index, token in enumerate(code.tokens):
        where = f"line {token.line}: "
        before = code.at(index - 1)
        if token.text == ":" and not _separates(code, index):
            types = code.around(index) == "link"
            allowed = frozenset(RELATIONSHIP_TYPES) if types else LABELS | set(RELATIONSHIP_TYPES)
            what = "relationship type" if types else "label"
            for name in _names_after(code, index + 1):
                if name not in allowed:
                    yield f"{where}'{name}' is no {what} of the vocabulary"
        if token.upper == "IS":
            at = index + 2 if code.at(index + 1).upper == "NOT" else index + 1
            word = code.at(at)
            label = word.kind == "word" and word.upper not in _NO_LABEL
            if label and word.text not in LABELS | set(RELATIONSHIP_TYPES):
                yield f"{where}'{word.text}' is no label of the vocabulary"
        is_name = code.at(_last(code, index) + 1).text == "("  # of a function or procedure
        if token.kind == "word" and before.text == "." and not is_name:
            projected = code.at(index - 2).text in ("{", ",")
            allowed = known if projected else known | local | _DATE_PARTS
            if token.text not in allowed and (projected or _is_property(code, index)):
                yield f"{where}'{token.text}' is no property of the vocabulary"
    for index in _map_keys(code, "pattern map"):
        if code.at(index).text not in known:
            line, name = code.at(index).line, code.at(index).text
            yield f"line {line}: '{name}' is no property of the vocabulary"


def _map_keys(code: Code, bracket: str) -> Iterator[int]:
    for index, token in enumerate(code.tokens):
        separates = token.text == ":" and _separates(code, index)
        if separates and code.around(index) == bracket:
            yield index - 1


def _separates(code: Code, index: int) -> bool:
    """Whether the ':' at `index` stands between key and value of a map, not before a label."""
    in_map = code.around(index) in ("map", "pattern map")
    return in_map and code.at(index - 1).kind == "word" and code.at(index - 2).text in ("{", ",")


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
        for back in range(index - 1, -1, -1):
            if code.inside[back] != level:
                continue
            if code.at(back).upper == "ORDER":
                break
            if code.at(back).upper in ("RETURN", "WITH", "MATCH"):
                yield f"line {token.line}: LIMIT without ORDER BY returns rows at random"
                break


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
    found = [
        f"give '{' '.join(item)}' a name with AS"
        for item in items
        if len(item) != 1 and [word.upper() for word in item[-2:-1]] != ["AS"]
    ]
    aliases = [item[-1] for item in items if item]
    if aliases != wanted:
        found.append(f"it returns {', '.join(aliases)}; it must return {', '.join(wanted)}")
    if ordered and not any(code.at(i).upper == "ORDER" for i in tops if i > starts[0]):
        found.append("the rows need an ORDER BY after RETURN, so that they always come alike")
    return found
