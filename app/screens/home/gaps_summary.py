"""Gaps and conflicts at a glance: how many, the worst first, each a link to its findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.screens.gaps import finding_list
from app.text.escape import escaped, sentence

if TYPE_CHECKING:
    from app.screens.parts.cached import Database
    from app.text.findings import Rule

SHOWN = 6
_SEVERITY = {"high": 0, "medium": 1, "low": 2}


def worst(rules: list[Rule]) -> list[Rule]:
    """The rules that found something, the worst first, then those that found most."""
    found = [rule for rule in rules if rule.found]
    return sorted(found, key=lambda rule: (_SEVERITY[rule.severity], -rule.found, rule.id))


def at_a_glance(graph: Database) -> None:
    """The worst gaps and conflicts as links, and the way to all of them."""
    st.subheader("Gaps and conflicts")
    rules = finding_list.rules(graph, "", slot="home-gaps")
    if rules is None:
        return
    found = worst(rules)
    if not found:
        st.markdown("None of what is looked for was found. That is no proof that nothing is amiss.")
        return
    several = sum(rule.found for rule in found if rule.sort == "gap")
    conflicts = sum(rule.found for rule in found if rule.sort == "conflict")
    st.markdown(
        f"{several:,} gaps and {conflicts:,} conflicts, each a reason to look and not yet a fault."
    )
    with st.container(gap="xxsmall"):
        for rule in found[:SHOWN]:
            st.page_link(
                "screens/gaps/page.py",
                label=f"**{escaped(sentence(rule.title))}**: {rule.found:,} of {rule.of:,} "
                f"{escaped(rule.of_what)}",
                icon=":material/compare_arrows:" if rule.sort == "conflict" else ":material/flag:",
                query_params={"rule": rule.id},
            )
    left = len(found) - SHOWN
    if left > 0:
        words = f"{left} more kinds of them" if left > 1 else "One more kind of them"
        st.page_link("screens/gaps/page.py", label=sentence(words), icon=":material/rule:")
