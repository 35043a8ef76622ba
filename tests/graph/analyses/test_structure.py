"""Joint responsibility: roles, overlap, core, concentration, clusters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analyses import ANALYSES
from graph.analyses.clusters import clusters, communities
from graph.analyses.concentration import concentrations, gini
from graph.analyses.cores import cores
from graph.analyses.holdings import Share, holdings
from graph.analyses.joint import overlaps, sharing
from graph.errors import ParameterError
from graph.schema.model import Record, Relationship
from tests.graph.small import REVIEW, answers, at, node, part_of, post_in, short, small
from tests.graph.strategies import responsibilities


def test_roles_are_counted_by_type_each_holder_once() -> None:
    graph = small(
        answers("post/a", "fund/f", "lead"),
        answers("post/a", "fund/f", "lead", at("2", REVIEW)),
        answers("post/b", "fund/g", "lead"),
        answers("post/c", "fund/g", "lead"),
        answers("post/a", "target/t", "support"),
    )
    assert [
        (one.item_type, one.role, one.items, one.shared, one.holders, one.most, one.most_item)
        for one in sharing(graph)
    ] == [
        ("Target", "support", 1, 0, 1, 1, "uk/target/t"),
        ("Fund", "lead", 2, 1, 3, 2, "uk/fund/g"),
    ]


PORTFOLIOS: list[Record] = [
    *(answers("post/a", f"fund/{n}") for n in "123456"),
    *(answers("post/b", f"fund/{n}") for n in "123"),
    *(answers("post/c", f"fund/{n}") for n in "3456789"),
]


def test_portfolios_overlap_and_lie_within_each_other() -> None:
    found = [
        (o.first[-1] + o.second[-1], o.shared, o.jaccard, o.of_first, o.of_second)
        for o in overlaps(small(*PORTFOLIOS))
    ]
    assert found == [
        ("ab", 3, 3 / 6, 3 / 6, 3 / 3),
        ("ac", 4, 4 / 9, 4 / 6, 4 / 7),
    ]
    assert [o.weight for o in overlaps(small(*PORTFOLIOS))] == [2.5, 3.5]
    assert len(overlaps(small(*PORTFOLIOS), at_least=1)) == 3


def test_one_item_of_forty_makes_no_core_of_thirty_nine() -> None:
    crowd: list[Record] = [answers(f"post/x{n}", "fund/all") for n in range(40)]
    pair: list[Record] = [answers(f"post/{p}", f"fund/{n}") for p in "ab" for n in range(3)]
    found = cores(small(*crowd, *pair, answers("post/a", "fund/all")))
    assert [(short([one.holder])[0], one.core, one.shared) for one in found[:3]] == [
        ("post/a", 3, 4),
        ("post/b", 3, 3),
        ("post/x0", 1, 1),
    ]
    assert {one.core for one in found[2:]} == {1}


@given(responsibilities())
def test_a_core_is_what_its_definition_says(said: list[Relationship]) -> None:
    graph = small(*said)
    found = {one.holder: one.core for one in cores(graph)}
    held = holdings(graph, roles=["lead", "joint"])
    for depth in range(1, max(found.values(), default=0) + 2):
        inside = set(found)
        while True:  # peel by the definition, as plainly as can be
            items = {i: set(h) & inside for i, h in held.items() if len(set(h) & inside) > 1}
            keep = {h for h in inside if sum(h in holders for holders in items.values()) >= depth}
            if keep == inside:
                break
            inside = keep
        assert {holder for holder, core in found.items() if core >= depth} == inside


def test_responsibility_is_shared_out_among_departments() -> None:
    graph = small(
        *(node(f"org/{name}", "Department") for name in ("d", "e")),
        node("org/loose"),
        post_in("post/p", "org/unit"),
        part_of("org/unit", "org/d"),
        answers("post/p", "fund/1", "lead"),
        answers("org/d", "fund/2"),
        answers("org/e", "fund/2"),
        answers("org/loose", "fund/2"),
        answers("org/loose", "fund/3", "lead"),
    )
    (one,) = concentrations(graph)
    assert [(short([p.holder])[0], p.items, p.units, p.share) for p in one.parts] == [
        ("org/d", 2, 1.5, 0.75),
        ("org/e", 1, 0.5, 0.25),
    ]
    assert (one.items, one.hhi, one.gini, one.equal) == (2, 0.625, 0.25, 1.6)
    (whole,) = concentrations(graph, over="all")
    assert [(short([p.holder])[0], round(p.units, 4)) for p in whole.parts] == [
        ("org/d", 1.3333),
        ("org/loose", 1.3333),
        ("org/e", 0.3333),
    ]


def test_each_government_stands_alone_and_one_without_is_named() -> None:
    other = node("org/x", "Department", jurisdiction="nz")
    graph = small(
        node("org/d", "Department"), other, answers("org/d", "fund/1"), answers("org/d", "fund/2")
    )
    said = ANALYSES["joint.concentration"].run(graph).sentences
    assert said == (
        "uk: d has 100% of the responsibility for 2 items that 1 department answers for; it is as "
        "concentrated as among 1.0 equal ones (HHI 1.000, Gini 0.00).",
        "nz: no department in the graph answers for an item.",
    )


@given(st.lists(st.floats(0.1, 100), min_size=1, max_size=20), st.floats(0.1, 10))
def test_gini_lies_between_0_and_1_and_does_not_mind_the_unit(
    values: list[float], unit: float
) -> None:
    found = gini(values)
    assert 0 <= found + 1e-9 < 1
    assert gini([value * unit for value in values]) == pytest.approx(found, abs=1e-9)
    pairs = sum(abs(a - b) for a in values for b in values)
    assert found == pytest.approx(pairs / (2 * len(values) * sum(values)), abs=1e-9)


def whole(*names: str) -> dict[str, Share]:
    return {name: Share(("lead",), ()) for name in names}


def test_clusters_are_what_the_same_holders_hold() -> None:
    held = {f"1{n}": whole("a", "b") for n in range(4)} | {f"2{n}": whole("c") for n in range(3)}
    found = communities(held, runs=10)
    assert [(m.item, m.cluster, m.certainty, m.rival) for m in found.members] == [
        ("10", 1, 1.0, None), ("11", 1, 1.0, None), ("12", 1, 1.0, None), ("13", 1, 1.0, None),
        ("20", 2, 1.0, None), ("21", 2, 1.0, None), ("22", 2, 1.0, None),
    ]  # fmt: skip
    assert (dict(found.holders), found.runs) == ({1: ("a", "b"), 2: ("c",)}, 10)


def test_an_item_between_two_clusters_is_less_certain_than_their_own() -> None:
    held = {f"1{n}": whole("a", "b") for n in range(6)}
    held |= {f"2{n}": whole("c", "d") for n in range(6)}
    held["between"] = whole("a", "c")
    found = {m.item: m for m in communities(held, runs=50).members}
    own = found["between"]
    assert own.certainty < 0.8 < min(m.certainty for i, m in found.items() if i != "between")
    assert own.rival is not None
    assert own.rival != own.cluster
    assert 0 < own.rival_share <= 1


def test_the_same_graph_gives_the_same_clusters_whatever_the_order() -> None:
    held = {f"{n}{m}": whole(f"h{n}", f"h{(n + m) % 5}") for n in range(5) for m in range(4)}
    once = communities(held, runs=20)
    assert communities(dict(sorted(held.items())), runs=20) == once


def test_clusters_need_runs_and_items() -> None:
    assert communities({}).members == ()
    assert clusters(small()).members == ()
    with pytest.raises(ParameterError, match="runs: 4 is too few"):
        ANALYSES["joint.clusters"].run(small(*PORTFOLIOS), runs=4)
    result = ANALYSES["joint.clusters"].run(small(*PORTFOLIOS), runs="5", show="all", size="coarse")
    assert sum(row["items"] for row in result.rows) == 9
    assert result.caveat.endswith("over 5 seeded runs.")
