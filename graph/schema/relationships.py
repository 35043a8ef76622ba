"""The relationship types of the vocabulary, each declared once.

A new type is one class here: columns, statements, validation, documentation, exports, headings and
pictures follow from it.
"""

from typing import Annotated, Literal, get_args

from graph.schema.dates import PartialDate
from graph.schema.model import Doc, LinkedData, Node, Relationship
from graph.schema.nodes import (
    PSA,
    Conclusion,
    Document,
    Fund,
    Initiative,
    Milestone,
    Organisation,
    Passage,
    Person,
    Place,
    Post,
    Target,
)

Text = str | None
Date = PartialDate | None

_START = Doc("First date it held, as far as a source says", key=True)
_END = Doc("Last date it held, as far as a source says")
_HOLDERS: tuple[type[Node], ...] = (Post, Organisation)

Role = Literal["lead", "joint", "support", "consulted"]
ROLES: tuple[str, ...] = get_args(Role)
"""The roles of a responsibility, the strongest first."""
ANSWERING: tuple[str, ...] = ("lead", "joint")
"""The roles that answer for an item; the others help."""
Seat = Literal["chair", "member", "secretariat", "observer"]
SEATS: tuple[str, ...] = get_args(Seat)
"""The seats of a group."""


class Holds(Relationship):
    """A person holds a post."""

    TYPE, FROM, TO = "HOLDS", (Person,), (Post,)
    READS, REVERSE = "holds", "is held by"
    HEADINGS = ("Posts held", "Who holds or held it")
    RESTS = "end"
    RDF = LinkedData("org:holds")

    start: Annotated[Date, _START] = None
    end: Annotated[Date, _END] = None
    acting: Annotated[bool | None, Doc("True when held for another")] = None


class PostIn(Relationship):
    """A post belongs to an organisation."""

    TYPE, FROM, TO = "POST_IN", (Post,), (Organisation,)
    READS, REVERSE = "is a post in", "has the post"
    HEADINGS = ("Belongs to", "Its posts")
    RESTS = "start"
    RDF = LinkedData("org:postIn")

    start: Annotated[Date, _START] = None
    end: Annotated[Date, _END] = None


class PartOf(Relationship):
    """An organisation is part of another."""

    TYPE, FROM, TO = "PART_OF", (Organisation,), (Organisation,)
    READS, REVERSE = "is part of", "has the part"
    HEADINGS = ("Part of", "Its parts")
    RESTS = "start"
    RDF = LinkedData("org:subOrganizationOf")

    start: Annotated[Date, _START] = None
    end: Annotated[Date, _END] = None


class ReportsTo(Relationship):
    """A post or body reports to another."""

    TYPE, FROM, TO = "REPORTS_TO", _HOLDERS, _HOLDERS
    READS, REVERSE = "reports to", "is reported to by"
    HEADINGS = ("Reports to", "Who reports to it")
    RDF = LinkedData("org:reportsTo")


class MemberOf(Relationship):
    """A post, person or body sits on a group."""

    TYPE, FROM, TO = "MEMBER_OF", (Post, Person, Organisation), (Organisation,)
    READS, REVERSE = "is a member of", "has the member"
    HEADINGS = ("Sits on", "Its members")
    RESTS = "end"
    RDF = LinkedData(
        "org:memberOf",
        statement=("org:Membership", "org:member", "org:organization"),
        role="org:role",
    )

    role: Annotated[Seat, Doc("Seat it has", key=True)] = "member"


class Became(Relationship):
    """An organisation passed into a successor."""

    TYPE, FROM, TO = "BECAME", (Organisation,), (Organisation,)
    READS, REVERSE = "became", "succeeded"
    HEADINGS = ("What it became", "What it came from")
    RDF = LinkedData(
        statement=("org:ChangeEvent", "org:originalOrganization", "org:resultingOrganization")
    )

    on: Annotated[Date, Doc("Date of the change", key=True)] = None
    kind: Annotated[
        Literal["merger", "demerger", "rename", "transfer", "abolition"] | None,
        Doc("What sort of change", key=True),
    ] = None


class ResponsibleFor(Relationship):
    """A post or body answers for an item, in a role."""

    TYPE, FROM = "RESPONSIBLE_FOR", _HOLDERS
    TO = (PSA, Target, Fund, Conclusion, Milestone, Initiative)
    READS, REVERSE = "is responsible for", "is the responsibility of"
    HEADINGS = ("What it answers for", "Who answers for it")
    LEADING = True
    RESTS = "end"

    role: Annotated[
        Role,
        Doc("Leads alone, answers jointly, supports, or is consulted", key=True),
    ]
    start: Annotated[Date, _START] = None
    end: Annotated[Date, _END] = None


class Approves(Relationship):
    """A post or body must agree before a fund moves."""

    TYPE, FROM, TO = "APPROVES", _HOLDERS, (Fund,)
    READS, REVERSE = "must agree to", "needs the agreement of"
    HEADINGS = ("Money it must agree to", "Who must agree before money moves")
    LEADING = True
    RESTS = "end"

    condition: Annotated[Text, Doc("What must be agreed before money moves", key=True)] = None


class TargetOf(Relationship):
    """A target belongs to an agreement."""

    TYPE, FROM, TO = "TARGET_OF", (Target,), (PSA,)
    READS, REVERSE = "is a target of", "has the target"
    HEADINGS = ("Target of the agreement", "Its targets")
    RESTS = "end"


class Funds(Relationship):
    """A fund pays for something."""

    TYPE, FROM = "FUNDS", (Fund,)
    TO = (Initiative, PSA, Target, Conclusion, Organisation)
    READS, REVERSE = "funds", "is funded by"
    HEADINGS = ("What it pays for", "Where its money comes from")
    RESTS = "end"


class StatesAmount(Relationship):
    """A document states an amount for a fund; documents may disagree, and both stay."""

    TYPE, FROM, TO = "STATES_AMOUNT", (Document,), (Fund,)
    READS, REVERSE = "states an amount for", "has an amount stated by"
    HEADINGS = ("Amounts it states", "Amounts stated of it")

    amount: Annotated[float, Doc("Amount in whole units of the currency", key=True)]
    currency: Annotated[str, Doc("ISO 4217 code", key=True)]
    amount_basis: Annotated[
        Literal["total", "per year", "up to"], Doc("What the amount counts", key=True)
    ] = "total"
    period_start: Annotated[Date, Doc("First date it covers", key=True)] = None
    period_end: Annotated[Date, Doc("Last date it covers", key=True)] = None


class ActedOn(Relationship):
    """A body or post followed up a conclusion, or plans to."""

    TYPE, FROM, TO = "ACTED_ON", (Organisation, Post), (Conclusion,)
    READS, REVERSE = "acted on", "was acted on by"
    HEADINGS = ("Conclusions it acted on", "Who acted on it")

    done: Annotated[Text, Doc("What was done, in a few words of our own", key=True)] = None
    planned: Annotated[Text, Doc("What is planned, in a few words of our own", key=True)] = None


class WorksWith(Relationship):
    """Two organisations work together; the direction means nothing."""

    TYPE, FROM, TO = "WORKS_WITH", (Organisation,), (Organisation,)
    READS, REVERSE = "works with", "works with"
    SYMMETRIC = True
    RDF = LinkedData("org:linkedTo")

    on: Annotated[Text, Doc("What they work on together", key=True)] = None


class RefersTo(Relationship):
    """The text on one conclusion points to another."""

    TYPE, FROM, TO = "REFERS_TO", (Conclusion,), (Conclusion,)
    READS, REVERSE = "refers to", "is referred to by"
    HEADINGS = ("Refers to", "Referred to by")


class MadeIn(Relationship):
    """A conclusion, milestone or agreement was made in a document."""

    TYPE, FROM, TO = "MADE_IN", (Conclusion, Milestone, PSA), (Document,)
    READS, REVERSE = "was made in", "makes"
    HEADINGS = ("Made in", "Conclusions, plans and agreements made in it")
    RESTS = "start"


class Published(Relationship):
    """A body published a document."""

    TYPE, FROM, TO = "PUBLISHED", (Organisation,), (Document,)
    READS, REVERSE = "published", "was published by"
    HEADINGS = ("Published", "Published by")
    RDF = LinkedData(inverse="dcterms:publisher")


class RunsIn(Relationship):
    """An initiative or agreement runs in a place."""

    TYPE, FROM, TO = "RUNS_IN", (Initiative, PSA), (Place,)
    READS, REVERSE = "runs in", "is the place of"
    HEADINGS = ("Where it runs", "What runs there")


class PassageOf(Relationship):
    """A passage stands in a document."""

    TYPE, FROM, TO = "PASSAGE_OF", (Passage,), (Document,)
    READS, REVERSE = "is a passage of", "has the passage"
    HEADINGS = ("Stands in", "Its passages")
    SOURCE_TEXT = True
    RDF = LinkedData("dcterms:isPartOf")


RELATIONSHIPS: tuple[type[Relationship], ...] = tuple(
    cls for cls in Relationship.__subclasses__() if cls.__module__ == __name__
)
"""Every type declared above, in that order."""
