"""A briefing from an open store: on one subject, or on a topic of the questions."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from app.report.answering import answering
from app.report.context import (
    ITEMS,
    BriefingFacts,
    BriefingSubject,
    Matter,
    core_of,
    of_analysis,
    subject,
)
from app.report.deadlines import deadlines, progress
from app.report.gaps import doubts, shortfalls
from app.report.groups import groups
from app.report.model import (
    Block,
    Bullets,
    Cite,
    Line,
    Paragraph,
    Section,
    Strong,
    TableBlock,
    cite,
    cites,
    numbered,
)
from app.report.money import funds
from app.report.phrases import capital, day, exact
from app.report.pictures import bars
from app.report.ranking import standing
from app.text.sheet import plain
from graph.errors import NameNotFound, ParameterError
from graph.progress import SILENT, Progress
from graph.schema.types import LABELS
from graph.schema.words import heading, listed, many, number_of, one, title
from queries.ask import ask
from queries.catalogue import TOPICS, catalogue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from app.report.context import BriefingPart
    from app.report.model import Briefing
    from graph.database.store import Store
    from graph.read.project import Graph
    from queries.ask import Answer
    from queries.question import Question


IN_BRIEF = "In brief"
NAMED = 3
"""documents that are named at the beginning; more are counted"""
PARTS: tuple[tuple[Callable[[Matter], BriefingPart], str], ...] = (
    (answering, "who answers for it"),
    (funds, "money for it"),
    (deadlines, "a deadline or a period"),
    (groups, "groups, their members or reporting lines"),
    (progress, "what was done about it"),
    (standing, "anybody whose place in the whole could be measured"),
    (shortfalls, ""),
)
"""The parts in order, each with what it would say if it had anything to say."""


def compose(
    store: Store,
    *,
    thing: str | None = None,
    topic: str | None = None,
    date: str,
    progress: Progress = SILENT,
) -> Briefing:
    """The briefing on a thing (by name, alias or id) or else on a topic, as of `date`.

    Raises NameNotFound with the nearest names, ParameterError for an unknown topic, DatabaseError.
    """
    from graph.read.fact import STATED
    from graph.read.project import project

    graph = project(store, types=STATED, progress=progress)
    progress.start("writing the briefing", None, "")
    if thing is not None:
        return about(store, graph, thing, date)
    return on_topic(store, graph, topic or "", date)


def about(store: Store, graph: Graph, thing: str, date: str) -> Briefing:
    """The briefing on the thing that `thing`, a name, alias or id, stands for.

    `graph` is the projection of `store` and `date` (YYYY-MM-DD) the date it is written as of.
    Raises NameNotFound with the nearest names, and DatabaseError.
    """
    core = [id_ for id_ in core_of(store, thing) if id_ in graph]
    if not core:
        raise NameNotFound(
            f"'{thing}' is a passage of a document: write about the document, or about a thing"
        )
    facts = BriefingFacts(graph)
    matter = Matter(store, facts, subject(facts, core), date)
    sections: list[Section] = []
    headlines: list[Line] = []
    unsaid: list[str] = []
    for write, missing in PARTS:
        part = write(matter)
        headlines += part.headlines
        if part.section is not None:
            sections.append(part.section)
        elif missing:
            unsaid.append(missing)
    if headlines:
        sections.insert(0, Section(IN_BRIEF, (Bullets(tuple(headlines)),)))
    sections.append(doubts(matter, sections, unsaid))
    covered = _covered(matter)
    if covered is not None:
        sections.append(covered)
    documents = graph.graph["documents"]
    return numbered(matter.subject.name, _standfirst(matter, sections), sections, documents, date)


def _standfirst(matter: Matter, sections: Sequence[Section]) -> list[str]:
    facts = matter.facts
    kinds = list(dict.fromkeys(_kind(facts, id_) for id_ in matter.subject.core))
    lines = [f"Briefing, {day(matter.date)}"]
    if len(kinds) > 1:
        named = listed(f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}" for kind in kinds)
        covered = "both" if len(kinds) == 2 else "all"
        lines.append(f"The documents give this name to {named}; {covered} are covered.")
    else:
        lines[0] = f"Briefing on {'an' if kinds[0][0] in 'aeiou' else 'a'} {kinds[0]}" + (
            f", {day(matter.date)}"
        )
    return [*lines, drawn_from(facts, sections)]


def drawn_from(facts: BriefingFacts, sections: Sequence[Section]) -> str:
    """What a briefing rests on, and how to read its numbers."""
    known = facts.graph.graph["documents"]
    used = dict.fromkeys(piece.document for cite in cites(sections) for piece in cite.evidence)
    titles = [str(known.get(document, {}).get("title") or document) for document in used]
    if not used:
        return "No document in the graph speaks of it."
    what = listed(titles) if len(titles) <= NAMED else number_of(len(titles), "document")
    return f"Drawn from {what}. Numbers in square brackets lead to the paragraphs, at the end."


def _kind(facts: BriefingFacts, id_: str) -> str:
    thing = facts.thing(id_)
    return one(thing.label if thing.label in ITEMS else thing.kind)


def _covered(matter: Matter) -> Section | None:
    """The things that the briefing gathers, by kind."""
    facts, own = matter.facts, matter.subject
    if len(own.covered) < 2:
        return None
    by_kind: dict[str, list[str]] = {}
    for id_ in facts.ordered(own.covered):
        by_kind.setdefault(facts.thing(id_).label, []).append(facts.thing(id_).name)
    rule: Line = (
        "A briefing gathers a thing, what bears its name or an abbreviation of it, and what is "
        "directly linked to it as its target, fund, post, part or product.",
    )
    lines = [(f"{capital(many(label))}: {'; '.join(names)}.",) for label, names in by_kind.items()]
    return Section("What this briefing covers", (Bullets((rule, *lines)),))


ROWS = 12
"""rows of a table; a briefing says how many more there are"""
CITED = 8
"""places of a row that are cited at most"""
LEAST = 3
"""different numbers that are worth a chart"""
AMONG = 3
"""rows that the beginning names"""
LONGEST = 6
"""parts of a list that a cell names"""
ANALYSES: dict[str, tuple[str, ...]] = {
    "responsibility": ("joint.pairs", "bottlenecks"),
    "funds": ("bottlenecks.vetoes",),
    "structure": ("bottlenecks.load",),
    "plans": ("bottlenecks.cut_points",),
    "conclusions": ("gaps.summary",),
}
"""Topic → the analyses that belong to it."""
_LEFT_OUT = ("rank", "fund_ids", "question", "gap", "weight")


def check_topic(topic: str) -> str:
    """The topic as the questions spell it. Raises ParameterError naming those there are."""
    wanted = topic.strip().lower()
    if wanted in TOPICS:
        return wanted
    near = get_close_matches(wanted, TOPICS, 1)
    hint = f" Did you mean '{near[0]}'?" if near else ""
    raise ParameterError(f"there is no topic '{topic}' (known: {', '.join(TOPICS)}).{hint}")


def on_topic(store: Store, graph: Graph, topic: str, date: str) -> Briefing:
    """The briefing on a topic of the questions, as of a date.

    Raises ParameterError for an unknown topic, and DatabaseError.
    """
    topic = check_topic(topic)
    facts = BriefingFacts(graph)
    matter = Matter(store, facts, BriefingSubject(title(topic), (), (), (), (), ()), date)
    sections: list[Section] = []
    headlines: list[Line] = []
    empty: list[str] = []
    for question in catalogue().values():
        given = _given(question, date)
        if question.topic != topic or given is None:
            continue
        answer = ask(store, question, given)
        if answer.rows:
            sections.append(_answered(answer))
            headlines.append(_headline(answer))
        else:
            empty.append(question.question)
    for name in ANALYSES.get(topic, ()):
        section = _analysed(matter, name)
        if section is not None:
            sections.append(section)
    if headlines:
        sections.insert(0, Section("In brief", (Bullets(tuple(headlines)),)))
    if empty:
        lines: list[Line] = [(question,) for question in empty]
        sections.append(Section("Asked, and nothing found", (Bullets(tuple(lines)),)))
    sections.append(doubts(matter, sections, ()))
    standfirst = [f"Briefing on a topic, {day(date)}", drawn_from(facts, sections)]
    return numbered(title(topic), standfirst, sections, graph.graph["documents"], date)


def _given(question: Question, date: str) -> dict[str, str] | None:
    """What a question needs to be asked of the whole graph; None when it is about one thing."""
    given = {}
    for param in question.params:
        if param.required and param.type != "date":
            return None
        if param.required:
            given[param.name] = date
    return given


def _headline(answer: Answer) -> Line:
    names = [name for name, kind in answer.question.columns.items() if kind == "str"]
    labels = dict.fromkeys(_label(row.values, names) for row in answer.rows if names)
    among = "; ".join(list(labels)[:AMONG]) + ("; and others" if len(labels) > AMONG else "")
    return (
        Strong(answer.question.question),
        f" {capital(_count(answer))}: {among} ",
        cite(piece for row in answer.rows[:AMONG] for piece in _cite(row.evidence).evidence[:2]),
        ".",
    )


def _count(answer: Answer) -> str:
    return f"{answer.denominator_text} {answer.question.of_what}".strip()


def _cite(evidence: Iterable[Any]) -> Cite:
    return cite(evidence, CITED)


def _answered(answer: Answer) -> Section:
    columns = list(answer.question.columns)
    shown = answer.rows[:ROWS]
    rows = [
        (*(_cell(name, row.values) for name in columns), (_cite(row.evidence),)) for row in shown
    ]
    types = answer.question.columns
    blocks: list[Block] = [
        _table(capital(_count(answer)), columns, rows, types),
        *_more(len(answer.rows)),
        *_chart(answer.question.question, [row.values for row in shown], types),
        Paragraph((f"Bear in mind: {answer.caveat}",), quiet=True),
    ]
    return Section(answer.question.question, tuple(blocks))


def _analysed(matter: Matter, name: str) -> Section | None:
    from graph.analyses import analysis

    result = matter.analysed(name)
    if not result.rows:
        return None
    named = {column for column in result.columns if f"{column}_name" in result.columns}
    named |= {column for column in result.columns if f"{column}_names" in result.columns}
    columns = [
        c for c in result.columns if c not in named | {"id", *_LEFT_OUT} and not c.endswith("_ids")
    ]
    rows = []
    for row, facts in zip(result.rows[:ROWS], result.rests_on, strict=False):
        values = {c: _names(matter.facts, row[c]) for c in columns}
        rows.append((*(_cell(c, values) for c in columns), (cite(of_analysis(facts)[:CITED]),)))
    blocks: list[Block] = [
        Bullets(tuple((sentence,) for sentence in result.sentences)),
        _table(analysis(name).title, columns, rows, result.columns),
        *_more(len(result.rows)),
    ]
    return Section(analysis(name).title, tuple(blocks))


def _names(facts: BriefingFacts, value: Any) -> Any:
    """Names for the ids of a list."""
    if not isinstance(value, (list, tuple)):
        return value
    return [facts.thing(v).name if v in facts.graph else v for v in value]


def _table(
    caption: str,
    columns: list[str],
    rows: list[tuple[Line, ...]],
    types: Mapping[str, str],
) -> TableBlock:
    kept = [n for n in range(len(columns)) if any(row[n] != ("",) for row in rows)]
    heads = [heading(columns[n]) for n in kept]
    numbers = [heading(columns[n]) for n in kept if types[columns[n]] in ("int", "float")]
    cells = tuple((*(row[n] for n in kept), row[-1]) for row in rows)
    return TableBlock(caption, (*heads, "Source"), cells, frozenset(numbers))


def _cell(name: str, values: Mapping[str, Any]) -> Line:
    value = values[name]
    if value is None or value in ("", [], ()):
        return ("",)
    if isinstance(value, float) and "currency" in values:
        return (exact(value, values["currency"]),)
    if isinstance(value, float):
        return (f"{value:,.3g}",)
    if isinstance(value, int) and not isinstance(value, bool):
        return (f"{value:,}",)
    if isinstance(value, (list, tuple)):
        return (listed((plain(part) for part in value), LONGEST),)
    text = plain(value)
    if name in ("date", "latest", "published", "start", "end", "observed"):
        return (day(text),)
    return (one(text) if text in LABELS else text,)


def _more(rows: int) -> list[Block]:
    if rows <= ROWS:
        return []
    return [Paragraph((f"{number_of(rows - ROWS, 'more row')} left out.",), quiet=True)]


def _chart(asked: str, rows: list[dict[str, Any]], types: Mapping[str, str]) -> list[Block]:
    """Bars of the first whole number of the rows, where it differs between them."""
    names = [name for name, kind in types.items() if kind == "str"]
    numbers = [name for name, kind in types.items() if kind == "int"]
    if not names or not numbers or len({row[numbers[0]] for row in rows}) < LEAST:
        return []
    shown = [
        (_label(row, names), float(row[numbers[0]]), f"{row[numbers[0]]:,}")
        for row in rows
        if row[numbers[0]] is not None
    ]
    return [bars(f"{heading(numbers[0])}: {asked}", shown)]


def _label(row: Mapping[str, Any], names: list[str]) -> str:
    pair = [row[name] for name in ("first", "second") if name in names]
    text = " and ".join(map(str, pair)) if len(pair) == 2 else str(row[names[0]])
    return many(text) if text in LABELS else text
