"""The explorer on a page of the app: what it is given, and what the analyst asks of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import streamlit as st

from app.explorer.assets import script, styles
from app.explorer.data import picture_data

if TYPE_CHECKING:
    from graph.excerpt import Excerpt

HTML = '<div class="explorer"></div>'

# Called again with new data: the picture in the element is then brought in step, not made anew.
_ENTRY = """
export default function ({ parentElement, data, setTriggerValue }) {
  const tell = (name) => (id) => setTriggerValue(name, id);
  const ask = { expand: tell("expand"), collapse: tell("collapse"), explore: tell("explore") };
  const picture = explorer(parentElement, data, ask);
  return () => takeDown(picture);
}
"""


@dataclass(frozen=True)
class Asked:
    """What the analyst has just asked for: ids of things that the picture shows.

    What is chosen (a thing, or a line with its evidence) is shown by the picture itself, so that a
    click needs no run of the page.
    """

    expand: str | None = None
    collapse: str | None = None
    explore: str | None = None


def explorer(excerpt: Excerpt, *, key: str, expanded: Collection[str] = ()) -> Asked:
    """Show the picture of an excerpt; return what was asked of it in this run.

    `expanded` holds the ids of things whose neighbours are there already, the centre apart.
    """
    result = mounted(picture_data(excerpt, expanded), key)
    known = excerpt.by_id
    asked = {name: result.get(name) for name in ("expand", "collapse", "explore")}
    # What comes from a browser is believed only as far as it names something that was shown.
    return Asked(**{name: id_ for name, id_ in asked.items() if _is_id(id_) and id_ in known})


def mounted(data: dict[str, Any], key: str) -> dict[str, Any]:
    """Put the component on the page; return its triggers by name."""
    result = _component()(
        key=key,
        data=data,
        on_expand_change=_heard,
        on_collapse_change=_heard,
        on_explore_change=_heard,
    )
    return dict(result)


@cache
def _component() -> Any:
    return st.components.v2.component(
        "joinedup_explorer", html=HTML, css=styles(), js=script() + _ENTRY
    )


def _heard() -> None:
    """A trigger needs a function to call; what it says is in the result."""


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and bool(value)
