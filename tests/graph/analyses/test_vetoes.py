from graph.analyses.holdings import holdings
from graph.analyses.vetoes import vetoes
from tests.graph.small import REVIEW, approves, at, funds, node, post_in, small


def test_a_veto_is_sole_or_shared_and_reaches_what_the_fund_pays_for() -> None:
    graph = small(
        approves("org/treasury", "fund/a", condition="a plan is agreed"),
        approves("org/treasury", "fund/a", where=at("9", REVIEW)),
        approves("org/treasury", "fund/b"),
        approves("post/home", "fund/b", condition="all agree"),
        funds("fund/a", "initiative/i"),
        funds("fund/b", "initiative/i"),
        funds("fund/b", "psa/p"),
        funds("fund/c", "psa/q"),
    )
    found = [(v.holder, v.funds, v.sole, v.shared, v.reaches, v.conditions) for v in vetoes(graph)]
    things = ("uk/initiative/i", "uk/psa/p")
    assert found == [
        ("uk/org/treasury", 2, ("uk/fund/a",), ("uk/fund/b",), things, ("a plan is agreed",)),
        ("uk/post/home", 1, (), ("uk/fund/b",), things, ("all agree",)),
    ]
    assert [
        (fact.type, fact.from_id, fact.to_id, fact.document) for fact in vetoes(graph)[1].facts
    ] == [
        ("APPROVES", "uk/post/home", "uk/fund/b", "uk/document/plan"),
        ("FUNDS", "uk/fund/b", "uk/initiative/i", "uk/document/plan"),
        ("FUNDS", "uk/fund/b", "uk/psa/p", "uk/document/plan"),
    ]
    assert len(vetoes(graph)[0].facts) == 6


def test_two_posts_of_one_department_are_one_veto() -> None:
    graph = small(
        node("org/d", "Department"),
        post_in("post/a", "org/d"),
        post_in("post/b", "org/d"),
        approves("post/a", "fund/f"),
        approves("post/b", "fund/f"),
    )
    assert [(v.holder, v.sole, v.shared) for v in vetoes(graph)] == [
        ("uk/post/a", (), ("uk/fund/f",)),
        ("uk/post/b", (), ("uk/fund/f",)),
    ]
    assert [(v.holder, v.sole, v.shared) for v in vetoes(holdings(graph, level="department"))] == [
        ("uk/org/d", ("uk/fund/f",), ())
    ]


def test_nobody_can_stop_anything_where_nobody_must_agree() -> None:
    assert vetoes(small()) == ()
    assert vetoes(small(node("fund/f"), funds("fund/f", "psa/p"))) == ()


def test_a_rejected_veto_does_not_make_another_one_shared() -> None:
    graph = small(
        approves("post/a", "fund/f"),
        approves("post/b", "fund/f", where=at("2", judgement="rejected")),
    )
    assert [(v.holder, v.sole) for v in vetoes(graph)] == [("uk/post/a", ("uk/fund/f",))]


def test_loops_are_no_vetoes() -> None:
    graph = small(node("fund/f"))
    graph.add_edge("uk/fund/f", "uk/fund/f", "k", type="APPROVES", source="s", locator="l")
    graph.add_edge("uk/fund/f", "uk/fund/f", "j", type="FUNDS", source="s", locator="l")
    assert vetoes(graph) == ()
