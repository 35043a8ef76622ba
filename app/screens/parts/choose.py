"""Choosing a thing by its name.

Up to a few thousand things are listed and narrowed by typing; of more, those that resemble what is
typed. The address may hold an id or a name: a name of several things becomes a list of them.
"""

from __future__ import annotations

from collections import Counter

import streamlit as st

from app.screens.parts import address, cached
from app.screens.parts.cached import Database
from app.text.escape import clean, escaped
from graph.schema.words import any_of, one

SHOWN = 30
"""things offered for what was typed"""

Names = dict[str, tuple[str, str]]
"""Id → (name, label)."""


def choose(
    graph: Database,
    label: str,
    of: tuple[str, ...],
    name: str,
    *,
    key: str,
    optional: bool = False,
) -> str | None:
    """The id of the thing chosen, or None.

    `of` holds the labels it may have, `name` the address's word for it. `label` is ours, not a
    document's.
    """
    names = cached.listing(graph, of)
    if names is None:
        names = _typed(graph, label, of, key)
    names = _with_given(graph, names, of, name)
    address.adopt(name, key, names)
    captions = _captions(names)
    chosen = st.selectbox(
        label,
        list(names),
        index=None,
        format_func=lambda thing: captions.get(thing) or clean(thing),
        placeholder=f"Type a name to choose {_article(any_of(of))}",
        key=key,
        help="Leave empty to ask without it." if optional else None,
    )
    if chosen is None and st.query_params.get(name) in names:  # it was just taken out of the box
        del st.query_params[name]
    return address.kept(key, chosen)


def _captions(names: Names) -> dict[str, str]:
    """How a choice shows each thing: its name, what it is, and where two look alike, its id."""
    alike = Counter(names.values())
    return {thing: _caption(thing, *said, alike[said] > 1) for thing, said in names.items()}


def _caption(thing: str, name: str, label: str, alike: bool) -> str:
    shown = f"{clean(name, 120)} · {one(label)}"
    return f"{shown} · {thing}" if alike else shown


def _typed(graph: Database, label: str, of: tuple[str, ...], key: str) -> Names:
    text = st.text_input(
        f"{label}: part of its name",
        key=f"{key}-typed",
        live="300ms",
        placeholder="Type to search",
        persist_state="page",
    )
    if not text:
        return {}
    matches = cached.found(graph, text, of, SHOWN)
    if not matches:
        st.caption(f"No {any_of(of)} has a name like this. Try fewer letters.")
    return {match.id: (match.name, match.label) for match in matches}


def _with_given(graph: Database, names: Names, of: tuple[str, ...], name: str) -> Names:
    """`names` with what the address asks for; only its namesakes when it names several things."""
    given = st.query_params.get(name)
    if not given or given in names:
        return names
    matches = cached.found(graph, given, of, SHOWN)
    exact = [match for match in matches if match.exact]
    if len(exact) == 1:
        st.query_params[name] = exact[0].id
        return {**names, exact[0].id: (exact[0].name, exact[0].label)}
    if exact:
        st.warning(f"{len(exact)} things are called {escaped(given)}. Choose the one you mean.")
        return {match.id: (match.name, match.label) for match in exact}
    near = "; ".join(escaped(match.name) for match in matches[:5])
    hint = f" The nearest names: {near}." if near else ""
    st.warning(f"No {any_of(of)} is called {escaped(given)}.{hint}")
    return names


def _article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeio' else 'a'} {noun}"  # a unit
