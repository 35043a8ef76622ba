"""The parameters of the console's query: what they are worth, and what a question says of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, get_args

import streamlit as st

from app.screens.parts import address
from app.text.escape import clean, escaped
from graph.schema.dates import parse_date
from graph.schema.ids import id_problem
from graph.schema.types import LABELS, NODE_TYPES
from queries.check import parameter_names
from queries.question import ParamType

MOST = 12
"""parameters that a query may have here"""
LONGEST = 1_000
"""characters of a value"""
TYPES: dict[ParamType, str] = {
    "id": "a thing",
    "date": "a date",
    "int": "a whole number",
    "str": "a text",
    "choice": "one of a few words",
}
_WHOLE = re.compile(r"-?\d{1,18}")
_QUOTED = re.compile(r"(['\"])(.*)\1", re.DOTALL)

Given = Mapping[str, str]
"""Parameter → its value as it was typed."""
Declared = dict[str, dict[str, Any]]
"""Parameter → what the header of a question says of it."""

assert set(TYPES) == set(get_args(ParamType))


def values(query: str) -> Given:
    """A box for the value of each parameter that the query uses."""
    names = parameter_names(query)[:MOST]
    found: dict[str, str] = {}
    for place, name in enumerate(names):
        if place % 3 == 0:
            sides = st.columns(3)
        key = f"console-value-{name}"
        address.adopt(_word(name), key)
        with sides[place % 3]:
            text = st.text_input(
                f"${escaped(name)}",
                key=key,
                max_chars=LONGEST,
                placeholder="its value",
                help="A whole number is sent as a number, anything else as text; in quotes, digits "
                "are text too. Empty is null.",
            )
        found[name] = address.kept(key, text) or ""
    return found


def said(given: Given) -> dict[str, str | None]:
    """The values as the address says them."""
    return {_word(name): value or None for name, value in given.items()}


def _word(name: str) -> str:
    return f"p.{name}"


def as_sent(given: Given) -> dict[str, str | int | None]:
    """The values as the database gets them: numbers as numbers, everything else as text.

    >>> as_sent({"a": "12", "b": "'12'", "c": "uk/org/x", "d": " "})
    {'a': 12, 'b': '12', 'c': 'uk/org/x', 'd': None}
    """
    return {name: _sent(value.strip()) for name, value in given.items()}


def _sent(text: str) -> str | int | None:
    if quoted := _QUOTED.fullmatch(text):
        return quoted.group(2)
    return int(text) if _WHOLE.fullmatch(text) else text or None


def declaring(given: Given) -> Declared:
    """Rows of the form that saves a question: what each of its parameters is."""
    found: Declared = {}
    if given:
        st.markdown("**Its parameters**")
        st.caption("They become a form on the page Ask, and options of joinedup ask.")
    for name, value in given.items():
        first, second, third, fourth = st.columns([2, 3, 3, 2], vertical_alignment="bottom")
        key = f"save-param-{name}"
        kind = first.selectbox(
            f"${escaped(name)} is",
            list(TYPES),
            index=list(TYPES).index(guessed(value.strip())),
            format_func=TYPES.__getitem__,
            key=f"{key}-type",
        )
        about = second.text_input(
            f"${escaped(name)} in words", key=f"{key}-about", placeholder="the target asked about"
        )
        among = third.text_input(
            "Its types, or its words",
            key=f"{key}-of",
            placeholder="Target, PSA",
            help="For a thing the labels it may have, for one of a few words these; with commas.",
        )
        optional = fourth.checkbox("May be left out", key=f"{key}-optional", persist_state="page")
        found[name] = _declared(kind, about or name, among, optional)
    return found


def _declared(kind: ParamType, about: str, among: str, optional: bool) -> dict[str, Any]:
    words = [word for part in among.split(",") if (word := clean(part))]
    made: dict[str, Any] = {"type": kind}
    if kind == "id":
        by_words = {label.lower(): label for label in LABELS}
        made["of"] = [by_words.get(word.lower(), word) for word in words] or list(NODE_TYPES)
    if kind == "choice":
        made["choices"] = words
    made["about"] = clean(about, LONGEST)
    if optional:
        made["default"] = None
    return made


def guessed(value: str) -> ParamType:
    """The type that a value seems to be of.

    >>> [guessed(one) for one in ("uk/org/home-office", "2001-04", "12", "lead", "")]
    ['id', 'date', 'int', 'str', 'str']
    """
    if value and id_problem(value) is None:
        return "id"
    if _WHOLE.fullmatch(value) and len(value) != 4:
        return "int"
    try:
        parse_date(value)
    except ValueError:
        return "str"
    return "date"
