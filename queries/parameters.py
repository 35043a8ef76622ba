"""What an analyst typed becomes the values of a question's parameters, or a message that helps."""

from collections.abc import Callable, Mapping
from datetime import date
from difflib import get_close_matches

from graph.dates import parse_date
from graph.errors import ParameterError, either
from queries.header import Param, ParamValue, Question

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
        if name not in known:
            raise ParameterError(_unknown(question, name, known))
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


def _unknown(question: Question, name: str, known: list[str]) -> str:
    if not known:
        return f"{question.id} takes no parameters, so '{name}' cannot be used with it"
    message = f"{question.id} has no parameter '{name}'; it takes {', '.join(known)}."
    near = get_close_matches(name.lower(), known, n=1, cutoff=0.5)
    return f"{message} Did you mean '{near[0]}'?" if near else message


def _blank(value: Given) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _kind(param: Param) -> str:
    match param.type:
        case "id":
            return "name, alias or id of a " + either(param.of)
        case "date":
            return "a date such as 2001-06-30"
        case "int":
            return "a whole number such as 3"
        case "choice":
            return either(param.choices)
        case _:
            return "a text"


def _value(question: Question, param: Param, given: Given) -> ParamValue:
    if _blank(given):
        return param.default
    text = given.isoformat() if isinstance(given, date) else str(given).strip()
    wrong = ParameterError(f"'{param.name}' of {question.id} must be {_kind(param)}, not '{text}'")
    match param.type:
        case "date":
            try:
                return parse_date(text)
            except ValueError as error:
                raise ParameterError(f"{wrong}: {error}") from None
        case "int":
            try:
                number = int(text)
            except ValueError:
                raise wrong from None
            if isinstance(given, bool) or not 0 <= number <= _LARGEST:
                raise wrong
            return number
        case "choice":
            chosen = {choice.lower(): choice for choice in param.choices}.get(text.lower())
            if chosen is None:
                near = get_close_matches(text.lower(), param.choices, n=1)
                raise ParameterError(f"{wrong}" + (f" (did you mean {near[0]}?)" if near else ""))
            return chosen
        case _:
            return text
