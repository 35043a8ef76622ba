"""Random graphs of holders and items for properties that hold for every graph."""

from __future__ import annotations

from hypothesis import strategies as st

from graph.schema.model import Relationship
from tests.graph.small import answers

HOLDERS = [f"post/p{number}" for number in range(5)]
ITEMS = [f"target/t/{number}" for number in range(6)]
ROLES = ["lead", "joint", "support", "consulted"]


@st.composite
def responsibilities(draw: st.DrawFn) -> list[Relationship]:
    """Up to 16 responsibilities among five posts and six targets, none said twice."""
    chosen = draw(
        st.lists(
            st.tuples(st.sampled_from(HOLDERS), st.sampled_from(ITEMS), st.sampled_from(ROLES)),
            max_size=16,
            unique=True,
        )
    )
    return [answers(*each) for each in chosen]
