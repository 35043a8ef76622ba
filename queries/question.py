"""A question: its file, the header at the top of it, and the values of its parameters.

The header is a YAML comment, read strictly. What an analyst typed becomes the parameters' values,
or a message that helps.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, cast, get_args

import yaml

from graph.errors import ParameterError, either
from graph.schema.dates import parse_date
from graph.schema.types import LABELS

ParamType = Literal["id", "date", "int", "str", "choice"]
ParamValue = str | int | None

COLUMN_TYPES = ("str", "int", "float", "bool", "date", "list")
_HEADER: dict[str, tuple[type, str]] = {
    "id": (str, "be text"),
    "question": (str, "be text"),
    "params": (dict, "map each parameter to what it is"),
    "columns": (dict, "map each column to its type"),
    "of": (str, "be text"),
    "of_what": (str, "be text"),
    "caveat": (str, "be text"),
    "by": (str, "be text"),
}
"""Key of a header → its type, and how a message says so."""
_REQUIRED = ("id", "question", "columns", "of", "caveat")
_PARAM_KEYS = {"type", "of", "about", "default", "choices"}
_ID = re.compile(r"[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
LARGEST_FILE = 100_000
"""Bytes; a question is a page of text."""


@dataclass(frozen=True)
class Param:
    """One parameter of a question.

    `of` holds the labels that an id may have; `required` is False when the header gives a default
    (which may be nothing at all).
    """

    name: str
    type: ParamType
    of: tuple[str, ...] = ()
    default: ParamValue = None
    choices: tuple[str, ...] = ()
    about: str = ""
    required: bool = True


@dataclass(frozen=True)
class Question:
    """A canned question: what it asks, what it needs, what it returns, and its Cypher.

    `columns` maps each column to its type (evidence comes on top); `of` is the query that counts
    what the rows are drawn from, and `of_what` says what that is; `own` marks a question from the
    analyst's own folder, and `by` who wrote it, where somebody had signed in.
    """

    id: str
    topic: str
    question: str
    params: tuple[Param, ...]
    columns: dict[str, str]
    of: str
    caveat: str
    cypher: str
    path: Path
    of_what: str = ""
    own: bool = False
    by: str = ""


@dataclass(frozen=True)
class Parts:
    """A question file taken apart: the header as read, the query, and the line it starts on."""

    header: dict[Any, Any]
    cypher: str
    line: int


def read_file(path: Path) -> str:
    """The text of a question file. Raises ValueError when it cannot be one."""
    try:
        raw = path.read_bytes()
        if len(raw) > LARGEST_FILE:
            raise ValueError(f"the file is larger than {LARGEST_FILE} bytes: no question is")
        return raw.decode("utf-8")
    except OSError as error:
        raise ValueError(f"the file cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ValueError("the file is not UTF-8 text") from None


def split(text: str) -> Parts:
    """Take a question file apart. Raises ValueError when it has no readable header."""
    text = text.removeprefix("\ufeff")
    start = len(text) - len(text.lstrip())
    end = text.find("*/", start + 2)
    if text[start : start + 2] != "/*" or end < 0:
        raise ValueError("the file must start with a header: /* id: … question: … */")
    try:
        header = yaml.safe_load(text[start + 2 : end])
    except yaml.YAMLError as error:
        raise ValueError(f"the header is not YAML: {' '.join(str(error).split())}") from None
    if not isinstance(header, dict):
        raise ValueError("the header must be a list of 'key: value' lines")
    body = text[end + 2 :]
    line = text.count("\n", 0, end) + 1 + (len(body) - len(body.lstrip("\r\n")))
    return Parts(header, body.strip(), line)


def header_problems(header: dict[Any, Any]) -> list[str]:
    """Everything wrong with a header; empty when it can be made into a Question."""
    problems = [
        f"unknown key '{key}' in the header; the keys are {', '.join(_HEADER)}"
        for key in header
        if key not in _HEADER
    ]
    problems += [f"the header has no '{key}'" for key in _REQUIRED if not header.get(key)]
    # What is empty counts as absent, and what is of the wrong type is looked at no further.
    sound = {key: header[key] for key in _HEADER if header.get(key)}
    for key, (type_, message) in _HEADER.items():
        if key in sound and not isinstance(sound[key], type_):
            problems.append(f"'{key}' must {message}")
            del sound[key]
    if "id" in sound and _ID.fullmatch(sound["id"]) is None:
        problems.append(f"the id '{sound['id']}' must be written topic.name, in small letters")
    columns = sound.get("columns", {})
    problems += [f"column '{c}': write the name in small letters" for c in columns if not _named(c)]
    problems += [
        f"column '{name}' has the type '{kind}'; the types are {', '.join(COLUMN_TYPES)}"
        for name, kind in columns.items()
        if kind not in COLUMN_TYPES
    ]
    for name, declared in sound.get("params", {}).items():
        wrong = _param_problems(name, declared)
        problems += [f"parameter '{name}': {problem}" for problem in wrong]
    return problems


def _named(name: Any) -> bool:
    return isinstance(name, str) and _NAME.fullmatch(name) is not None


def _param_problems(name: Any, declared: Any) -> list[str]:
    if not _named(name):
        return ["write the name in small letters, and a word such as on or yes in quotes"]
    if not isinstance(declared, dict):
        return ["write what it is, such as {type: id, of: [Target]}"]
    problems = [f"unknown key '{key}'" for key in declared if key not in _PARAM_KEYS]
    kind, kinds = declared.get("type"), get_args(ParamType)
    if kind not in kinds:
        return [*problems, f"the type must be one of {', '.join(kinds)}"]
    if not isinstance(declared.get("about"), str):
        problems.append("'about' must say what it is")
    labels, choices = _words(declared.get("of")), _words(declared.get("choices"))
    unknown = [word for word in labels if not isinstance(word, str) or word not in LABELS]
    problems += [f"'{word}' is no label of the vocabulary" for word in unknown]
    if (kind == "id") != bool(labels):
        problems.append("an id needs the labels it may have in 'of', and nothing else has them")
    if (kind == "choice") != bool(choices):
        problems.append("a choice needs its 'choices', and nothing else has them")
    if not all(isinstance(choice, str) for choice in choices):
        problems.append("each of the choices must be text: put it in quotes")
    default = _default(declared)
    if default is not None and (problem := _default_problem(kind, default, choices)):
        problems.append(f"the default {problem}")
    return problems


def _default_problem(kind: Any, default: Any, choices: tuple[Any, ...]) -> str | None:
    match kind:
        case "int" if type(default) is not int:
            return f"{default!r} is no whole number"
        case "choice" if default not in choices:
            return f"{default!r} is not among the choices"
        case "id" | "str" if not isinstance(default, str):
            return f"{default!r} is no text"
        case "date":
            try:
                parse_date(str(default))
            except ValueError as error:
                return str(error)
    return None


def _words(value: Any) -> tuple[Any, ...]:
    if value is None:
        return ()
    return tuple(value) if isinstance(value, list) else (value,)


def _default(declared: dict[Any, Any]) -> Any:
    default = declared.get("default")
    return default.isoformat() if isinstance(default, date) else default


def one_line(text: str) -> str:
    """The words of a text, one space between them."""
    return " ".join(text.split())


def make_question(parts: Parts, path: Path, *, own: bool = False) -> Question:
    """The question that sound `parts` describe (`header_problems` found nothing)."""
    header = parts.header
    params = tuple(
        Param(
            name=name,
            type=declared["type"],
            of=_words(declared.get("of")),
            default=cast(ParamValue, _default(declared)),
            choices=_words(declared.get("choices")),
            about=one_line(declared["about"]),
            required="default" not in declared,
        )
        for name, declared in (header.get("params") or {}).items()
    )
    return Question(
        id=header["id"],
        topic=header["id"].partition(".")[0],
        question=one_line(header["question"]),
        params=params,
        columns={name: kind for name, kind in header["columns"].items() if name != "evidence"},
        of=header["of"].strip(),
        caveat=one_line(header["caveat"]),
        cypher=parts.cypher,
        path=path,
        of_what=one_line(header.get("of_what") or ""),
        own=own,
        by=one_line(header.get("by") or ""),
    )


Given = str | int | date | None
Resolve = Callable[[str, frozenset[str]], str]
"""Finds the id of the thing that a text names among the labels given; raises NameNotFound."""

_LARGEST = 2**31 - 1


def parameters(
    question: Question, given: Mapping[str, Given], resolve: Resolve
) -> dict[str, ParamValue]:
    """The values to ask `question` with: checked, with defaults, names turned into ids.

    Raises ParameterError for what is unknown, missing or of the wrong type, before any name is
    looked up; NameNotFound comes from `resolve`.
    """
    known = [param.name for param in question.params]
    for name in given:
        if not known:
            raise ParameterError(
                f"{question.id} takes no parameters, so '{name}' cannot be used with it"
            )
        if name not in known:
            near = get_close_matches(name.lower(), known, n=1, cutoff=0.5)
            hint = f" Did you mean '{near[0]}'?" if near else ""
            raise ParameterError(
                f"{question.id} has no parameter '{name}'; it takes {', '.join(known)}.{hint}"
            )
    missing = [p for p in question.params if p.required and _blank(given.get(p.name))]
    if missing:
        needs = ", ".join(f"{p.name} ({_kind(p)})" for p in missing)
        raise ParameterError(f"{question.id} needs {needs}: {missing[0].about}")
    values = {
        param.name: _value(question, param, given.get(param.name)) for param in question.params
    }
    for param in question.params:
        text = values[param.name]
        if param.type == "id" and isinstance(text, str):
            values[param.name] = resolve(text, frozenset(param.of))
    return values


def _blank(value: Given) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _kind(param: Param) -> str:
    kinds: dict[ParamType, str] = {
        "id": f"name, alias or id of a {either(param.of)}",
        "date": "a date such as 2001-06-30",
        "int": "a whole number such as 3",
        "str": "a text",
        "choice": either(param.choices),
    }
    return kinds[param.type]


def _value(question: Question, param: Param, given: Given) -> ParamValue:
    if _blank(given):
        return param.default
    text = given.isoformat() if isinstance(given, date) else str(given).strip()
    wrong = f"'{param.name}' of {question.id} must be {_kind(param)}, not '{text}'"
    match param.type:
        case "date":
            try:
                return parse_date(text)
            except ValueError as error:
                raise ParameterError(f"{wrong}: {error}") from None
        case "int":
            with suppress(ValueError):
                if not isinstance(given, bool) and 0 <= (number := int(text)) <= _LARGEST:
                    return number
            raise ParameterError(wrong)
        case "choice":
            choices = {choice.lower(): choice for choice in param.choices}
            if text.lower() not in choices:
                near = get_close_matches(text.lower(), param.choices, n=1)
                raise ParameterError(wrong + (f" (did you mean {near[0]}?)" if near else ""))
            return choices[text.lower()]
        case _:
            return text
