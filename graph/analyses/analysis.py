"""What an analysis is: its options, the rows it gives, and the table that is derived from them.

An analysis is a function of a graph that returns `Row`s: frozen dataclasses, from which `Analysis`
derives everything else. The fields of a row class are the columns, in their order:

    str, int               the value
    float                  the value, rounded to four digits (`Rounded` for others)
    tuple[str, ...]        a list
    Id, TypedId            an id, with a column of its name, and of its type
    Ids                    ids, with a column of their names
    Names                  ids that are shown by their names alone

`RANKED_BY` of a row class puts a `rank` before them; equal rows share a rank. What a row rests on,
`facts`, is no column but the evidence of the row.

>>> from dataclasses import dataclass
>>> @dataclass(frozen=True, kw_only=True)
... class Load(Row):
...     RANKED_BY = ("items",)
...     holder: TypedId
...     items: int
>>> list(columns_of(Load))
['rank', 'holder', 'holder_name', 'holder_type', 'items']
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, TypeVar, get_args, get_type_hints

from graph.analyses.evidence import FactIndex
from graph.analyses.holdings import ANSWERING, ROLES, Held, holdings
from graph.errors import NameNotFound, ParameterError
from graph.progress import SILENT, Progress
from graph.read.fact import Fact
from graph.read.project import gc_paused
from graph.schema.dates import parse_date
from graph.schema.words import listed

if TYPE_CHECKING:
    from graph.read.project import Graph

DIGITS = 4
"""of a fraction in a table"""


@dataclass(frozen=True)
class Rounded:
    """Marks a float that is shown with so many digits."""

    digits: int


@dataclass(frozen=True)
class NameColumns:
    """Marks ids: shown with their names, and with their types; or by their names alone."""

    typed: bool = False
    alone: bool = False


HIDDEN = "hidden"
"""Marks a field that makes no column."""

Id = Annotated[str, NameColumns()]
TypedId = Annotated[str, NameColumns(typed=True)]
Ids = Annotated[tuple[str, ...], NameColumns()]
Names = Annotated[tuple[str, ...], NameColumns(alone=True)]


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of a result, and the facts it rests on."""

    RANKED_BY: ClassVar[tuple[str, ...]] = ()
    """attributes by which the rows are in order; rows that are equal in them share a rank"""

    facts: Annotated[Sequence[Fact], HIDDEN] = ()

    def cells(self, index: FactIndex) -> dict[str, Any]:
        """The cells of the row by column, without its rank."""
        cells: dict[str, Any] = {}
        for field in _fields_of(type(self)):
            cells |= field.cells(getattr(self, field.name), index)
        return cells


@dataclass(frozen=True)
class _Field:
    """One field of a row class, and the columns that it makes."""

    name: str
    type: type
    named: NameColumns | None
    digits: int

    def columns(self) -> dict[str, str]:
        """Column → type (str, int, float or list)."""
        type_ = "list" if self.type is tuple else self.type.__name__
        if self.named is None or self.named.alone:
            return {self.name: type_}
        typed = {self._beside("type"): "str"} if self.named.typed else {}
        return {self.name: type_, self._beside("name"): type_, **typed}

    def cells(self, value: Any, index: FactIndex) -> dict[str, Any]:
        """Column → what it holds of a value."""
        if self.type is float:
            return {self.name: round(float(value), self.digits)}
        if self.named is None:
            return {self.name: list(value) if self.type is tuple else value}
        if self.type is tuple:
            names = index.names(value)
            if self.named.alone:
                return {self.name: names}
            return {self.name: list(value), self._beside("name"): names}
        typed = {self._beside("type"): index.label(value)} if self.named.typed else {}
        return {self.name: value, self._beside("name"): index.name(value), **typed}

    def _beside(self, what: str) -> str:
        """`item` → `item_name`, `items` and `item_ids` → `item_names`, `id` → `name`."""
        if self.type is tuple:
            return f"{self.name.removesuffix('_ids').removesuffix('s')}_{what}s"
        return what if self.name == "id" else f"{self.name}_{what}"


_FIELDS: dict[type[Row], tuple[_Field, ...]] = {}


def _fields_of(row: type[Row]) -> tuple[_Field, ...]:
    if row in _FIELDS:
        return _FIELDS[row]
    hints = get_type_hints(row, include_extras=True)
    columns = []
    for field in fields(row):
        marks = getattr(hints[field.name], "__metadata__", ())
        if HIDDEN in marks:
            continue
        bare = get_args(hints[field.name])[0] if marks else hints[field.name]
        columns.append(
            _Field(
                name=field.name,
                type=getattr(bare, "__origin__", bare),
                named=next((mark for mark in marks if isinstance(mark, NameColumns)), None),
                digits=next((mark.digits for mark in marks if isinstance(mark, Rounded)), DIGITS),
            )
        )
    return _FIELDS.setdefault(row, tuple(columns))


def columns_of(row: type[Row]) -> dict[str, str]:
    """The columns of a row class: column → type (str, int, float or list)."""
    columns = {"rank": "int"} if row.RANKED_BY else {}
    for field in _fields_of(row):
        columns |= field.columns()
    return columns


@dataclass(frozen=True)
class Table:
    """What the function behind an analysis gives back; `Analysis.run` makes a result of it."""

    rows: Sequence[Row]
    denominator: int
    sentences: Sequence[str]
    """headlines that can be quoted as they stand"""
    note: str = ""
    """what has to be said of this very run, after the analysis's own caveat"""
    columns: dict[str, str] | None = None
    """the columns of this run where they are not those of the analysis's row class"""


def table(rows: Sequence[Row], index: FactIndex) -> list[dict[str, Any]]:
    """The rows as tables show them: column → cell."""
    ranked = type(rows[0]).RANKED_BY if rows else ()
    if not ranked:
        return [row.cells(index) for row in rows]
    ranking = ranks(tuple(getattr(row, name) for name in ranked) for row in rows)
    return [{"rank": rank, **row.cells(index)} for rank, row in zip(ranking, rows, strict=True)]


Ranked = TypeVar("Ranked")


def ranks(values: Iterable[Ranked]) -> list[int]:
    """Ranks of values that are sorted already: equal ones share a rank, and the next is skipped.

    >>> ranks([9, 5, 5, 1])
    [1, 2, 2, 4]
    """
    ranking: list[int] = []
    before: Ranked | None = None
    for number, value in enumerate(values, 1):
        ranking.append(ranking[-1] if ranking and value == before else number)
        before = value
    return ranking


@dataclass(frozen=True)
class Option:
    """One option of an analysis: a choice among words, several of them, a number, a fraction, a
    thing of the graph, several of them, or a date.
    """

    name: str
    about: str
    default: str | int | float | tuple[str, ...]
    choices: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    """labels of the things that can be named, by id, name or alias; '' names none. Several things
    when the default is a tuple; as text they are separated by semicolons"""
    dated: bool = False
    """whether it is a date such as 2001-06-30; '' is none"""

    @property
    def kind(self) -> str:
        """`number` (whole, from 0), `fraction` (0 to 1), `choice` (one of `choices`), `choices`
        (some of them), `thing`, `things` or `date`.
        """
        if self.of:
            return "things" if isinstance(self.default, tuple) else "thing"
        if self.dated:
            return "date"
        if isinstance(self.default, float):
            return "fraction"
        if isinstance(self.default, int):
            return "number"
        return "choice" if isinstance(self.default, str) else "choices"

    def value(self, given: Any) -> str | int | float | tuple[str, ...]:
        """`given` as the analysis takes it; text is read, several words separated by commas.

        A thing stays as it was named: only a graph can tell which it is (`named`).
        Raises ParameterError when it is not among the choices, not a number or not a date.
        """
        match self.kind:
            case "thing":
                return str(given or "").strip()
            case "things":
                return tuple(dict.fromkeys(_words(given, ";")))
            case "date":
                text = str(given or "").strip()
                try:
                    return parse_date(text) if text else ""
                except ValueError as error:
                    raise ParameterError(f"{self.name}: {error}") from None
            case "fraction":
                share: float = self._number(float, given, "a fraction; write 0.1 for one in ten")
                if not 0 <= share <= 1:
                    raise ParameterError(f"{self.name}: {share:g} is not between 0 and 1")
                return share
            case "number":
                number: int = self._number(int, given, "a whole number")
                if number < 0:
                    raise ParameterError(f"{self.name}: {number} is below 0")
                return number
        chosen = [given] if self.kind == "choice" else _words(given, ",")
        for word in chosen:
            if word not in self.choices:
                known = ", ".join(self.choices)
                raise ParameterError(f"{self.name}: '{word}' is not one of: {known}")
        if not chosen:
            raise ParameterError(f"{self.name}: name at least one of: {', '.join(self.choices)}")
        ordered = tuple(word for word in self.choices if word in chosen)
        return ordered[0] if self.kind == "choice" else ordered

    def _number(self, type_: Callable[[Any], Any], given: Any, needed: str) -> Any:
        try:
            return type_(given)
        except (TypeError, ValueError):
            raise ParameterError(f"{self.name}: '{given}' is not {needed}") from None


def _words(given: str | Iterable[Any], separator: str) -> list[str]:
    parts = given.split(separator) if isinstance(given, str) else given
    return [word for part in parts if (word := str(part).strip())]


@dataclass(frozen=True)
class AnalysisResult:
    """The answer of one analysis on one graph."""

    name: str
    options: dict[str, Any]
    columns: dict[str, str]
    """column → type (str, int, float or list); the keys of every row, in order"""
    rows: list[dict[str, Any]]
    rests_on: list[Sequence[Fact]]
    """for each row, the facts it rests on; made when they are first looked at"""
    of: str
    """what the denominator counts"""
    denominator: int
    caveat: str
    sentences: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The result as plain values, each row with its `evidence`."""
        return {
            "analysis": self.name,
            "options": {
                name: list(value) if isinstance(value, tuple) else value
                for name, value in self.options.items()
            },
            "rows": [
                {**row, "evidence": [fact.to_json() for fact in facts]}
                for row, facts in zip(self.rows, self.rests_on, strict=True)
            ],
            "of": self.of,
            "denominator": self.denominator,
            "caveat": self.caveat,
            "sentences": list(self.sentences),
        }


@dataclass(frozen=True)
class Analysis:
    """One analysis as the registry lists it."""

    name: str
    title: str
    about: str
    rows: type[Row]
    """what one row is; its fields are the columns"""
    of: str
    """what the denominator counts"""
    caveat: str
    compute: Callable[..., Table]
    """the function of the index of a graph and the options below. Where LEVEL is one of them it is
    of the holdings instead that `roles`, `level` and `leave_out` choose"""
    options: tuple[Option, ...] = ()
    roles: Collection[str] = ROLES
    """the roles that count in the holdings, where they are no option"""
    reports: bool = False
    """whether `compute` takes long enough to take a `progress` too"""

    @property
    def columns(self) -> dict[str, str]:
        """Column → type (str, int, float or list), in order; a run may have others."""
        return columns_of(self.rows)

    def run(self, graph: Graph, progress: Progress = SILENT, /, **options: Any) -> AnalysisResult:
        """The result on `graph`. Raises ParameterError for an unknown or unfit option."""
        values = self.values(options)
        for option in self.options:
            if option.of and (text := values[option.name]):
                values[option.name] = (
                    named(graph, text, option.of)
                    if isinstance(text, str)
                    else tuple(sorted({named(graph, one, option.of) for one in text}))
                )
        others = {**values, **({"progress": progress} if self.reports else {})}
        index = FactIndex(graph)
        source: Held = index
        with gc_paused():
            if LEVEL in self.options:
                counted = {name: others.pop(name) for name in _COUNTED if name in others}
                source = holdings(index, **{"roles": self.roles, **counted})
            result = self.compute(source, **others)
            notes = (self.caveat, result.note, _left_out(index, values.get("leave_out", ())))
            return AnalysisResult(
                name=self.name,
                options=values,
                columns=result.columns or self.columns,
                rows=table(result.rows, index),
                rests_on=[row.facts for row in result.rows],
                of=self.of,
                denominator=result.denominator,
                caveat=" ".join(note for note in notes if note),
                sentences=tuple(result.sentences),
            )

    def values(self, chosen: Mapping[str, Any]) -> dict[str, Any]:
        """Every option of this analysis with the value `chosen` or its default."""
        names = [option.name for option in self.options]
        if unknown := [name for name in chosen if name not in names]:
            known = ", ".join(names) or "none"
            raise ParameterError(f"{self.name} has no option '{unknown[0]}' (known: {known})")
        return {o.name: o.value(chosen.get(o.name, o.default)) for o in self.options}


_COUNTED = ("roles", "level", "leave_out")
"""options that say how holders are counted"""


def _left_out(index: FactIndex, ids: Collection[str]) -> str:
    """What has to be said of holders that were left out on request."""
    names = listed(f"“{name}”" for name in index.names(ids))
    return f"Left out as asked: {names}; what only they hold is not counted." if ids else ""


NEAR = 5
"""names offered where none fits"""


def named(graph: Graph, text: str, of: Collection[str]) -> str:
    """The id of the thing with one of the labels `of` that is called `text`; case does not matter.

    A name goes before an alias. Raises NameNotFound, with the nearest names, when nothing is
    called so, and with the ids when several things are.

    >>> from tests.graph.example import example
    >>> named(example(), "home secretary", ["Post"])
    'uk/post/home-secretary'
    """
    wanted = text.strip().casefold()
    by_name: dict[str, list[str]] = {}
    others: dict[str, list[str]] = {}
    for node_id, values in sorted(graph.nodes.items()):
        if set(of).isdisjoint(values.get("labels", ())):
            continue
        if node_id.casefold() == wanted:
            return str(node_id)
        by_name.setdefault(str(values.get("name") or node_id).casefold(), []).append(node_id)
        for other in (*values.get("aliases", ()), values.get("abbreviation") or ""):
            others.setdefault(str(other).casefold(), []).append(node_id)
    ids = by_name.get(wanted) or sorted(set(others.get(wanted, [])))
    if len(ids) == 1:
        return ids[0]
    if ids:
        raise NameNotFound(
            f"{len(ids)} things are called '{text}'; give one of their ids: {', '.join(ids)}"
        )
    kinds = " or ".join(sorted(of))
    close = difflib.get_close_matches(wanted, [*by_name, *others], NEAR, 0.5)
    nearest = dict.fromkeys(node for word in close for node in by_name.get(word) or others[word])
    near = "; ".join(str(graph.nodes[node].get("name") or node) for node in nearest)
    hint = f" The nearest names: {near}." if near else ""
    raise NameNotFound(f"no {kinds} is called '{text}'.{hint}")


LEVEL = Option(
    name="level",
    about="Count posts and bodies as named, or the departments they belong to",
    default="holder",
    choices=("holder", "department"),
)
ANSWERING_ROLES = Option(name="roles", about="Roles that count", default=ANSWERING, choices=ROLES)
ANY_ROLE = Option(name="roles", about="Roles that count", default=ROLES, choices=ROLES)
PIVOTS_OPTION = Option(
    name="pivots",
    about="Nodes to estimate from; 0 is exact in graphs of up to 10,000 nodes",
    default=0,
)
LEAVE_OUT = Option(
    name="leave_out",
    about="Holders to leave out, by name or id, several separated by ; (a collective name, say)",
    default=(),
    of=("Organisation", "Post"),
)

OF_HOLDERS = (ANY_ROLE, LEVEL, LEAVE_OUT)

AS_NAMED = (
    "Counts what the documents in the graph say, whatever their dates. A collective name such as "
    "“departments” is a holder like any other, and a post stands beside its own department "
    "unless departments are counted."
)

UNCERTAINTY = Option(
    name="uncertainty",
    about="Share of links taken to be wrong, and as many missing (0.1 is one in ten): ranks "
    "get intervals",
    default=0.0,
)
RESAMPLES_OPTION = Option(
    name="resamples",
    about="Graphs drawn for the intervals; 0 is none, or 1,000 with an uncertainty. Alone: by "
    "the confidence of links only",
    default=0,
)
SEED = Option(name="seed", about="With uncertainty: the start of the random numbers", default=1)
