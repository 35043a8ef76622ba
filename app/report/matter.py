"""What every part of a briefing is written from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.report.words import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.report.facts import Facts
    from app.report.model import Line, Section
    from app.report.subject import Subject
    from graph.analyses import AnalysisResult
    from graph.store import Store


@dataclass
class Matter:
    """The subject, the facts, and what has been said of them so far."""

    store: Store
    facts: Facts
    subject: Subject
    date: str
    """the stated date; deadlines are held against it"""
    caveats: list[str] = field(default_factory=list)
    """what has to be borne in mind, of the questions and analyses that were used"""
    _results: dict[str, AnalysisResult] = field(default_factory=dict)

    def analysed(self, name: str, **options: str) -> AnalysisResult:
        """The result of an analysis of the whole graph; its caveat is noted."""
        if name not in self._results:
            from graph.analyses import analysis

            self._results[name] = analysis(name).run(self.facts.graph, **options)
        self.caution(self._results[name].caveat)
        return self._results[name]

    def caution(self, caveat: str) -> None:
        """Note a caveat: of its sentences those that no other has said."""
        said = {sentence for other in self.caveats for sentence in sentences(other)}
        if new := [sentence for sentence in sentences(caveat) if sentence not in said]:
            self.caveats.append(" ".join(new))


@dataclass(frozen=True)
class Part:
    """A section of a briefing, with what of it belongs at the very beginning."""

    section: Section | None
    headlines: tuple[Line, ...] = ()


def part(section: Section | None, headlines: Iterable[Line] = ()) -> Part:
    """A part with its headlines."""
    return Part(section, tuple(headlines))
