"""Clutter, government by government, and what there may be twice."""

from hashlib import sha256

from graph.analyses import ANALYSES
from graph.analyses.duplicates import duplicates
from graph.analyses.fragmentation import clutter
from graph.read.project import from_records
from graph.schema.model import Provenance, Record
from graph.schema.nodes import Organisation, Post
from graph.schema.relationships import Became, ResponsibleFor
from tests.graph.small import answers, link, node, part_of, post_in, records, small

HERE = Provenance(source="nz/document/plan", locator="1")

TWO: list[Record] = [
    node("org/d", "Department"),
    node("org/unit", "Unit"),
    node("org/group", "Group"),
    node("post/m", "Minister"),
    node("post/n", "Minister"),
    node("fund/v", kind="vote"),
    part_of("org/unit", "org/d"),
    part_of("org/d", "org/unit"),
    post_in("post/m", "org/d"),
    answers("post/m", "target/t"),
    answers("org/d", "target/t"),
    answers("org/d", "fund/v"),
    Organisation(id="nz/org/x", name="X", labels=("Department",), provenance=HERE),
    Post(id="nz/post/y", name="Y", jurisdiction="nz", provenance=HERE),
    ResponsibleFor(from_id="nz/post/y", to_id="uk/target/t", role="lead", provenance=HERE),
]


def test_governments_stand_side_by_side() -> None:
    result = ANALYSES["clutter"].run(from_records(records(*TWO)))
    assert list(result.columns) == ["measure", "nz", "uk"]
    assert {row["measure"]: (row["nz"], row["uk"]) for row in result.rows} == {
        "posts": (1, 2),
        "ministers": (0, 2),
        "departments": (1, 1),
        "bodies": (1, 3),
        "groups": (0, 1),
        "agreements": (0, 0),
        "targets": (0, 1),
        "funds": (0, 1),
        "votes": (0, 1),
        "portfolios": (1, 1),
        "bodies under a minister": (0, 2),
        "items to a holder": (1, 1.5),
        "holders to an item": (0, 2),
    }
    assert result.sentences == (
        "nz: 1 department, 0 ministers and 1 body in the graph; 1.0 items to a holder, 0.0 holders "
        "to an item.",
        "uk: 1 department, 2 ministers and 3 bodies in the graph; 1.5 items to a holder, 2.0 "
        "holders to an item.",
    )
    assert [fact.from_id for fact in result.rests_on[0]] == [
        "nz/post/y", "uk/post/m", "uk/post/n",
    ]  # fmt: skip


def test_one_post_is_a_post_and_an_empty_graph_has_no_government() -> None:
    assert [row.values["uk"] for row in clutter(small(node("post/a")))][:2] == [1, 0]
    result = ANALYSES["clutter"].run(small())
    assert (result.rows, result.denominator, result.sentences) == ([], 0, ())


def pairs(*said: Record, likeness: int = 80) -> list[tuple[str, str, int, bool]]:
    return [
        (d.first[3:], d.second[3:], d.likeness, d.shared > 0)
        for d in duplicates(small(*said), likeness=likeness)
    ]


def test_names_are_near_in_whatever_order_but_not_with_other_numbers() -> None:
    said: list[Record] = [
        node("org/1", name="Neighbourhood Renewal Unit"),
        node("org/2", name="Unit for neighbourhood renewal"),
        node("org/3", name="Police"),
        node("post/4", name="Neighbourhood Renewal Unit"),
        node("initiative/5", name="Welfare to Work 1"),
        node("initiative/6", name="Welfare to Work 2"),
    ]
    assert [(a, b) for a, b, _, _ in pairs(*said)] == [("org/1", "org/2")]
    assert pairs(*said, likeness=100) == []


def test_a_successor_is_no_duplicate_and_neither_is_another_government() -> None:
    abroad = Organisation(id="nz/org/1", name="Renewal Unit", provenance=HERE)
    old, new = node("org/1", name="Renewal Unit"), node("org/2", name="Renewal Units")
    assert len(pairs(old, new)) == 1
    assert pairs(old, new, link(Became, "org/1", "org/2")) == []
    assert pairs(old, abroad) == []


def test_holders_of_much_the_same_items_may_do_the_same() -> None:
    said: list[Record] = [
        *(answers(f"org/{body}", f"fund/{n}", "support") for body in "ab" for n in range(3)),
        answers("org/a", "fund/9"),
        answers("post/c", "fund/0"),
        answers("post/c", "fund/1"),
        node("org/a", name="Renewal Unit"),
        node("org/b", name="Renewal Units"),
    ]
    assert [(a, b, both) for a, b, _, both in pairs(*said)] == [("org/a", "org/b", True)]
    (row,) = ANALYSES["clutter.duplicates"].run(small(*said)).rows
    assert (row["alike_in"], row["shared"], row["jaccard"]) == ("name and items", 3, 0.75)


def test_many_names_are_compared_in_parts() -> None:
    said = [node(f"org/{n:04}", name=sha256(f"{n}".encode()).hexdigest()) for n in range(600)]
    twins = [node("org/aa", name="Twin Service"), node("org/zz", name="Twin Services")]
    assert [(a, b) for a, b, _, _ in pairs(*said, *twins, likeness=95)] == [("org/aa", "org/zz")]
