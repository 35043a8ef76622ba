"""What a page shows is in its address, so that a link shows the same again.

The fields here are Streamlit's widgets with a word of the address each: a field takes its value
from the address when the page opens or something else changed the address; what the analyst
chooses is recorded, and `write` at the end of a page's inputs makes the address say it. A value
that a field starts with is left out. A page that fails between the two has left its address as it
was, and its widgets keep what they hold.

Streamlit's own `bind="query-params"` writes labels where saved views hold ids: docs/decisions says
more.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, TypeVar, overload

import streamlit as st

PASSING = frozenset({"tour"})
"""what an address says of the visit and not of the page: kept by `write`, left out of views"""

_AGREED, _PENDING, _FIELDS = "address", "address-told", "address-fields"
"""session records: widget key → the value that address and widget agreed on last; widget key → the
value that the address is to say, until it is written; the address's word → its value, for the
fields drawn so far"""

Value = TypeVar("Value")


def begin() -> None:
    """Start a page: none of its fields is drawn yet."""
    st.session_state[_FIELDS] = {}


def _record_of(name: str) -> dict[str, str | None]:
    record: dict[str, str | None] = st.session_state.setdefault(name, {})
    return record


def adopt(
    name: str, key: str, options: Collection[str] | None = None, default: str | None = None
) -> None:
    """Give the widget `key` what the address says of `name`, unless the widget knows better.

    With `options` only a value among them is taken, and a widget's value that is no longer among
    them is dropped; a widget that was emptied stays empty. `default` is what the widget starts
    with, and what the address leaves out.
    """
    given = st.query_params.get(name)
    fresh = key not in st.session_state or given != _record_of(_AGREED).get(key)
    held = st.session_state.get(key)
    gone = options is not None and held is not None and held not in options
    if fresh or gone:
        st.session_state.pop(key, None)
        value = given if given is not None and (options is None or given in options) else default
        if value is not None:
            st.session_state[key] = value
    _agree(name, key, given)


def _agree(name: str, key: str, given: str | None) -> None:
    _record_of(_AGREED)[key] = given
    _record_of(_PENDING).pop(key, None)
    _record_of(_FIELDS)[name] = given


def record(name: str, key: str, value: str | None, default: str | None = None) -> None:
    """Note what the widget `key` holds, for the address to say once it is written."""
    word = None if value == default else value or None
    _record_of(_PENDING)[key] = _record_of(_FIELDS)[name] = word


@overload
def select(
    name: str, label: str, options: Collection[str], *, key: str, default: str, **widget: Any
) -> str: ...
@overload
def select(
    name: str,
    label: str,
    options: Collection[str],
    *,
    key: str,
    default: str | None = None,
    **widget: Any,
) -> str | None: ...
def select(
    name: str,
    label: str,
    options: Collection[str],
    *,
    key: str,
    default: str | None = None,
    **widget: Any,
) -> str | None:
    """A select box of which the address says the option; without a default it starts empty."""
    adopt(name, key, options, default)
    if default is None:
        widget.setdefault("index", None)
    chosen: str | None = st.selectbox(label, list(options), key=key, **widget)
    record(name, key, chosen, default)
    return chosen or default


def segments(
    name: str, label: str, options: Mapping[str, str], *, key: str, default: str, **widget: Any
) -> str:
    """A segmented control of which the address says the option; `options` are id → label."""
    adopt(name, key, options, default)
    chosen = st.segmented_control(
        label, list(options), format_func=options.__getitem__, key=key, **widget
    )
    record(name, key, chosen, default)
    return chosen or default


def text(name: str, label: str, *, key: str, default: str = "", **widget: Any) -> str:
    """A text box of which the address says the text."""
    adopt(name, key, default=default or None)
    written: str = st.text_input(label, key=key, **widget)
    record(name, key, written, default)
    return written


def field(
    name: str,
    key: str,
    draw: Callable[[], Value],
    *,
    read: Callable[[str], Any],
    say: Callable[[Value], str | None],
    default: Any,
) -> Value:
    """A widget whose value is no text: `read` makes it of the address's word, `say` the word of it.

    Where `read` raises ValueError the address says nothing, and the widget starts with `default`.
    """
    given = st.query_params.get(name)
    if key not in st.session_state or given != _record_of(_AGREED).get(key):
        try:
            st.session_state[key] = default if given is None else read(given)
        except ValueError:
            st.session_state[key] = default
    _agree(name, key, given)
    value = draw()
    record(name, key, say(value))
    return value


def write(values: Mapping[str, str | None] | None = None, *, keep: Iterable[str] = ()) -> None:
    """Make the address say what the fields drawn so far hold, and `values`.

    `keep` names words that stay as they are, for fields that are drawn later.
    """
    later = {name: st.query_params.get(name) for name in keep}
    say({**later, **_record_of(_FIELDS), **(values or {})})


def say(values: Mapping[str, str | None]) -> None:
    """Make the address say exactly `values`, and PASSING; what is None or empty is left out."""
    wanted = {name: value for name, value in values.items() if value}
    wanted |= {name: held for name, held in st.query_params.to_dict().items() if name in PASSING}
    if st.query_params.to_dict() != wanted:
        st.query_params.from_dict(wanted)
    _record_of(_AGREED).update(_record_of(_PENDING))
    _record_of(_PENDING).clear()


def tell() -> None:
    """Tell the browser what its address is, at the end of a run.

    After a link to the page it stands on a browser's bar still shows the address before it: the
    link's words have reached the app, and nothing has changed since.
    """
    held = {name: st.query_params.get_all(name) for name in st.query_params}
    if held:
        st.query_params.from_dict(held)
    else:
        st.query_params.clear()
