"""Which facts an excerpt takes: conditions of the query, every value a parameter."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

NO_ROLE = "none"
"""stands among roles for links that have none"""
JUDGEMENTS = ("unreviewed", "accepted", "rejected")
KEPT_JUDGEMENTS = ("unreviewed", "accepted")
"""what is shown unless something else is asked for"""


@dataclass(frozen=True)
class Filters:
    """What is asked for; an empty tuple asks for everything.

    `on` is a date, partial or not: a link or thing goes when it had ended before that date or
    began after it; what has no date stays, for whether it held is not known.
    """

    types: tuple[str, ...] = ()
    """first or second labels of things"""
    links: tuple[str, ...] = ()
    """types of relationships"""
    roles: tuple[str, ...] = ()
    """roles of links, `NO_ROLE` for links without one"""
    documents: tuple[str, ...] = ()
    """ids of documents that state a link"""
    on: str = ""
    confidence: float = 0.0
    """of a link, at least"""
    judgements: tuple[str, ...] = ()
    """of links; empty leaves out what a reviewer rejected"""

    def parameters(self) -> dict[str, Any]:
        """The values that the conditions below name."""
        values = {
            field.name: list(value) if isinstance(value, tuple) else value
            for field in fields(self)
            for value in [getattr(self, field.name)]
        }
        values["judgements"] = list(self.judgements or KEPT_JUDGEMENTS)
        return values


EVERYTHING = Filters()


def _holds(variable: str) -> str:
    """Not ended before `$on`, and not begun after it: compared as far as both dates are told."""
    return (
        f"($on = '' OR NOT ("
        f"coalesce(left({variable}.start, size($on)) > left($on, size({variable}.start)), false) "
        f"OR coalesce(left({variable}.end, size($on)) < left($on, size({variable}.end)), false)))"
    )


def link_kept(variable: str) -> str:
    """A condition on a relationship."""
    return (
        f"{variable}.judgement IN $judgements "
        f"AND (size($links) = 0 OR type({variable}) IN $links) "
        f"AND (size($roles) = 0 OR coalesce({variable}.role, '{NO_ROLE}') IN $roles) "
        f"AND (size($documents) = 0 OR {variable}.source IN $documents) "
        f"AND {variable}.confidence >= $confidence AND {_holds(variable)}"
    )


def thing_kept(variable: str) -> str:
    """A condition on a node."""
    return (
        f"{variable}.id IS NOT NULL AND {variable}.judgement <> 'rejected' "
        f"AND (size($types) = 0 OR any(label IN labels({variable}) WHERE label IN $types)) "
        f"AND {_holds(variable)}"
    )
