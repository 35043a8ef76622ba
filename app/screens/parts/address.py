"""What a page shows is in its address, so that a link shows the same again.

A widget takes its value from the address when the page opens or something else changed the
address (`adopt`, before the widget is made); what the analyst chooses goes back into it (`kept`,
with the widget's value, and `write` at the end of the page's inputs). A page that fails between
the two has left its address as it was, and its widgets keep what they hold.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

import streamlit as st

PASSING = frozenset({"tour"})
"""what an address says of the visit and not of the page: kept by `write`, left out of views"""

_LAST, _TOLD = "address", "address-told"


def _last() -> dict[str, str | None]:
    """Widget key → the value that the address and the widget agreed on last."""
    made: dict[str, str | None] = st.session_state.setdefault(_LAST, {})
    return made


def _told() -> dict[str, str | None]:
    """Widget key → the value that the address is to say, until it is written."""
    told: dict[str, str | None] = st.session_state.setdefault(_TOLD, {})
    return told


def adopt(
    name: str, key: str, options: Collection[str] | None = None, default: str | None = None
) -> None:
    """Give the widget `key` what the address says of `name`, unless the widget knows better.

    With `options` only a value among them is taken, and a widget's value that is no longer among
    them is dropped; a widget that was emptied stays empty. `default` is what the widget starts
    with, and what the address leaves out.
    """
    given = st.query_params.get(name)
    fresh = key not in st.session_state or given != _last().get(key)
    held = st.session_state.get(key)
    gone = options is not None and held is not None and held not in options
    if fresh or gone:
        st.session_state.pop(key, None)
        value = given if given is not None and (options is None or given in options) else default
        if value is not None:
            st.session_state[key] = value
    _last()[key] = given
    _told().pop(key, None)


def adopt_value(name: str, key: str, read: Callable[[str], Any], default: Any) -> None:
    """`adopt`, for a widget whose value is no text: `read` makes it from what the address says.

    Where `read` raises ValueError the address says nothing.
    """
    given = st.query_params.get(name)
    if key not in st.session_state or given != _last().get(key):
        try:
            value = default if given is None else read(given)
        except ValueError:
            value = default
        st.session_state[key] = value
    _last()[key] = given
    _told().pop(key, None)


def kept(key: str, value: str | None, default: str | None = None) -> str | None:
    """`value`, remembered as what the widget `key` and the address agree on, once it is written."""
    _told()[key] = None if value == default else value or None
    return value


def said(key: str) -> str | None:
    """What the address says, or is about to say, of the widget `key`."""
    told = _told()
    return told[key] if key in told else _last().get(key)


def write(values: Mapping[str, str | None]) -> None:
    """Make the address say exactly `values`, and PASSING; what is None or empty is left out."""
    wanted = {name: value for name, value in values.items() if value}
    wanted |= {name: held for name, held in st.query_params.to_dict().items() if name in PASSING}
    if st.query_params.to_dict() != wanted:
        st.query_params.from_dict(wanted)
    _last().update(_told())
    _told().clear()


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
