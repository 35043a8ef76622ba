"""Rankings with their uncertainty: what is drawn, what is counted, what is said."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings

from graph.analyses import ANALYSES
from graph.analyses.bottlenecks import betweenness, loads
from graph.analyses.cuts import cut_points
from graph.analyses.holdings import holdings
from graph.analyses.rank_intervals import ranked, uncertain_ranking
from graph.analyses.resampling import MEASURES, resampled, uncertain_graph
from graph.analyses.vetoes import vetoes
from graph.errors import ParameterError, QuestionError
from graph.read.project import Graph
from graph.schema.model import Relationship
from tests.graph.example import example
from tests.graph.small import REVIEW, answers, approves, at, node, part_of, small
from tests.graph.strategies import responsibilities

RUN = ANALYSES["bottlenecks"].run


def star(*confidences: float) -> Graph:
    """A hub that shares a target with each of several posts; links of these confidences."""
    return small(
        *(
            answers("post/hub", f"target/t/{n}", where=at(confidence=c))
            for n, c in enumerate(confidences)
        ),
        *(answers(f"post/p{n}", f"target/t/{n}") for n in range(len(confidences))),
    )


@given(responsibilities())
@settings(max_examples=40)
def test_each_measure_is_that_of_its_analysis(said: list[Relationship]) -> None:
    graph = small(*said, approves("post/p0", "fund/f"), approves("post/p9", "fund/f"))
    found = uncertain_graph(graph)

    def of(measure: str) -> dict[str, float]:
        values = MEASURES[measure](found.stated).tolist()
        return {h: v for h, v in zip(found.holders, values, strict=True) if v}

    assert of("betweenness") == {
        b.holder: pytest.approx(b.betweenness, abs=1e-9)
        for b in betweenness(graph)
        if b.betweenness
    }
    assert of("answers") == {lo.holder: lo.answers for lo in loads(graph) if lo.answers}
    assert of("items_cut_off") == {
        c.id: c.items_cut_off for c in cut_points(graph) if c.side == "holder" and c.items_cut_off
    }
    assert of("funds_to_stop") == {veto.holder: veto.funds for veto in vetoes(graph)}
    contacts: nx.Graph[str] = nx.Graph()
    for item in {r.to_id for r in said}:
        holders = {r.from_id for r in said if r.to_id == item}
        contacts.add_edges_from((a, b) for a in holders for b in holders if a < b)
    brokers = {
        h: sum(1 for b in contacts[h] for c in contacts[h] if b < c and not contacts.has_edge(b, c))
        for h in contacts
    }
    assert of("brokerage") == {h: n for h, n in brokers.items() if n}


def test_a_link_is_there_as_often_as_it_is_sure() -> None:
    found = uncertain_graph(star(0.25, 1.0))
    drawn = [resampled(found, 0.0, number, 1) for number in range(2_000)]
    hub = found.holders.index("uk/post/hub")
    there = [
        {found.items[item] for holder, item in one.pairs.tolist() if holder == hub} for one in drawn
    ]
    sure = [sum(f"uk/target/t/{n}" in some for some in there) / 2_000 for n in (0, 1)]
    assert sure == [pytest.approx(0.25, abs=0.04), 1.0]


def test_a_connection_stated_twice_is_there_when_one_link_is() -> None:
    graph = small(
        answers("post/a", "fund/f", where=at(confidence=0.5)),
        answers("post/a", "fund/f", where=at("9", REVIEW, confidence=0.5)),
    )
    assert uncertain_graph(graph).chance.tolist() == [0.75]


def test_wrong_and_missing_links_come_at_the_rate_given() -> None:
    found = uncertain_graph(star(*[1.0] * 50))
    m = len(found.stated.pairs)
    stated = {tuple(pair) for pair in found.stated.pairs.tolist()}
    gone, new = [], []
    for number in range(300):
        drawn = resampled(found, 0.2, number, 1)
        there = [tuple(pair) for pair in drawn.pairs.tolist()]
        assert len(set(there)) == len(there) == len(drawn.answering)
        gone.append(len(stated - set(there)))
        new.append(len(set(there) - stated))
    assert np.mean(gone) == pytest.approx(0.2 * m, rel=0.1)
    assert np.mean(new) == pytest.approx(0.2 * m, rel=0.1)


def test_without_uncertainty_every_resampling_is_the_graph_itself() -> None:
    found = uncertain_ranking(star(1.0, 1.0, 1.0), resamples=20)
    assert (found.ranks == found.stated_ranks).all()
    assert found.same_leaders == found.outranks("uk/post/hub", "uk/post/p0") == 1.0
    assert found.outranks("uk/post/p0", "uk/post/p1") == 0.5
    assert found.interval("uk/post/hub") == (1, 1)
    assert "all resamplings are alike" in RUN(star(1.0, 1.0), resamples=20).caveat


def test_intervals_hold_at_least_nine_in_ten() -> None:
    found = uncertain_ranking(star(0.9, 0.5, 0.5, 0.2), uncertainty=0.2, resamples=300)
    for holder in found.holders:
        low, high = found.interval(holder)
        column = found.ranks[:, found.at(holder)]
        assert ((low <= column) & (column <= high)).mean() >= 0.9
        for other in found.holders:
            both = found.outranks(holder, other) + found.outranks(other, holder)
            assert both == pytest.approx(1.0)


def test_the_same_seed_gives_the_same_and_another_another() -> None:
    graph = star(0.5, 0.5, 0.5)
    one = RUN(graph, uncertainty=0.1, resamples=50)
    assert one == RUN(graph, uncertainty="0.1", resamples="50")
    assert one.rows != RUN(graph, uncertainty=0.1, resamples=50, seed=2).rows


def test_the_connection_that_tips_the_first_five() -> None:
    # Five posts of three targets, a sixth of two: without one of theirs it is level with them.
    graph = small(
        *(answers(f"post/p{p}", f"target/t/{p}{n}") for p in range(5) for n in range(3)),
        *(answers("post/q", f"target/q/{n}") for n in range(2)),
        *(approves(f"post/p{p}", f"fund/f{p}") for p in range(6)),
    )
    found = uncertain_ranking(graph, measure="answers", resamples=1)
    assert found.tipping is not None
    assert sorted(found.tipping) == [
        (f"uk/post/p{p}", f"uk/target/t/{p}{n}") for p in range(5) for n in range(3)
    ]
    said = RUN(graph, rank_by="answers", resamples=1)
    assert said.sentences[-1] == (
        "15 links, each taken away alone, change which holders are among the first five: p0 to "
        "“t/00”, p0 to “t/01”, p0 to “t/02” and 12 more."
    )
    by_fund = uncertain_ranking(graph, measure="funds_to_stop", resamples=1)
    assert by_fund.tipping is not None
    assert [thing for _, thing in by_fund.tipping] == [f"uk/fund/f{p}" for p in range(6)]


def test_too_many_links_to_try_are_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.analyses.rank_intervals.TRIED", 2)
    assert uncertain_ranking(star(1.0, 1.0), resamples=1).tipping is None
    assert RUN(star(*[1.0] * 5), resamples=1).sentences[-1] == (
        "Which single link would change the first five was not tried: there are more than 2."
    )


def test_what_an_uncertain_ranking_says_and_shows() -> None:
    result = RUN(example(), uncertainty=0.1, resamples=500, versus="lord chancellor")
    assert result.sentences == (
        "Home Secretary ranks 1st by betweenness; in 90% of 500 resamplings at a 10% error rate it "
        "ranks 1st, and it outranks Lord Chancellor in 88% of them.",
    )
    assert result.columns == {
        "rank": "int",
        "holder": "str",
        "holder_name": "str",
        "holder_type": "str",
        "betweenness": "float",
        "rank_from": "int",
        "rank_to": "int",
        "top_five": "float",
        "outranks": "float",
        "above_zero": "float",
        "tipping": "list",
        "tipping_names": "list",
    }
    assert [list(row) for row in result.rows] == [list(result.columns)] * 3
    assert result.caveat.endswith(
        "Each resampling keeps a link with its confidence as the probability, takes away 10% of "
        "the connections as wrong, and adds about as many between any holder and any item as "
        "missing; errors of one document, which come together, are not modelled. Shares of "
        "resamplings are right to about 4 percentage points (seed 1). 'outranks' compares with "
        "Lord Chancellor."
    )
    assert all(result.rests_on)


def test_holders_are_left_out_as_asked() -> None:
    graph = small(
        node("org/government"),
        answers("org/government", "target/t/1"),
        answers("post/a", "target/t/1"),
        approves("org/government", "fund/f"),
        approves("post/a", "fund/f"),
    )
    for name in ("bottlenecks", "bottlenecks.load", "bottlenecks.vetoes"):
        result = ANALYSES[name].run(graph, leave_out="Government")
        assert [row["holder"] for row in result.rows] == ["uk/post/a"]
        assert result.caveat.endswith(
            "Left out as asked: “government”; what only they hold is not counted."
        )
    assert ANALYSES["bottlenecks.vetoes"].run(graph, leave_out=["uk/org/government"]).rows[0][
        "shared"
    ] == ["f"]
    result = RUN(graph, leave_out="government; a", uncertainty=0.5, resamples=3)
    assert (result.rows, result.sentences) == ([], ())


def test_left_out_departments_leave_their_posts_uncounted() -> None:
    graph = small(
        node("org/d", "Department"),
        node("org/unit"),
        part_of("org/unit", "org/d"),
        answers("org/unit", "target/t/1"),
        answers("post/x", "target/t/1"),
    )
    assert [
        b.holder for b in betweenness(holdings(graph, level="department", leave_out=["uk/org/d"]))
    ] == ["uk/post/x"]


def test_ranks_of_equal_values_are_shared() -> None:
    assert ranked(np.array([0.1 + 0.2, 0.3, 0.5])).tolist() == [2, 2, 1]
    assert ranked(np.array([])).tolist() == []


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"uncertainty": "1.5"}, "uncertainty: 1.5 is not between 0 and 1"),
        ({"uncertainty": "nan"}, "uncertainty: nan is not between 0 and 1"),
        ({"uncertainty": "10%"}, "uncertainty: '10%' is not a fraction; write 0.1 for one in ten"),
        ({"rank_by": "size"}, "rank_by: 'size' is not one of: "),
        ({"versus": "nobody", "resamples": 3}, "no Organisation or Post is called 'nobody'."),
        ({"versus": "z", "resamples": 3}, "versus: z has no role and no say here"),
        ({"leave_out": "a; nobody"}, "no Organisation or Post is called 'nobody'."),
    ],
)
def test_what_cannot_be_asked_is_refused(options: dict[str, str], says: str) -> None:
    graph = small(node("org/z"), answers("post/a", "target/t/1"))
    with pytest.raises(QuestionError) as error:
        RUN(graph, **options)
    assert str(error.value).startswith(says)


def test_a_confidence_that_is_none_is_refused_with_its_place() -> None:
    graph = small(answers("post/a", "target/t/1"))
    for *_, values in graph.edges(data=True):
        values["confidence"] = 1.7
    with pytest.raises(ParameterError) as error:
        RUN(graph, uncertainty=0.1)
    assert str(error.value) == (
        "RESPONSIBLE_FOR uk/post/a → uk/target/t/1 (uk/document/plan, 1) has confidence 1.7, which "
        "is no probability: correct it to a number from 0 to 1"
    )
