"""Real parameters for every question, chosen by what its help says and by an exported bundle."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, zip_longest
from pathlib import Path

Given = dict[str, str]

SOURCE = "source"
RESTS_ON: dict[str, tuple[str, ...]] = {
    "conclusions.acted-on": ("ACTED_ON",),
    "conclusions.by-owner": ("RESPONSIBLE_FOR Conclusion",),
    "conclusions.references": ("REFERS_TO",),
    "evidence.from-document": (SOURCE,),
    "funds.amounts": ("STATES_AMOUNT",),
    "funds.controlled-by": ("APPROVES", "RESPONSIBLE_FOR Fund"),
    "funds.pays-for": ("FUNDS",),
    "funds.who-agrees": ("APPROVES",),
    "plans.milestones-by-owner": ("RESPONSIBLE_FOR Milestone",),
    "responsibility.answers-for": ("RESPONSIBLE_FOR",),
    "responsibility.joint": ("RESPONSIBLE_FOR",),
    "responsibility.shared-between": ("RESPONSIBLE_FOR",),
    "structure.became": ("BECAME",),
    "structure.holders": ("HOLDS",),
    "structure.members": ("MEMBER_OF",),
    "structure.memberships": ("MEMBER_OF",),
    "structure.parts": ("PART_OF",),
    "structure.reporting-line": ("REPORTS_TO", "POST_IN"),
    "structure.works-with": ("WORKS_WITH",),
}
"""Question → the links, or those to a label, that make a thing worth asking it about.

For the others all links count.
"""

DATES = ("2001-06-30", "2004", "2011-03")
NUMBERS = ("1", "2", "5")
LEAST = 4
"""things that a question about one thing is asked of"""
PAIRS = 3
"""pairs of each sort that a question about two things is asked of"""

_PARAMETER = re.compile(r"^  --(\w+)  (.*)$", flags=re.MULTILINE)
_THING = re.compile(r"\(name, alias or id of a (.+)\)$")


class Chooser:
    """Chooses among the things of an exported bundle: the most linked first."""

    def __init__(self, bundle: Path) -> None:
        self._label: dict[str, str] = {}
        self._links: list[tuple[str, str, str]] = []
        self._degrees: dict[str, Counter[str]] = defaultdict(Counter)
        for path in sorted(bundle.glob("*.csv")):
            with path.open(encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file):
                    self._degrees[SOURCE][row["source"]] += 1
                    if "id" in row:
                        self._label[row["id"]] = path.stem
                        continue
                    ends = (row["from_id"], row["to_id"])
                    self._links.append((path.stem, *ends))
                    self._degrees[path.stem].update(ends)
        for kind, start, end in self._links:
            self._degrees[f"{kind} {self._label.get(end)}"][start] += 1

    def askings(self, question: str, helped: str) -> list[Given]:
        """What to ask `question` with, whose help reads `helped`; each in the order of the help."""
        usage = helped.partition("\n")[0]
        tries: dict[str, Sequence[str]] = {}
        things: dict[str, list[str]] = {}
        for name, about in _PARAMETER.findall(helped):
            if found := _THING.search(about):
                things[name] = re.split(r", | or ", found[1])
            else:
                tries[name] = _values(about)
        needed = {n: tries[n][0] for n in tries if f"[--{n} " not in usage}
        first = self._things(question, things)
        made = [{**given, **needed} for given in first]
        made += [
            {**first[0], **needed, name: value}
            for name, values in tries.items()
            for value in values
        ]
        return [each for n, each in enumerate(made) if each not in made[:n]]

    def _things(self, question: str, wanted: dict[str, list[str]]) -> list[Given]:
        names = list(wanted)
        if not names:
            return [{}]
        by = RESTS_ON.get(question, tuple({kind for kind, _, _ in self._links}))
        ranked = list(self._ranked(wanted[names[0]], by))
        if len(names) == 1:
            return [{names[0]: each} for each in ranked[: max(LEAST, len(wanted[names[0]]))]]
        pairs = list(self._linked(wanted[names[0]], wanted[names[1]]))[:PAIRS]
        pairs += list(self._beside(wanted[names[0]]))[:PAIRS]
        pairs += list(combinations(ranked[:PAIRS], 2))
        return [dict(zip(names, pair, strict=True)) for pair in pairs]

    def _ranked(self, labels: list[str], by: tuple[str, ...]) -> Iterator[str]:
        """Ids of these labels, the most linked of each label in turn."""
        degree = sum((self._degrees[name] for name in by), Counter[str]())
        ordered = sorted(self._label, key=lambda each: (-degree[each], each))
        lines = [[each for each in ordered if self._label[each] == label] for label in labels]
        yield from (each for turn in zip_longest(*lines) for each in turn if each)

    def _linked(self, first: list[str], second: list[str]) -> Iterator[tuple[str, str]]:
        """Pairs of these labels that are linked, one of each type of link."""
        seen = set()
        for kind, start, end in self._links:
            fits = self._label.get(start) in first and self._label.get(end) in second
            if fits and kind not in seen:
                seen.add(kind)
                yield start, end

    def _beside(self, labels: list[str]) -> Iterator[tuple[str, str]]:
        """Pairs of these labels that answer for the same, those that share most first."""
        holders: dict[str, set[str]] = defaultdict(set)
        for kind, start, end in self._links:
            if kind == "RESPONSIBLE_FOR" and self._label.get(start) in labels:
                holders[end].add(start)
        shared = Counter(
            pair for each in holders.values() for pair in combinations(sorted(each), 2)
        )
        yield from sorted(shared, key=lambda pair: (-shared[pair], pair))


def _values(about: str) -> Sequence[str]:
    kind = about.partition("; default ")[0].rpartition("(")[2].rstrip(")")
    if kind.startswith("a date"):
        return DATES
    if kind.startswith("a whole number"):
        return NUMBERS
    return re.split(r", | or ", kind)
