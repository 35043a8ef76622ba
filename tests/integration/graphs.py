"""Small named graphs for tests against a real database, made from our record classes.

Names stand for themselves: `post("Home Secretary")` has the id uk/post/home-secretary. Every fact
has a place of its own in a made-up document, so that a test can tell which facts a row rests on.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from graph.bundle.folder import Source, write_bundle
from graph.database.store import Store
from graph.load.load import load_bundle
from graph.schema.model import Node, Provenance, Record, Relationship, make_id
from graph.schema.nodes import (
    PSA,
    Conclusion,
    Document,
    Fund,
    Initiative,
    Milestone,
    Organisation,
    Person,
    Post,
    Target,
)
from graph.schema.relationships import (
    ActedOn,
    Approves,
    Became,
    Funds,
    Holds,
    MadeIn,
    MemberOf,
    PartOf,
    PostIn,
    RefersTo,
    ReportsTo,
    ResponsibleFor,
    StatesAmount,
    TargetOf,
    WorksWith,
)

PLAN = "uk/document/plan"
REVIEW = "uk/document/review"


def load_records(store: Store, records: Iterable[Record]) -> None:
    """Load records as one bundle, by the same way that everything comes in."""
    with tempfile.TemporaryDirectory() as folder:
        bundle = Path(folder) / "bundle"
        source = Source(title="A plan", licence="made up", id=PLAN, jurisdiction="uk")
        write_bundle(source, records, bundle)
        load_bundle(store, bundle)


def at(locator: str, **more: Any) -> Provenance:
    """A place in the plan, or in another document by `source=`."""
    return Provenance(**{"source": PLAN, "locator": locator, "judgement": "accepted", **more})


def thing(cls: type[Any], name: str, *labels: str, **values: Any) -> Any:
    """A node named `name`; its place is `name` too unless `where` says otherwise."""
    where = values.pop("where", None) or at(name)
    made = {"id": make_id("uk", cls.SEGMENT, name), cls.CAPTION: name, **values}
    return cls(labels=labels, provenance=where, **made)


def link(
    cls: type[Any], one: Node, other: Node, locator: str | Provenance, /, **values: Any
) -> Relationship:
    """A relationship between two nodes, said at `locator`."""
    where = at(locator) if isinstance(locator, str) else locator
    made: Relationship = cls(from_id=one.id, to_id=other.id, provenance=where, **values)
    return made


def caption(node: Node) -> str:
    """The words that name a node on a screen."""
    return str(getattr(node, node.CAPTION, node.provenance.locator))


def answers(party: Node, role: str, item: Node, **more: Any) -> Relationship:
    """`party` answers for `item`; the place reads 'Home Office lead Drugs 1'."""
    place = at(f"{caption(party)} {role} {caption(item)}", **more)
    return link(ResponsibleFor, party, item, place, role=role)


plan = thing(Document, "plan", title="The plan", publisher="Cabinet Office", published="2001-03")
review = thing(
    Document, "review", title="The review", published="2002", where=at("cover", source=REVIEW)
)
home = thing(Organisation, "Home Office", "Department")
health = thing(Organisation, "Department of Health", "Department")
treasury = thing(Organisation, "Treasury", "Department")
security = thing(Organisation, "Security Department", "Department", end="2001-06")
works = thing(Organisation, "Works Department", "Department")
drugs_unit = thing(Organisation, "Drugs Unit", "Unit")
drugs_team = thing(Organisation, "Drugs Team", "Unit")
board = thing(Organisation, "Board", "Group")
forum = thing(Organisation, "Forum", "Group")
home_secretary = thing(Post, "Home Secretary", "Minister", aliases=("Secretary of the Home",))
health_secretary = thing(Post, "Health Secretary", "Minister")
chief_secretary = thing(Post, "Chief Secretary", "Minister")
drugs_head = thing(Post, "Head of Drugs", "Official")
ann = thing(Person, "Ann")
bob = thing(Person, "Bob")
drugs = thing(PSA, "Drugs", kind="cross-cutting")
drugs_1 = thing(Target, "Drugs 1", number="1")
drugs_2 = thing(Target, "Drugs 2", number="2")
drugs_3 = thing(Target, "Drugs 3", number="3")
testing = thing(Initiative, "Testing")
campaign = thing(Initiative, "Campaign")
reserve = thing(Fund, "Reserve", kind="reserve")

RESPONSIBILITY: list[Record] = [
    *(plan, home, health, treasury, security, works, home_secretary, health_secretary),
    *(chief_secretary, drugs, drugs_1, drugs_2, drugs_3, testing, campaign, reserve),
    link(PostIn, home_secretary, home, at("1", basis="inferred", confidence=0.9)),
    link(PostIn, health_secretary, health, "2"),
    link(PostIn, chief_secretary, treasury, "3"),
    link(TargetOf, drugs_1, drugs, "4"),
    link(TargetOf, drugs_2, drugs, "5"),
    link(TargetOf, drugs_3, drugs, "6"),
    answers(home_secretary, "lead", drugs_1),
    answers(health_secretary, "support", drugs_1),
    answers(chief_secretary, "lead", drugs_1, judgement="rejected"),
    answers(home_secretary, "lead", drugs_2),
    answers(treasury, "joint", drugs),
    answers(home, "joint", drugs),
    answers(home, "lead", testing),
    answers(health, "lead", testing),
    answers(home, "joint", campaign),
    answers(health_secretary, "joint", campaign),
    answers(chief_secretary, "consulted", campaign),
    answers(treasury, "support", reserve),
    answers(security, "lead", reserve, judgement="rejected"),
    answers(security, "support", campaign),
    link(Became, security, works, "7", on="2001-06", kind="rename"),
]
"""Ministers and departments around an agreement with three targets; two links are rejected."""


def conclusion(number: int, **values: Any) -> Any:
    made = {"number": number, "kind": "conclusion", "summary": f"summary {number}", **values}
    return thing(Conclusion, f"Conclusion {number}", **made)


april = conclusion(1, due_text="by April 2000", due_end="2000-04")
spring = conclusion(2, due_text="from spring 2000", due_start="2000-03")
year = conclusion(3, due_text="2001", due_start="2001", due_end="2001", kind="priority")
going = conclusion(4, due_text="ongoing", due_end="2000-01-01", ongoing=True, kind="action")
undated = conclusion(5, due_text="in due course", response="noted")
misread = conclusion(6, due_end="1999-01-01", where=at("Conclusion 6", judgement="rejected"))

CONCLUSIONS: list[Record] = [
    *(plan, review, home, health, treasury, home_secretary, health_secretary),
    *(april, spring, year, going, undated, misread),
    *(link(MadeIn, c, plan, f"made {c.number}") for c in (april, spring, year, going, misread)),
    link(MadeIn, undated, review, "made 5"),
    link(PostIn, home_secretary, home, "1"),
    answers(home, "lead", april),
    answers(home_secretary, "joint", spring),
    answers(health_secretary, "joint", spring),
    answers(treasury, "lead", year),
    answers(treasury, "lead", undated, judgement="rejected"),
    link(ActedOn, home_secretary, april, "2", done="wrote a letter"),
    link(ActedOn, health, april, "3", done="held a seminar", planned="another"),
    link(ActedOn, home, april, "4", planned="a report"),
    link(ActedOn, treasury, going, "5", done="published"),
    link(ActedOn, treasury, undated, at("6", judgement="rejected"), done="nothing"),
    link(RefersTo, april, spring, "7"),
    link(RefersTo, spring, year, "8"),
    link(RefersTo, april, year, at("9", judgement="rejected")),
    link(RefersTo, year, april, "10"),
    link(RefersTo, undated, year, "11"),
]
"""Five conclusions with every sort of deadline, and a sixth that a reviewer rejected."""

renewal = thing(Fund, "Renewal Fund", kind="fund", summary="for renewal")
idle = thing(Fund, "Idle Fund", kind="budget", summary="purpose unknown")
saving = thing(Fund, "Saving", kind="saving")


def amount(cited: Node, fund: Node, sum_of: float, locator: str, **values: Any) -> Relationship:
    return link(
        StatesAmount, cited, fund, locator, **{"amount": sum_of, "currency": "GBP", **values}
    )


MONEY: list[Record] = [
    *(plan, review, home, health, treasury, chief_secretary, home_secretary),
    *(renewal, idle, saving, reserve, testing, campaign),
    link(PostIn, chief_secretary, treasury, "1"),
    link(PostIn, home_secretary, home, "2"),
    answers(treasury, "lead", renewal),
    link(Approves, chief_secretary, renewal, "3", condition="spending over two years"),
    link(Approves, home_secretary, renewal, "4"),
    link(Approves, health, renewal, at("5", judgement="rejected")),
    answers(home, "lead", idle),
    link(Funds, renewal, testing, "6"),
    link(Funds, renewal, health, "7"),
    link(Funds, idle, campaign, at("8", judgement="rejected")),
    link(Funds, reserve, campaign, "9"),
    answers(home, "lead", testing),
    amount(plan, renewal, 900e6, "10"),
    amount(review, renewal, 800e6, "11"),
    amount(plan, renewal, 300e6, "12", amount_basis="per year"),
    amount(plan, reserve, 5e6, "13", period_start="2001-04", period_end="2002-03"),
    amount(plan, reserve, 6e6, "14", period_start="2002-04", period_end="2003-03"),
    link(StatesAmount, review, reserve, at("15", judgement="rejected"), amount=7e6, currency="GBP"),
]
"""Four funds: one shared, with two totals; one idle; one with an amount a year; a saving."""

STRUCTURE: list[Record] = [
    *(plan, home, health, treasury, security, works, drugs_unit, drugs_team, board, forum),
    *(home_secretary, health_secretary, drugs_head, ann, bob, drugs_1),
    link(PostIn, home_secretary, home, "1"),
    link(PostIn, drugs_head, drugs_unit, "2"),
    link(PartOf, drugs_unit, home, "3"),
    link(PartOf, drugs_team, drugs_unit, "4"),
    link(PartOf, drugs_team, treasury, at("5", judgement="rejected")),
    link(ReportsTo, drugs_unit, health_secretary, "6"),
    link(Holds, ann, home_secretary, at("7", observed="2001"), start="2001-06-08"),
    link(Holds, bob, home_secretary, at("8", observed="1999"), end="2001-06", acting=True),
    link(MemberOf, home_secretary, board, "9", role="chair"),
    link(MemberOf, health, board, "10"),
    link(MemberOf, ann, board, "11", role="observer"),
    link(MemberOf, home_secretary, forum, "12"),
    link(MemberOf, treasury, forum, at("13", judgement="rejected")),
    link(Became, security, works, "14", on="2001-06", kind="rename"),
    link(Became, works, home, "15", on="2005", kind="merger"),
    link(Became, health, home, at("16", judgement="rejected")),
    link(WorksWith, home, health, "17", on="testing"),
    link(WorksWith, health, home, "18", on="prevention"),
    answers(health_secretary, "lead", drugs_1),
]
"""A unit and its team below a department, two groups, two holders of one post, a succession."""


def milestone(name: str, **values: Any) -> Any:
    return thing(Milestone, name, **{"service": "Police", "summary": f"about {name}", **values})


maps = milestone("Maps", due_text="March 2009", due_start="2009-03", due_end="2009-03")
paper = milestone("Paper", due_text="2009", due_start="2009", due_end="2009")
pilots = milestone("Pilots", due_text="ongoing", service="Health")
launch = milestone("Launch", due_text="21 January 2009", due_end="2009-01-21")
aim = thing(
    Conclusion, "Priority 1", number=1, kind="priority", summary="spend less", due_text="soon"
)
act = thing(Conclusion, "Action 1", number=1, kind="action", summary="write it down")

PLANS: list[Record] = [
    *(plan, home, health, treasury, home_secretary, maps, paper, pilots, launch, aim, act),
    link(PostIn, home_secretary, home, "1"),
    link(MadeIn, aim, plan, "2"),
    link(MadeIn, act, plan, "3"),
    answers(home, "joint", maps),
    answers(treasury, "joint", maps),
    answers(home_secretary, "lead", paper),
    answers(health, "support", paper),
    answers(health, "lead", pilots, judgement="rejected"),
    answers(health, "lead", launch),
    answers(treasury, "lead", aim),
    link(ActedOn, home, aim, "4", done="spent less"),
]
"""Four milestones, one without an owner, and a priority and an action of the plan."""

_elsewhere = at("r1", source=REVIEW, confidence=0.5, basis="inferred", judgement="unreviewed")

EVIDENCE: list[Record] = [
    *(plan, review, home_secretary, drugs_1),
    thing(Organisation, "Home Office", "Department", where=at("p0")),
    link(PostIn, home_secretary, home, _elsewhere),
    link(ReportsTo, home, home_secretary, at("p9", judgement="rejected")),
    link(
        ResponsibleFor,
        home_secretary,
        drugs_1,
        at("p1", quote="the Home Secretary leads", rule="lead-of", observed="2001"),
        role="lead",
        start="2000-07",
    ),
    link(
        ResponsibleFor,
        home_secretary,
        drugs_1,
        at("r2", source=REVIEW, judgement="unreviewed"),
        role="lead",
    ),
]
"""Two documents; the review infers one link and repeats another; one link is rejected."""
