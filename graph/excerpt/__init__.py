"""Excerpts of the graph: things and the links between them, few enough to draw and to list.

`around` takes what surrounds one thing, `overview` what has the most links, `grown` adds what was
expanded, `connecting` takes what an answer speaks of. Rejected facts are left out unless a filter
asks for them. Every excerpt says what it left out, and by which rule.
"""

from graph.excerpt.answers import connecting
from graph.excerpt.filters import EVERYTHING, NO_ROLE, Filters
from graph.excerpt.links import between
from graph.excerpt.surroundings import (
    MOST_RULE,
    RULE,
    SECOND_RULE,
    around,
    grown,
    overview,
)
from graph.excerpt.things import Excerpt, Fact, Place, Thing

__all__ = [
    "EVERYTHING",
    "MOST_RULE",
    "NO_ROLE",
    "RULE",
    "SECOND_RULE",
    "Excerpt",
    "Fact",
    "Filters",
    "Place",
    "Thing",
    "around",
    "between",
    "connecting",
    "grown",
    "overview",
]
