"""The explorer on a page of the app: what it is given, and what the analyst asks of it."""

from __future__ import annotations

import atexit
import hashlib
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from app.explorer import script, styles
from app.explorer.data import message, packed

HTML = '<div class="explorer"></div>'
NAME = "joinedup"
ASKS = ("state", "explore", "search", "positions", "whole")
"""what the picture reports to the page"""

# Called again with new data: the picture in the element is then updated, not built again.
_ENTRY = """
export default function ({ parentElement, data, setTriggerValue }) {
  const ask = {};
  for (const name of data.asks) ask[name] = (value) => setTriggerValue(name, value);
  const picture = explorer(parentElement, data, ask);
  return () => destroyPicture(picture);
}
"""


@dataclass(frozen=True)
class Asked:
    """What the analyst has just done in the picture; validated before it is used.

    What is chosen (a thing, or a line with its evidence) is shown by the picture itself, so that a
    click needs no run of the page.
    """

    state: dict[str, str] | None = None
    """the words of the address that it should now say, `id` apart"""
    explore: str | None = None
    """an id whose own picture is wanted"""
    search: tuple[str, str] | None = None
    """two ids between which the whole graph is to be searched for paths"""
    positions: dict[str, tuple[float, float]] | None = None
    """id → where the thing stands"""


def explorer(data: dict[str, Any], *, key: str, on_change: Callable[[Asked], None]) -> None:
    """Show a picture (`data.picture_data`); `on_change` is called with what was asked of it.

    `on_change` is called before the page runs, so that the run shows what was asked for.
    """
    sent = f"{key}-sent"

    def changed() -> None:
        reported = dict(st.session_state.get(key) or {})
        if reported.get("whole"):
            st.session_state.pop(sent, None)
        on_change(asked(reported))

    before = st.session_state.get(sent)
    if before is not None and before["key"] != data["key"]:
        before = None
    now = packed(data, before["words"] if before else ())
    mounted({**message(now, before), "asks": list(ASKS)}, key, changed)
    st.session_state[sent] = {name: now[name] for name in ("key", "version", *_CONTENT)}


_CONTENT = ("things", "links", "words")


def mounted(data: dict[str, Any], key: str, changed: Callable[[], None]) -> None:
    """Put the component on the page."""
    _component()(key=key, data=data, **{f"on_{name}_change": changed for name in ASKS})


def asked(reported: Mapping[str, Any]) -> Asked:
    """What a browser reported, as far as it has the expected shape."""
    state, explore = reported.get("state"), reported.get("explore")
    search, positions = reported.get("search"), reported.get("positions")
    return Asked(
        state={
            name: value
            for name, value in state.items()
            if isinstance(name, str) and isinstance(value, str)
        }
        if isinstance(state, Mapping)
        else None,
        explore=explore if isinstance(explore, str) and explore else None,
        search=(search[0], search[1])
        if isinstance(search, (list, tuple)) and [type(each) for each in search] == [str, str]
        else None,
        positions=places(positions),
    )


def places(positions: Any) -> dict[str, tuple[float, float]] | None:
    """Id → position, for what has the shape of one; None when nothing does."""
    if not isinstance(positions, Mapping):
        return None
    placed = {
        str(id_): (float(place[0]), float(place[1]))
        for id_, place in positions.items()
        if isinstance(place, (list, tuple))
        and len(place) == 2
        and all(isinstance(each, (int, float)) and abs(each) < 1e7 for each in place)
    }
    return placed or None


@cache
def _component() -> Any:
    """The component, its script and styles served as files: sent once, and not with every click."""
    from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
    from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

    folder = Path(tempfile.mkdtemp(prefix="joinedup-explorer-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    served = folder / "served"
    served.mkdir()
    files = {}
    for ending, text in (("js", script() + _ENTRY), ("css", styles())):
        mark = hashlib.sha256(text.encode()).hexdigest()[:12]
        files[ending] = f"explorer-{mark}.{ending}"
        (served / files[ending]).write_text(text, "utf-8")
    config = ComponentConfig(name="explorer", asset_dir=served.name)
    manifest = ComponentManifest(name=NAME, version="1", components=[config])
    get_bidi_component_manager().register_from_manifest(manifest, folder)
    return st.components.v2.component(
        f"{NAME}.explorer", html=HTML, js=files["js"], css=files["css"]
    )
