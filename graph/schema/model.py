"""What a record is: a frozen dataclass that is at once the schema and the record.

A subclass of `Node` or `Relationship` is one without a decorator (PEP 681), and declares its
properties once, as annotated fields:

    name: Annotated[str, Doc("Name as the source prints it", search=True)]

Columns of a bundle, constraints, statements, validation, documentation, exports and colours
are all derived from these declarations (`properties`).

An id is made from the source's own keys: a path of lower-case words, jurisdiction, kind, then the
thing, as in `uk/org/home-office` or `uk/conclusion/wiring-it-up/24`. The jurisdiction comes first
because the United Kingdom and New Zealand both have a Cabinet Office.
"""

from __future__ import annotations

import re
import types
import unicodedata
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
from functools import cache
from typing import (
    Annotated,
    Any,
    ClassVar,
    Literal,
    TypeVar,
    Union,
    cast,
    dataclass_transform,
    get_args,
    get_origin,
    get_type_hints,
)

from graph.errors import VocabularyError
from graph.schema.dates import PartialDate

_Function = TypeVar("_Function", bound=Callable[..., Any])


def type_cache(function: _Function) -> _Function:
    """`functools.cache` for functions of record types, with the signature kept for the checker.

    The checker takes a dataclass type for unhashable (a class's own `__hash__` looks to it like
    the instances'), and so refuses `functools.cache` on functions of record types.
    """
    return cast(_Function, cache(function))


Kind = Literal["text", "list", "date", "number", "whole", "flag", "choice"]
Value = str | tuple[str, ...] | float | int | bool | None


@dataclass(frozen=True)
class Doc:
    """What a property means, and what the store should do with it."""

    text: str
    search: bool = False
    """found by the full-text index over names"""
    key: bool = False
    """part of a relationship's identity beside its ends and its place in the source"""
    rdf: str = ""
    """its predicate in linked data, where a published vocabulary has one"""


@dataclass(frozen=True)
class Property:
    """One property of a type, as derived from its field."""

    name: str
    kind: Kind
    doc: Doc
    required: bool
    default: Value = None
    choices: tuple[str, ...] = ()


Basis = Literal["stated", "inferred"]
Judgement = Literal["unreviewed", "accepted", "rejected"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Provenance:
    """Where a record comes from and how sure it is; no record exists without one.

    Raises VocabularyError when source or locator is empty or the confidence is outside 0 to 1.
    """

    source: Annotated[str, Doc("Id of the document that says it")]
    locator: Annotated[str, Doc("Where in the document: paragraph, table row, page")]
    basis: Annotated[Basis, Doc("Stated in so many words, or inferred")] = "stated"
    confidence: Annotated[float, Doc("How sure the reading is, 0 to 1")] = 1.0
    observed: Annotated[PartialDate | None, Doc("The date that the source speaks of")] = None
    judgement: Annotated[Judgement, Doc("What a reviewer made of it")] = "unreviewed"
    rule: Annotated[str | None, Doc("The rule of a reader that made the record")] = None
    quote: Annotated[str | None, Doc("The words that the rule matched")] = None

    def __post_init__(self) -> None:
        if not self.source.strip() or not self.locator.strip():
            raise VocabularyError("a record needs a source and a locator")
        if not 0.0 <= self.confidence <= 1.0:
            raise VocabularyError(f"confidence {self.confidence} is not between 0 and 1")


@dataclass(frozen=True)
class LinkedData:
    """How a type of link is stated in the published vocabularies (W3C ORG, Dublin Core)."""

    predicate: str = ""
    """from its start to its end"""
    inverse: str = ""
    """from its end to its start"""
    statement: tuple[str, str, str] | None = None
    """a class that the link itself has there, and the predicates of its start and of its end"""
    role: str = ""
    """the predicate of its role, on the link itself"""


@dataclass_transform(frozen_default=True, kw_only_default=True)
class _Declared:
    """Makes every subclass a frozen dataclass, and lets no record be without its provenance."""

    def __init_subclass__(cls) -> None:
        dataclass(frozen=True, kw_only=True)(cls)

    def __post_init__(self) -> None:
        if not isinstance(getattr(self, "provenance", None), Provenance):
            raise VocabularyError(
                f"{type(self).__name__} cannot be made without provenance: "
                "say which document and where"
            )


class Node(_Declared):
    """A thing in the graph. Subclasses declare one label and its properties."""

    LABEL: ClassVar[str]
    SECOND: ClassVar[tuple[str, ...]] = ()
    """second labels that narrow the first"""
    SEGMENT: ClassVar[str]
    """second part of its ids: `uk/<segment>/…`"""
    CAPTION: ClassVar[str] = "name"
    """the property that names it on a screen"""
    SINGULAR: ClassVar[str] = ""
    """what one is called in a sentence; the label in lower case when empty"""
    PLURAL: ClassVar[str] = ""
    """what several are called; made from the singular when empty"""
    COLOUR: ClassVar[str]
    """fill colour in pictures and exports, `#rrggbb`"""
    SHAPE: ClassVar[str]
    """shape in pictures, in Graphviz's words, so that colour is never alone"""
    SOURCE_TEXT: ClassVar[bool] = False
    """whether it is the text of a document, and not what a document says of the world"""
    RDF: ClassVar[tuple[str, ...]] = ()
    """its classes in linked data, besides its labels"""

    id: Annotated[str, Doc("Stable identifier")]
    labels: Annotated[tuple[str, ...], Doc("Second labels")] = ()
    provenance: Provenance


class Relationship(_Declared):
    """A link in the graph. Subclasses declare one type, its ends and its properties."""

    TYPE: ClassVar[str]
    FROM: ClassVar[tuple[type[Node], ...]]
    TO: ClassVar[tuple[type[Node], ...]]
    READS: ClassVar[str]
    """how it reads from its start: 'is responsible for'"""
    REVERSE: ClassVar[str]
    """how it reads from its end: 'is the responsibility of'"""
    HEADINGS: ClassVar[tuple[str, str]] = ("", "")
    """headings over what starts at a thing and over what ends at it; made from READS and REVERSE
    when empty"""
    LEADING: ClassVar[bool] = False
    """whether it is read and shown before the other types"""
    SYMMETRIC: ClassVar[bool] = False
    """whether its direction means nothing"""
    RESTS: ClassVar[Literal["", "start", "end"]] = ""
    """the end that rests on the other one: it falls when the other does"""
    SOURCE_TEXT: ClassVar[bool] = False
    """whether it belongs to the text of a document"""
    RDF: ClassVar[LinkedData] = LinkedData()

    from_id: Annotated[str, Doc("Id of the start")]
    to_id: Annotated[str, Doc("Id of the end")]
    provenance: Provenance


Record = Node | Relationship


_STRUCTURE = {"id", "labels", "from_id", "to_id", "provenance"}
_KINDS: dict[Any, Kind] = {
    str: "text",
    PartialDate: "date",
    float: "number",
    int: "whole",
    bool: "flag",
}


@type_cache
def properties(cls: type[Record] | type[Provenance]) -> tuple[Property, ...]:
    """The properties a type declares, in order; ids, ends and provenance are not among them."""
    hints = get_type_hints(cls, include_extras=True)
    declared = []
    for field in fields(cls):
        if field.name in _STRUCTURE:
            continue
        if get_origin(hints[field.name]) is not Annotated:
            raise VocabularyError(f"{cls.__name__}.{field.name} has no Doc")
        hint, doc = get_args(hints[field.name])[:2]
        if get_origin(hint) in (Union, types.UnionType):
            hint = next(arg for arg in get_args(hint) if arg is not types.NoneType)
        origin = get_origin(hint)
        kind: Kind = "choice" if origin is Literal else "list" if origin is tuple else _KINDS[hint]
        choices = get_args(hint) if origin is Literal else ()
        required = field.default is MISSING and field.default_factory is MISSING
        default: Any = None if required else field.default
        declared.append(Property(field.name, kind, doc, required, default, choices))
    return tuple(declared)


@type_cache
def columns(cls: type[Record]) -> tuple[str, ...]:
    """The columns of a type's CSV file in a bundle, in order."""
    ends = ("id", "labels") if issubclass(cls, Node) else ("from_id", "to_id")
    own = tuple(p.name for p in properties(cls))
    return ends + own + tuple(p.name for p in properties(Provenance))


_SEGMENT = r"[a-z0-9]+(?:[-.][a-z0-9]+)*"
_ID = re.compile(rf"{_SEGMENT}(?:/{_SEGMENT}){{2,}}")
LONGEST_ID = 300


def slug(text: str) -> str:
    """`Department for Education & Employment` → `department-for-education-and-employment`.

    Accents are folded, an ampersand is read as 'and', everything else that is no ASCII letter or
    digit becomes one hyphen. Raises ValueError when nothing is left.
    """
    plain = unicodedata.normalize("NFKD", text.replace("&", " and "))
    letters = plain.encode("ascii", "ignore").decode().lower().replace("'", "")
    result = "-".join(re.findall(r"[a-z0-9]+", letters))
    if not result:
        raise ValueError(f"no id can be made from {text!r}")
    return result


def make_id(jurisdiction: str, kind: str, *parts: str | int) -> str:
    """`make_id("uk", "conclusion", "Wiring It Up", 24)` → `uk/conclusion/wiring-it-up/24`."""
    return "/".join(slug(str(part)) for part in (jurisdiction, kind, *parts))


def id_problem(text: str) -> str | None:
    """Why `text` cannot be an id, or None when it can."""
    if len(text) > LONGEST_ID:
        return f"the id is longer than {LONGEST_ID} characters"
    if _ID.fullmatch(text) is None:
        return f"'{text}' is not an id: write jurisdiction/kind/name, such as uk/org/home-office"
    return None
