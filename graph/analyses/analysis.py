"""What every analysis is, takes and gives, so that each way of asking reaches all of them alike.

Options and caveats that several analyses share.

Which thing of the graph an analyst means, by its id, name, alias or abbreviation.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graph.analyses.evidence import Evidence, listed, name
from graph.analyses.holdings import ANSWERING, ROLES
from graph.analyses.once import one_run
from graph.errors import NameNotFound, ParameterError
from graph.progress import SILENT, Progress
from graph.read.project import gc_paused
from graph.schema.dates import parse_date

if TYPE_CHECKING:
    from graph.read.project import Graph


NEAR = 5
"""names offered where none fits"""


def named(graph: Graph, text: str, of: Collection[str]) -> str:
    """The id of the thing with one of the labels `of` that is called `text`; case does not matter.

    A name goes before an alias. Raises NameNotFound, with the nearest names, when nothing is
    called so, and with the ids when several things are.

    >>> from graph.analyses.example import example
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
    found = by_name.get(wanted) or sorted(set(others.get(wanted, [])))
    if len(found) == 1:
        return found[0]
    if found:
        raise NameNotFound(
            f"{len(found)} things are called '{text}'; give one of their ids: {', '.join(found)}"
        )
    kinds = " or ".join(sorted(of))
    close = difflib.get_close_matches(wanted, [*by_name, *others], NEAR, 0.5)
    ids = dict.fromkeys(node for word in close for node in by_name.get(word) or others[word])
    near = "; ".join(str(graph.nodes[node].get("name") or node) for node in ids)
    hint = f" The nearest names: {near}." if near else ""
    raise NameNotFound(f"no {kinds} is called '{text}'.{hint}")


Row = dict[str, Any]


@dataclass(frozen=True)
class Option:
    """One thing an analysis can be told: a choice among words, several of them, a number, a
    fraction, a thing of the graph, several of them, or a date.
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
        if self.kind == "thing":
            return str(given or "").strip()
        if self.kind == "things":
            parts = given.split(";") if isinstance(given, str) else list(given)
            return tuple(dict.fromkeys(str(part).strip() for part in parts if str(part).strip()))
        if self.kind == "date":
            return self._date(str(given or "").strip())
        if self.kind == "fraction":
            return self._fraction(given)
        if self.kind == "number":
            try:
                number = int(given)
            except (TypeError, ValueError):
                raise ParameterError(f"{self.name}: '{given}' is not a whole number") from None
            if number < 0:
                raise ParameterError(f"{self.name}: {number} is below 0")
            return number
        if self.kind == "choice":
            return self._checked([given])[0]
        words = given.split(",") if isinstance(given, str) else list(given)
        found = self._checked([str(word).strip() for word in words if str(word).strip()])
        if not found:
            raise ParameterError(f"{self.name}: name at least one of: {', '.join(self.choices)}")
        return tuple(word for word in self.choices if word in found)

    def _fraction(self, given: Any) -> float:
        try:
            share = float(given)
        except (TypeError, ValueError):
            raise ParameterError(
                f"{self.name}: '{given}' is not a fraction; write 0.1 for one in ten"
            ) from None
        if not 0 <= share <= 1:
            raise ParameterError(f"{self.name}: {share:g} is not between 0 and 1")
        return share

    def _date(self, text: str) -> str:
        try:
            return parse_date(text) if text else ""
        except ValueError as error:
            raise ParameterError(f"{self.name}: {error}") from None

    def _checked(self, words: list[Any]) -> list[str]:
        for word in words:
            if word not in self.choices:
                known = ", ".join(self.choices)
                raise ParameterError(f"{self.name}: '{word}' is not one of: {known}")
        return words


@dataclass(frozen=True)
class Table:
    """What the function behind an analysis gives back; `Analysis.run` makes a result of it."""

    rows: list[Row]
    rests_on: list[list[Evidence]]
    """for each row, the facts it rests on"""
    denominator: int
    sentences: tuple[str, ...]
    """headlines that can be quoted as they stand"""
    note: str = ""
    """what has to be said of this very run, beside the analysis's own caveat"""
    columns: dict[str, str] | None = None
    """the columns of this run where they are not those that the analysis declares"""


@dataclass(frozen=True)
class AnalysisResult:
    """The answer of one analysis on one graph."""

    name: str
    options: dict[str, Any]
    columns: dict[str, str]
    """column → type (str, int, float or list); the keys of every row, in order"""
    rows: list[Row]
    rests_on: list[list[Evidence]]
    """for each row, the facts it rests on, each with the keys of `EVIDENCE`"""
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
                {**row, "evidence": evidence}
                for row, evidence in zip(self.rows, self.rests_on, strict=True)
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
    columns: dict[str, str]
    of: str
    caveat: str
    compute: Callable[..., Table]
    """the function of the graph and the options below"""
    options: tuple[Option, ...] = ()
    reports: bool = False
    """whether `compute` takes long enough to take a `progress` too"""

    def run(self, graph: Graph, progress: Progress = SILENT, /, **options: Any) -> AnalysisResult:
        """The result on `graph`. Raises ParameterError for an unknown or unfit option."""
        values = self.values(options)
        for option in self.options:
            if option.of and values[option.name]:
                values[option.name] = _named(graph, values[option.name], option.of)
        more = {"progress": progress} if self.reports else {}
        with one_run(), gc_paused():
            table = self.compute(graph, **values, **more)
        return AnalysisResult(
            name=self.name,
            options=values,
            columns=table.columns or self.columns,
            rows=table.rows,
            rests_on=table.rests_on,
            of=self.of,
            denominator=table.denominator,
            caveat=f"{self.caveat} {table.note}".strip(),
            sentences=table.sentences,
        )

    def values(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Every option of this analysis with the value `given` or its default."""
        names = [option.name for option in self.options]
        for given_name in given:
            if given_name not in names:
                known = ", ".join(names) or "none"
                raise ParameterError(f"{self.name} has no option '{given_name}' (known: {known})")
        return {o.name: o.value(given.get(o.name, o.default)) for o in self.options}


def _named(graph: Graph, given: str | tuple[str, ...], of: tuple[str, ...]) -> Any:
    if isinstance(given, str):
        return named(graph, given, of)
    return tuple(sorted({named(graph, one, of) for one in given}))


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


def left_out(graph: Graph, ids: Collection[str]) -> str:
    """What has to be said of holders that were left out on request."""
    if not ids:
        return ""
    names = listed(f"“{name(graph, node_id)}”" for node_id in ids)
    return f"Left out as asked: {names}; what only they hold is not counted."
