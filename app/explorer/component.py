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
    content = {**message(now, before), "asks": list(ASKS)}
    _component()(key=key, data=content, **{f"on_{name}_change": changed for name in ASKS})
    kept = ("key", "version", "things", "links", "words")
    st.session_state[sent] = {name: now[name] for name in kept}


def asked(reported: Mapping[str, Any]) -> Asked:
    """What a browser reported, as far as it has the expected shape."""
    state, explore = reported.get("state"), reported.get("explore")
    search = reported.get("search")
    if isinstance(state, Mapping):
        state = {
            name: value
            for name, value in state.items()
            if isinstance(name, str) and isinstance(value, str)
        }
    else:
        state = None
    if not isinstance(search, (list, tuple)) or [type(end) for end in search] != [str, str]:
        search = None
    return Asked(
        state=state,
        explore=explore if isinstance(explore, str) and explore else None,
        search=(search[0], search[1]) if search else None,
        positions=_positions(reported.get("positions")),
    )


def _positions(reported: Any) -> dict[str, tuple[float, float]] | None:
    """Id → position, for what has the shape of one; None when nothing does."""
    if not isinstance(reported, Mapping):
        return None
    positions = {
        str(id_): (float(point[0]), float(point[1]))
        for id_, point in reported.items()
        if isinstance(point, (list, tuple))
        and len(point) == 2
        and all(isinstance(number, (int, float)) and abs(number) < 1e7 for number in point)
    }
    return positions or None


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
