"""The node types of the vocabulary, each declared once.

A new property is one line of its class, and a new type one class: columns, constraints, statements,
validation, documentation, exports and colours follow from it.
"""

from typing import Annotated, Literal

from graph.schema.dates import PartialDate
from graph.schema.model import Doc, Node

Aliases = Annotated[tuple[str, ...], Doc("Other names and abbreviations in use", search=True)]
Text = str | None
Date = PartialDate | None

_START = Doc("First date it existed, as far as a source says")
_END = Doc("Last date it existed, as far as a source says")
_JURISDICTION = Doc("Whose government: uk, nz")
_SUMMARY = Doc("What it says, in a few words of our own")
_DUE_TEXT = Doc("The deadline as printed")
_DUE_START = Doc("First day the printed deadline may mean; empty when it gives none")
_DUE_END = Doc("Last day the printed deadline may mean; empty when it gives none")
_PERIOD = Doc("Years it covers: an ISO 8601 interval such as 2001-04/2004-03, or as printed")
_FIGURES = Doc("Counts that the source states of it, each as 'what=number'")


class NamedNode(Node):
    """What the types share whose things have names."""

    name: Annotated[str, Doc("Name as the source prints it", search=True)]
    aliases: Aliases = ()


class Organisation(NamedNode):
    """Any body: department, agency, unit, committee, group, authority, company."""

    LABEL = "Organisation"
    SEGMENT = "org"
    COLOUR = "#4269d0"
    SHAPE = "box"
    RDF = ("org:Organization", "foaf:Organization", "prov:Agent")
    SECOND = (
        "Department",
        "Agency",
        "Unit",
        "Committee",
        "Group",
        "LocalAuthority",
        "ParliamentaryBody",
        "AuditBody",
        "Partnership",
        "Company",
        "Charity",
        "Regulator",
        "DevolvedBody",
        "InternationalBody",
    )

    abbreviation: Annotated[Text, Doc("Abbreviation the source uses", search=True)] = None
    jurisdiction: Annotated[Text, _JURISDICTION] = None
    start: Annotated[Date, _START] = None
    end: Annotated[Date, _END] = None


class Post(NamedNode):
    """An office that a person holds; responsibility is given to posts and organisations."""

    LABEL = "Post"
    SEGMENT = "post"
    COLOUR = "#d62f4b"
    SHAPE = "ellipse"
    RDF = ("org:Post",)
    SECOND = ("Minister", "Official", "ParliamentaryPost")

    jurisdiction: Annotated[Text, _JURISDICTION] = None
    start: Annotated[Date, _START] = None
    end: Annotated[Date, _END] = None


class Person(NamedNode):
    """Who holds or held a post."""

    LABEL = "Person"
    SEGMENT = "person"
    COLOUR = "#ff8ab7"
    SHAPE = "circle"
    PLURAL = "people"
    RDF = ("foaf:Person", "prov:Person")

    external_ids: Annotated[tuple[str, ...], Doc("Ids elsewhere, each as 'scheme:id'")] = ()


class PSA(NamedNode):
    """Public Service Agreement, or any agreement of that kind (mandate, delivery agreement)."""

    LABEL = "PSA"
    SEGMENT = "psa"
    COLOUR = "#6cc5b0"
    SHAPE = "hexagon"
    SINGULAR = "agreement"

    kind: Annotated[
        Literal["cross-cutting", "departmental", "local"] | None, Doc("Whom it binds together")
    ] = None
    period: Annotated[Text, _PERIOD] = None


class Target(NamedNode):
    """One target, goal or commitment; named by its PSA and number."""

    LABEL = "Target"
    SEGMENT = "target"
    COLOUR = "#3ca951"
    SHAPE = "diamond"

    number: Annotated[Text, Doc("Number within its PSA")] = None
    summary: Annotated[Text, _SUMMARY] = None
    due: Annotated[Date, Doc("Date it is to be met")] = None


class Fund(NamedNode):
    """Money set aside for a purpose: fund, reserve, pooled budget, vote."""

    LABEL = "Fund"
    SEGMENT = "fund"
    COLOUR = "#efb118"
    SHAPE = "cylinder"

    kind: Annotated[
        Literal["fund", "reserve", "pooled budget", "budget", "vote", "programme", "saving"] | None,
        Doc("What sort of money"),
    ] = None
    summary: Annotated[Text, _SUMMARY] = None
    currency: Annotated[Text, Doc("ISO 4217 code")] = None
    period: Annotated[Text, _PERIOD] = None


class Conclusion(NamedNode):
    """Conclusion, recommendation, priority or action of a report."""

    LABEL = "Conclusion"
    SEGMENT = "conclusion"
    COLOUR = "#a463f2"
    SHAPE = "note"

    number: Annotated[int | None, Doc("Number within its document")] = None
    part: Annotated[Text, Doc("Part of the document it stands in")] = None
    kind: Annotated[
        Literal["conclusion", "recommendation", "priority", "action"] | None,
        Doc("What its document calls it"),
    ] = None
    summary: Annotated[Text, _SUMMARY] = None
    response: Annotated[Text, Doc("What was answered to it, in a few words of our own")] = None
    due_text: Annotated[Text, _DUE_TEXT] = None
    due_start: Annotated[Date, _DUE_START] = None
    due_end: Annotated[Date, _DUE_END] = None
    ongoing: Annotated[bool | None, Doc("True when the document calls it ongoing")] = None
    figures: Annotated[tuple[str, ...], _FIGURES] = ()


class Milestone(NamedNode):
    """A dated step of a plan."""

    LABEL = "Milestone"
    SEGMENT = "milestone"
    COLOUR = "#9498a0"
    SHAPE = "cds"

    summary: Annotated[Text, _SUMMARY] = None
    service: Annotated[Text, Doc("Service or heading it is listed under")] = None
    due_text: Annotated[Text, _DUE_TEXT] = None
    due_start: Annotated[Date, _DUE_START] = None
    due_end: Annotated[Date, _DUE_END] = None
    phase: Annotated[Text, Doc("Phase of the plan")] = None
    figures: Annotated[tuple[str, ...], _FIGURES] = ()


class Initiative(NamedNode):
    """Programme, unit of work or service."""

    LABEL = "Initiative"
    SEGMENT = "initiative"
    COLOUR = "#97bbf5"
    SHAPE = "component"

    kind: Annotated[Text, Doc("What sort: programme, review, service, scheme, pilot, code")] = None
    summary: Annotated[Text, _SUMMARY] = None
    start: Annotated[Date, _START] = None
    end: Annotated[Date, _END] = None
    figures: Annotated[tuple[str, ...], _FIGURES] = ()


class Place(NamedNode):
    """Area that an initiative runs in."""

    LABEL = "Place"
    SEGMENT = "place"
    COLOUR = "#9c6b4e"
    SHAPE = "house"

    kind: Annotated[Text, Doc("What sort: country, region, council area, city")] = None
    code: Annotated[Text, Doc("Official code of the area")] = None


class Document(Node):
    """Where facts come from: report, page, table; also any publication a report names."""

    LABEL = "Document"
    SEGMENT = "document"
    CAPTION = "title"
    COLOUR = "#c7b58f"
    SHAPE = "tab"
    RDF = ("foaf:Document", "prov:Entity")

    title: Annotated[str, Doc("Title as printed", search=True, rdf="dcterms:title")]
    aliases: Aliases = ()
    publisher: Annotated[Text, Doc("Who published it, as printed")] = None
    published: Annotated[Date, Doc("When it was published", rdf="dcterms:issued")] = None
    url: Annotated[Text, Doc("Address it was published at")] = None
    licence: Annotated[Text, Doc("Licence it may be used under", rdf="dcterms:rights")] = None
    attribution: Annotated[
        Text, Doc("Words the licence asks to be shown", rdf="dcterms:bibliographicCitation")
    ] = None
    sha256: Annotated[Text, Doc("Checksum of the text that was read")] = None
    figures: Annotated[tuple[str, ...], _FIGURES] = ()


class Passage(Node):
    """A paragraph or table row of a document; its text lives in the user's database only."""

    LABEL = "Passage"
    SEGMENT = "passage"
    CAPTION = "locator"
    COLOUR = "#e4dfd3"
    SHAPE = "plaintext"
    SOURCE_TEXT = True

    text: Annotated[Text, Doc("Its words")] = None
    page: Annotated[Text, Doc("Page it stands on")] = None


NODES: tuple[type[Node], ...] = tuple(
    cls
    for cls in globals().values()
    if isinstance(cls, type) and issubclass(cls, Node) and hasattr(cls, "LABEL")
)
"""Every type declared above, in that order."""
