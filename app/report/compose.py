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
    subject,
)
from app.report.deadlines import deadlines, progress
from app.report.gaps import doubts, shortfalls
from app.report.groups import groups
from app.report.model import (
    Block,
    Bullets,
    Line,
    Paragraph,
    Section,
    Strong,
    TableBlock,
    cite,
    cited,
    day,
    left_out,
    numbered,
)
from app.report.money import exact, funds
from app.report.pictures import bars
from app.report.ranking import standing
from app.text.escape import sentence
from app.text.sheet import plain
from graph.errors import NameNotFound, ParameterError
from graph.progress import SILENT, Progress
from graph.read.fact import STATED
from graph.schema.types import LABELS
from graph.schema.words import heading, listed, many, number_of, one, title
from queries.ask import ask
from queries.catalogue import TOPICS, catalogue

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from app.report.context import BriefingPart
    from app.report.model import Briefing
    from graph.database.store import Store
    from graph.read.project import Graph
    from queries.ask import Answer


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
        sections.insert(0, Section(IN_BRIEF, [Bullets(headlines)]))
    sections.append(doubts(matter, sections, unsaid))
    # The things that the briefing gathers, by kind.
    by_label: dict[str, list[str]] = {}
    for known in map(facts.thing, facts.ordered(matter.subject.covered)):
        by_label.setdefault(known.label, []).append(known.name)
    if len(matter.subject.covered) > 1:
        rule = (
            "A briefing gathers a thing, what bears its name or an abbreviation of it, and what is "
            "directly linked to it as its target, fund, post, part or product."
        )
        lines = [
            f"{sentence(many(label))}: {'; '.join(names)}." for label, names in by_label.items()
        ]
        covered = Bullets([(line,) for line in (rule, *lines)])
        sections.append(Section("What this briefing covers", [covered]))
    standfirst = [*_kinds(matter), drawn_from(facts, sections)]
    documents = graph.graph["documents"]
    return numbered(matter.subject.name, standfirst, sections, documents, date)


def _kinds(matter: Matter) -> list[str]:
    """What the subject is, and the date."""
    things = [matter.facts.thing(id_) for id_ in matter.subject.core]
    kinds = [one(thing.label if thing.label in ITEMS else thing.kind) for thing in things]
    named = [f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}" for kind in dict.fromkeys(kinds)]
    if len(named) == 1:
        return [f"Briefing on {named[0]}, {day(matter.date)}"]
    all_ = "both" if len(named) == 2 else "all"
    return [
        f"Briefing, {day(matter.date)}",
        f"The documents give this name to {listed(named)}; {all_} are covered.",
    ]


def drawn_from(facts: BriefingFacts, sections: Sequence[Section]) -> str:
    """What a briefing rests on, and how to read its numbers."""
    known = facts.graph.graph["documents"]
    used = dict.fromkeys(piece.document for piece in cited(sections))
    titles = [str(known.get(document, {}).get("title") or document) for document in used]
    if not used:
        return "No document in the graph speaks of it."
    what = listed(titles) if len(titles) <= NAMED else number_of(len(titles), "document")
    return f"Drawn from {what}. Numbers in square brackets lead to the paragraphs, at the end."


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
    empty: list[Line] = []
    for question in catalogue().values():
        needed = [param for param in question.params if param.required]
        # A question that needs more than a date is about one thing.
        if question.topic != topic or any(param.type != "date" for param in needed):
            continue
        answer = ask(store, question, {param.name: date for param in needed})
        if answer.rows:
            sections.append(_answered(answer))
            headlines.append(_headline(answer))
        else:
            empty.append((question.question,))
    sections += (s for name in ANALYSES.get(topic, ()) if (s := _analysed(matter, name)))
    if headlines:
        sections.insert(0, Section(IN_BRIEF, [Bullets(headlines)]))
    if empty:
        sections.append(Section("Asked, and nothing found", [Bullets(empty)]))
    sections.append(doubts(matter, sections, ()))
    standfirst = [f"Briefing on a topic, {day(date)}", drawn_from(facts, sections)]
    return numbered(title(topic), standfirst, sections, graph.graph["documents"], date)


def _headline(answer: Answer) -> Line:
    names = [name for name, kind in answer.question.columns.items() if kind == "str"]
    labels = list(dict.fromkeys(_label(row.values, names) for row in answer.rows if names))
    among = "; ".join(labels[:AMONG]) + ("; and others" if len(labels) > AMONG else "")
    places = (piece for row in answer.rows[:AMONG] for piece in cite(row.evidence).evidence[:2])
    return (Strong(answer.question.question), f" {_count(answer)}: {among} ", cite(places), ".")


def _count(answer: Answer) -> str:
    return sentence(f"{answer.denominator_text} {answer.question.of_what}".strip())


def _answered(answer: Answer) -> Section:
    question, types = answer.question.question, answer.question.columns
    shown = answer.rows[:ROWS]
    rows = [
        [*(_cell(name, row.values) for name in types), (cite(row.evidence, CITED),)]
        for row in shown
    ]
    blocks = [
        _table(_count(answer), list(types), rows, types),
        *left_out(len(answer.rows) - ROWS, "more row"),
        *_chart(question, [row.values for row in shown], types),
        Paragraph((f"Bear in mind: {answer.caveat}",), quiet=True),
    ]
    return Section(question, blocks)


def _analysed(matter: Matter, name: str) -> Section | None:
    from graph.analyses import analysis

    result, facts = matter.analysed(name), matter.facts
    if not result.rows:
        return None
    types = result.columns
    columns = [
        column
        for column in types
        if column not in ("id", *_LEFT_OUT)
        and not column.endswith("_ids")
        and types.keys().isdisjoint((f"{column}_name", f"{column}_names"))
    ]
    rows = []
    for row, stating in zip(result.rows[:ROWS], result.rests_on, strict=False):
        values = {column: row[column] for column in columns}
        for column, value in values.items():
            if isinstance(value, (list, tuple)):
                values[column] = [facts.thing(v).name if v in facts.graph else v for v in value]
        rows.append([*(_cell(column, values) for column in columns), (cite(stating, CITED),)])
    blocks = [
        Bullets([(line,) for line in result.sentences]),
        _table(analysis(name).title, columns, rows, types),
        *left_out(len(result.rows) - ROWS, "more row"),
    ]
    return Section(analysis(name).title, blocks)


def _table(
    caption: str, columns: Sequence[str], rows: Sequence[Sequence[Line]], types: Mapping[str, str]
) -> TableBlock:
    heads = [*map(heading, columns), "Source"]
    numbers = [heading(column) for column in columns if types[column] in ("int", "float")]
    return TableBlock(caption, heads, rows, numbers).filled()


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
