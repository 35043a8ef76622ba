"""Filters in words, as pages, files and pictures say them."""

from __future__ import annotations

from app.text.escape import clean
from app.text.words import many
from graph.read.subgraph import NO_ROLE, Filters
from graph.schema.types import RELATIONSHIP_TYPES


def filters_in_words(filters: Filters) -> str:
    """`Only targets; as lead; as at 2001; confidence 0.9 or more`; empty without a filter.

    >>> filters_in_words(Filters(types=("Target",), roles=("lead", "none"), on="2001"))
    'Only targets; links as lead or without a role; as at 2001'
    """
    parts = []
    if filters.types:
        parts.append(_or([many(label) for label in filters.types]))
    if filters.links:
        parts.append(f"links: {_or([RELATIONSHIP_TYPES[t].READS for t in filters.links])}")
    if filters.roles:
        roles = [role for role in filters.roles if role != NO_ROLE]
        named = [f"as {_or(roles)}"] if roles else []
        bare = ["without a role"] if NO_ROLE in filters.roles else []
        parts.append(f"links {_or([*named, *bare])}")
    if filters.documents:
        several = "document" if len(filters.documents) == 1 else "documents"
        parts.append(f"stated in the {several} {clean(_or(list(filters.documents)))}")
    if filters.on:
        parts.append(f"as at {filters.on}")
    if filters.confidence:
        parts.append(f"confidence {filters.confidence:g} or more")
    if filters.judgements:
        parts.append(f"{_or(list(filters.judgements))} links")
    return f"Only {'; '.join(parts)}" if parts else ""


def _or(words: list[str]) -> str:
    return " or ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]
