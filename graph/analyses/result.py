"""What every analysis is, takes and gives, so that each way of asking reaches all of them alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graph.analyses.named import named
from graph.analyses.once import one_run
from graph.errors import ParameterError
from graph.progress import SILENT, Progress
from graph.read.project import undisturbed
from graph.schema.dates import parse_date

if TYPE_CHECKING:
    from graph.read.project import Graph

EVIDENCE = ("document", "locator", "basis", "confidence", "type", "from", "to")
"""The keys of one piece of evidence. For a fact about one thing alone `to` is None and `type` is
the thing's label."""

Row = dict[str, Any]
Evidence = dict[str, Any]


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

        A thing is left as it was named: only a graph can tell which it is (`graph.analyses.named`).
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
        with one_run(), undisturbed():
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
        for name in given:
            if name not in names:
                known = ", ".join(names) or "none"
                raise ParameterError(f"{self.name} has no option '{name}' (known: {known})")
        return {o.name: o.value(given.get(o.name, o.default)) for o in self.options}


def _named(graph: Graph, given: str | tuple[str, ...], of: tuple[str, ...]) -> Any:
    if isinstance(given, str):
        return named(graph, given, of)
    return tuple(sorted({named(graph, one, of) for one in given}))
