"""What the documents do not say, and how far what they say can be leant on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.report.context import Matter
from app.report.model import Bullets, Line, Section, Strong, cites
from app.report.phrases import day, number_of

if TYPE_CHECKING:
    from collections.abc import Sequence

TITLE = "What the documents do not say"


def doubts(matter: Matter, sections: Sequence[Section], unsaid: Sequence[str]) -> Section:
    """Sections without anything to say, how sure the cited facts are, and all caveats."""
    lines: list[Line] = []
    if unsaid:
        lines.append(
            (Strong("Nothing found. "), f"No document in the graph gives: {'; '.join(unsaid)}.")
        )
    lines += [line for line in (_age(matter, sections), _sureness(sections)) if line is not None]
    if matter.subject.left_out:
        more = number_of(matter.subject.left_out, "more thing bears", "more things bear")
        lines.append((Strong("Left out. "), f"{more} its name; narrow the subject to see them."))
    lines += [(caveat,) for caveat in matter.caveats]
    return Section(TITLE, (Bullets(tuple(lines)),))


def _age(matter: Matter, sections: Sequence[Section]) -> Line | None:
    known = matter.facts.graph.graph["documents"]
    cited = {place.document for cite in cites(sections) for place in cite.places}
    dates = sorted(str(known[d]["published"]) for d in cited if known.get(d, {}).get("published"))
    if not dates:
        return None
    return (
        Strong("How old this is. "),
        f"The newest document cited here was published in {day(dates[-1])}, and the briefing is "
        f"dated {day(matter.date)}: nothing that came later is known here. Say so before it is "
        "quoted as the present position.",
    )


def _sureness(sections: Sequence[Section]) -> Line | None:
    places = {place for cite in cites(sections) for place in cite.places}
    if not places:
        return None
    doubtful = [place for place in places if place.doubt]
    if not doubtful:
        return (Strong("How sure. "), "Every reference here is to something stated outright.")
    inferred = [place for place in doubtful if place.basis != "stated"]
    said = f"{len(doubtful):,} of {number_of(len(places), 'reference')} "
    said += f"{'rests' if len(doubtful) == 1 else 'rest'} on something less than a plain statement"
    if inferred:
        said += f" ({len(inferred):,} inferred)"
    return (
        Strong("How sure. "),
        f"{said}; each says so in its brackets, with a confidence between 0 and 1.",
    )
