"""What the explorer draws, made from an excerpt: plain values that can be written as JSON.

- `picture_data`: things, links and types with all that is stated of them.
- `grouped`: things gathered into groups, by type, by department or by cluster. A group has two
  members or more; what is in none is drawn by itself, and so is the centre.
- `packed` and `message`: only what the browser does not hold yet. Things and links are sent once;
  afterwards only what is new, changed or gone, against the version that was sent before. Texts that
  repeat (titles of documents, how sure) are sent once, in a list. `front/delta.js` puts it together
  again, and asks for the whole when it lacks the version before.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from app.explorer.state import ViewState, filters_in_words
from app.text.escape import clean
from graph.schema.relationships import ROLES
from graph.schema.types import NODE_TYPES, RELATIONSHIP_TYPES
from graph.schema.words import many, one, sureness

if TYPE_CHECKING:
    from datetime import date

    from graph.read.fact import Citation, Fact, Thing
    from graph.read.subgraph import Department, Excerpt

Data = dict[str, Any]


def packed(data: Data, known: Sequence[str] = ()) -> Data:
    """The same data with every title and judgement sent once, and a version of its contents.

    `known` are the texts sent before, which keep their positions. A fact is a row: title and
    sureness by their positions in `words`, then locator, role, what else it says, quote and
    passage, empty ones at the end left out.
    """
    words = {word: number for number, word in enumerate(known)}
    links = {link["id"]: _packed_link(link, words) for link in data["links"]}
    things: Data = {}
    for thing in data["things"]:
        values = {name: value for name, value in thing.items() if value not in (False, "")}
        if values.get("short") == thing["name"]:
            del values["short"]
        things[thing["id"]] = values
    text = json.dumps([list(things.values()), list(links.values()), list(words)], sort_keys=True)
    version = hashlib.sha256(text.encode()).hexdigest()[:16]
    return {**data, "version": version, "things": things, "links": links, "words": list(words)}


def message(now: Data, before: Data | None) -> Data:
    """What to send: the whole of `now`, or what became of `before` where that is less."""
    whole = {**now, "things": list(now["things"].values()), "links": list(now["links"].values())}
    if before is None or before["key"] != now["key"]:
        return whole
    changed: Data = {**now, "base": before["version"], "gone": []}
    for name in ("things", "links"):
        held = before[name]
        changed[name] = [value for id_, value in now[name].items() if held.get(id_) != value]
        changed["gone"] += [id_ for id_ in held if id_ not in now[name]]
    size = len(changed["things"]) + len(changed["links"])
    return changed if size * 2 <= len(whole["things"]) + len(whole["links"]) else whole


def _packed_link(link: Data, words: dict[str, int]) -> Data:
    # Id and sentence are derived again from the ends, the reading and the roles.
    kept = {
        name: value
        for name, value in link.items()
        if value not in (False, "", 0) and name not in ("id", "said", "facts")
    }
    kept["type"] = link["id"].split(" ")[1]
    kept["facts"] = [_packed_fact(fact, words) for fact in link["facts"]]
    return kept


def _packed_fact(fact: Data, words: dict[str, int]) -> list[Any]:
    row = [
        words.setdefault(fact["title"], len(words)),
        words.setdefault(fact["sure"], len(words)),
        *(fact[name] for name in ("locator", "role", "says", "quote", "passage")),
    ]
    while row[-1] == "":
        row.pop()
    return row


SEED = 1


@dataclass(frozen=True)
class Group:
    """Some things that are drawn as one until the group is opened."""

    id: str
    """`by-type/Post`, `by-department/uk/org/home-office`, `by-cluster/uk/org/home-office`"""
    name: str
    members: tuple[str, ...]
    label: str = ""
    """the type whose colour and shape it has; empty for none"""


@dataclass(frozen=True)
class Drawn:
    """How a saved view of Explore draws its part of the graph, which has it as `graph["drawn"]`."""

    state: ViewState
    left_out: int
    """things that the view's own rule leaves out"""
    rule: str
    groups: tuple[Group, ...]
    positions: Mapping[str, tuple[float, float]]


def grouped(
    by: str, excerpt: Excerpt, departments: Callable[[], Mapping[str, Department]]
) -> list[Group]:
    """The groups by type, department or cluster; none for anything else.

    `departments` says which department each body or post belongs to; it is asked only if needed.
    """
    if by == "type":
        return by_type(excerpt)
    if by == "cluster":
        return by_cluster(excerpt)
    return by_department(excerpt, departments()) if by == "department" else []


def by_type(excerpt: Excerpt) -> list[Group]:
    """One group for each type of thing."""
    members: dict[str, list[str]] = defaultdict(list)
    for thing in _others(excerpt):
        members[thing.label].append(thing.id)
    return [
        Group(f"by-type/{label}", many(label).capitalize(), tuple(members[label]), label)
        for label in NODE_TYPES
        if len(members[label]) > 1
    ]


def by_department(excerpt: Excerpt, of: Mapping[str, Department]) -> list[Group]:
    """One group for each department: itself, its parts and posts, and what it leads alone.

    `of` says which department a body or post belongs to. What several departments lead stands by
    itself, and so does what none leads.
    """
    led: dict[str, set[Department]] = defaultdict(set)
    for fact in excerpt.facts:
        if fact.type == "RESPONSIBLE_FOR" and fact.role == "lead" and fact.from_id in of:
            led[fact.to_id].add(of[fact.from_id])
    members: dict[Department, list[str]] = defaultdict(list)
    for thing in _others(excerpt):
        departments = {of[thing.id]} if thing.id in of else led.get(thing.id, set())
        if len(departments) == 1:
            members[next(iter(departments))].append(thing.id)
    return [
        Group(f"by-department/{department.id}", department.name, tuple(ids), "Organisation")
        for department, ids in sorted(members.items(), key=lambda item: item[0].name)
        if len(ids) > 1
    ]


def by_cluster(excerpt: Excerpt) -> list[Group]:
    """Groups of things with more links among each other than to others, by Louvain's method.

    Blondel, V. D. et al. (2008), Fast unfolding of communities in large networks. A cluster is
    named after its thing with the most links. The same excerpt gives the same clusters.
    """
    import networkx as nx

    names = excerpt.by_id
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(sorted(names))
    ends = {(min(f.from_id, f.to_id), max(f.from_id, f.to_id)) for f in excerpt.facts}
    graph.add_edges_from(sorted(pair for pair in ends if pair[0] != pair[1]))
    clusters: Iterable[set[str]] = nx.community.louvain_communities(graph, seed=SEED)
    groups = []
    for cluster in clusters:
        first = min(cluster, key=lambda id_: (-graph.degree[id_], id_))
        members = tuple(t.id for t in _others(excerpt) if t.id in cluster)
        if len(members) > 1:
            groups.append(Group(f"by-cluster/{first}", f"Around {names[first].name}", members))
    return sorted(groups, key=lambda group: (-len(group.members), group.id))


def largest(groups: Iterable[Group]) -> str:
    """`12 groups, the largest of 14 things`."""
    sizes = Counter(len(group.members) for group in groups)
    count = sum(sizes.values())
    if not count:
        return "no groups: nothing here goes together in this way"
    return f"{count} group{'s' if count > 1 else ''}, the largest of {max(sizes)} things"


def _others(excerpt: Excerpt) -> list[Thing]:
    return [thing for thing in excerpt.things if thing.id != excerpt.centre]


SHORT = 60
"""characters of a name in the picture; the whole name shows when the thing is chosen"""
WORDS = 1_000
"""characters of a quote or of a link's other properties"""
PASSAGE = 2_000
"""characters of a passage"""
_RESTS = {"end": 1, "start": -1, "": 0}
"""the end that rests on the other, as the browser reads it"""
HELP = (
    "Arrow keys move from thing to thing, L goes round its links, Enter expands, Delete hides, "
    "plus and minus zoom, 0 shows the whole picture, Control with Z takes back, Escape chooses "
    "nothing."
)


def picture_data(
    excerpt: Excerpt,
    *,
    state: ViewState | None = None,
    groups: Sequence[Group] = (),
    made: date | None = None,
    attributions: Sequence[str] = (),
    passages: Mapping[Citation, str] | None = None,
    positions: Mapping[str, Sequence[float]] | None = None,
    note: str = "",
    title: str = "",
) -> dict[str, Any]:
    """The things and lines of an excerpt, with everything that is stated of them.

    Facts of one type between the same two things make one line that knows all of them. `state` is
    the view of it, only its centre where none is given. `made` and `attributions` stand under
    pictures that are saved; `passages` are the texts of the places that facts name; `positions` say
    where things start; `note` is said above the picture; `title` is its heading where there is a
    better one than what is in it says.
    """
    things = excerpt.by_id
    of = state or ViewState(thing=excerpt.centre)
    grown = {*of.expanded, excerpt.centre}
    drawn = [fact for fact in excerpt.facts if fact.from_id in things and fact.to_id in things]
    texts = passages or {}
    return {
        "key": excerpt.centre or "",
        "title": counted(excerpt),
        "file": file_name(excerpt),
        "help": HELP,
        "state": of.query(),
        "note": note,
        "about": {
            "title": clean(title) or heading(excerpt),
            "made": made.isoformat() if made else "",
            "filters": filters_in_words(of.filters),
            "left": left_out_in_words(excerpt),
            "sources": [clean(each, WORDS) for each in attributions],
        },
        "things": [_thing(thing, excerpt.centre, thing.id in grown) for thing in things.values()],
        "links": [
            _link(things, list(facts), texts)
            for _, facts in groupby(sorted(drawn, key=_line), key=_line)
        ],
        "groups": [_group(group) for group in groups],
        "types": [
            {"label": label, "many": many(label), "colour": cls.COLOUR, "shape": cls.SHAPE}
            for label, cls in NODE_TYPES.items()
            if any(thing.label == label for thing in excerpt.things)
        ],
        "start": {
            id_: list(point)
            for id_, point in (positions or {}).items()
            if id_ in things or any(id_ == group.id for group in groups)
        },
    }


def counted(excerpt: Excerpt) -> str:
    """`24 things and 31 links around Home Office`."""
    around = f" around {excerpt.by_id[excerpt.centre].name}" if excerpt.centre else ""
    return clean(f"{len(excerpt.things)} things and {len(excerpt.facts)} links{around}")


def heading(excerpt: Excerpt) -> str:
    """`Around Home Office`, or what the picture is without a centre."""
    if excerpt.centre:
        return clean(f"Around {excerpt.by_id[excerpt.centre].name}")
    return "The things with the most links" if excerpt.rule else "An excerpt"


def left_out_in_words(excerpt: Excerpt) -> str:
    """What is not in the picture, and by which rule; empty when everything is."""
    if not excerpt.left_out:
        return ""
    more = "1 more thing is" if excerpt.left_out == 1 else f"{excerpt.left_out:,} more things are"
    return clean(f"{more} left out. {excerpt.rule}", WORDS)


def file_name(excerpt: Excerpt) -> str:
    """A name for files that hold the picture, without an ending: `around-uk-org-home-office`."""
    if not excerpt.centre:
        return "picture"
    return f"around-{re.sub(r'[^a-z0-9]+', '-', excerpt.centre.lower()).strip('-')}"


def how_sure(fact: Fact) -> str:
    """`stated · confidence 1 · accepted by a reviewer`."""
    return clean(" · ".join(sureness(fact.basis, fact.confidence, fact.judgement)))


def _thing(thing: Thing, centre: str | None, expanded: bool) -> dict[str, Any]:
    name = clean(thing.name) or thing.id
    return {
        "id": thing.id,
        "name": name,
        "short": clean(name, SHORT),
        "label": thing.label,
        "kind": one(thing.kind),
        "centre": thing.id == centre,
        "expanded": expanded,
    }


def _group(group: Group) -> dict[str, Any]:
    name = clean(group.name)
    look = NODE_TYPES[group.label] if group.label else None
    return {
        "id": group.id,
        "name": name,
        "short": clean(name, SHORT),
        "members": list(group.members),
        "label": group.label,
        "colour": look.COLOUR if look else "#9498a0",
        "shape": look.SHAPE if look else "box",
    }


def _link(
    things: dict[str, Thing], facts: list[Fact], passages: Mapping[Citation, str]
) -> dict[str, Any]:
    first = facts[0]
    stated = {fact.role for fact in facts if fact.role}
    roles = [*(role for role in ROLES if role in stated), *sorted(stated - set(ROLES))]
    role = f" ({clean(', '.join(roles), SHORT)})" if roles else ""
    ends = (clean(things[first.from_id].name), clean(things[first.to_id].name))
    return {
        "id": " ".join(_line(first)),
        "source": first.from_id,
        "target": first.to_id,
        "role": next((role for role in roles if role in ROLES), ""),
        "plain": RELATIONSHIP_TYPES[first.type].SYMMETRIC,
        "supports": _RESTS[RELATIONSHIP_TYPES[first.type].RESTS],
        "inferred": all(fact.basis == "inferred" for fact in facts),
        "words": clean(", ".join(roles) or first.reads, SHORT),
        "reads": RELATIONSHIP_TYPES[first.type].READS,
        "said": f"{ends[0]} {first.reads} {ends[1]}{role}",
        "facts": [_fact(fact, passages) for fact in facts],
    }


def _fact(fact: Fact, passages: Mapping[Citation, str]) -> dict[str, str]:
    return {
        "title": clean(fact.title),
        "locator": clean(fact.locator),
        "sure": how_sure(fact),
        "role": clean(fact.role or ""),
        "says": clean(fact.says, WORDS),
        "quote": clean(fact.quote or "", WORDS),
        "passage": clean(passages.get((fact.document, fact.locator), ""), PASSAGE),
    }


def _line(fact: Fact) -> tuple[str, str, str]:
    return (fact.from_id, fact.type, fact.to_id)
