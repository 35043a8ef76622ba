import importlib
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Annotated, Any

import pytest

import graph.analyses
from graph.analyses import ANALYSES, Analysis, Registry, analysis
from graph.analyses.analysis import Option, Rounded, Row, Table, TypedId
from graph.analyses.evidence import FactIndex
from graph.errors import ParameterError
from tests.graph.example import example
from tests.graph.small import answers, node, small

TYPES = {"str": str, "int": int, "float": float, "list": list}


def every_choice(one: Analysis) -> Iterator[dict[str, str]]:
    """The defaults, and each single choice of each option."""
    yield {}
    for option in one.options:
        yield from ({option.name: choice} for choice in option.choices)


def test_the_analyses_by_name() -> None:
    assert list(ANALYSES) == [
        "joint.items",
        "joint.pairs",
        "joint.roles",
        "joint.overlap",
        "joint.clusters",
        "joint.memberships",
        "joint.core",
        "joint.concentration",
        "bottlenecks",
        "bottlenecks.load",
        "bottlenecks.betweenness",
        "bottlenecks.brokerage",
        "bottlenecks.cut_points",
        "bottlenecks.bridges",
        "bottlenecks.vetoes",
        "resilience.losses",
        "resilience.loss",
        "resilience.cascade",
        "resilience.cutsets",
        "clutter",
        "clutter.duplicates",
        "gaps.items",
        "gaps.summary",
    ]
    assert all(name == one.name == analysis(name).name for name, one in ANALYSES.items())


@pytest.mark.parametrize("one", ANALYSES.values(), ids=ANALYSES)
def test_rows_have_the_declared_columns_and_types_and_rest_on_facts(one: Analysis) -> None:
    graph = example()
    for options in every_choice(one):
        result = one.run(graph, **options)
        assert len(result.rows) == len(result.rests_on)
        for row, facts in zip(result.rows, result.rests_on, strict=True):
            assert list(row) == list(result.columns)
            assert [type(value) for value in row.values()] == [
                TYPES[kind] for kind in result.columns.values()
            ]
            for fact in facts:
                assert fact.document == "uk/document/plan"
                if fact.end is None:
                    assert fact.type == graph.nodes[fact.from_id]["label"]
                else:
                    assert fact.type in {
                        values["type"] for values in graph[fact.from_id][fact.to_id].values()
                    }
        if one.name not in ("gaps.summary", "clutter"):  # they count what is not there, too
            assert all(result.rests_on)
        assert result.sentences or not result.rows


FOUND_IN_NOTHING = [one for one in ANALYSES.values() if one.name != "clutter"]
"""Clutter counts things, and one post is a post."""


@pytest.mark.parametrize("one", FOUND_IN_NOTHING, ids=lambda one: one.name)
@pytest.mark.parametrize(
    "graph",
    [small(), small(node("post/a")), small(node("post/a"), node("org/b", "Department"))],
    ids=["empty", "one node", "isolated nodes"],
)
def test_an_analysis_of_next_to_nothing_is_an_empty_table(one: Analysis, graph: object) -> None:
    result = one.run(graph)  # type: ignore[arg-type]
    assert (result.rows, result.rests_on, result.denominator) == ([], [], 0)


def test_a_whole_result_as_json() -> None:
    graph = small(answers("post/a", "fund/f"), answers("post/b", "fund/f"))
    stated = {"document": "uk/document/plan", "locator": "1", "basis": "stated", "confidence": 1.0}
    said = {"type": "RESPONSIBLE_FOR", "to": "uk/fund/f"}
    keys = [key for _, _, key in graph.edges(keys=True)]
    assert ANALYSES["joint.pairs"].run(graph, roles="joint,lead").to_json() == {
        "analysis": "joint.pairs",
        "options": {"roles": ["lead", "joint"], "level": "holder"},
        "rows": [
            {
                "rank": 1,
                "first": "uk/post/a",
                "first_name": "a",
                "second": "uk/post/b",
                "second_name": "b",
                "shared": 1,
                "weight": 1.0,
                "items": ["uk/fund/f"],
                "item_names": ["f"],
                "evidence": [
                    {**stated, **said, "from": "uk/post/a", "key": keys[0]},
                    {**stated, **said, "from": "uk/post/b", "key": keys[1]},
                ],
            }
        ],
        "of": "items held jointly",
        "denominator": 1,
        "caveat": ANALYSES["joint.pairs"].caveat,
        "sentences": [
            "1 pair of holders shares 1 item.",
            "a and b share the most: 1 item, weight 1.00.",
        ],
    }


def test_sentences_of_the_example() -> None:
    said = {name: one.run(example()).sentences for name, one in ANALYSES.items()}
    assert said == {
        "joint.items": (
            "1 of 2 items with someone responsible is held jointly.",
            "“Drugs 1” has 2 holders: Home Secretary and Lord Chancellor.",
        ),
        "joint.pairs": (
            "1 pair of holders shares 1 item.",
            "Home Secretary and Lord Chancellor share the most: 1 item, weight 1.00.",
        ),
        "joint.roles": (
            "0 of 1 item with a lead has several in that role.",
            "1 of 1 item with joint owners has several in that role.",
            "0 of 1 item with a supporter has several in that role.",
        ),
        "joint.overlap": ("No two holders share 2 items or more.",),
        "joint.clusters": ("No two items have the same holders.",),
        "joint.memberships": ("No two items have the same holders.",),
        "joint.core": (
            "The core of joint work is 2 holders of 2: each shares at least 1 item with "
            "others of the core.",
            "In the core: Home Secretary and Lord Chancellor.",
        ),
        "joint.concentration": (
            "uk: Home Office and Treasury have 100% of the responsibility for 2 items that "
            "2 departments answer for; it is as concentrated as among 2.0 equal ones (HHI "
            "0.500, Gini 0.00).",
        ),
        "bottlenecks": (
            "Most runs through Home Secretary: it has a role in 2 items, and without it 1 item "
            "would be cut off.",
            "1 holder must agree before some fund moves.",
        ),
        "bottlenecks.load": (
            "3 holders carry 2 items.",
            "Home Secretary answers for the most: 1 item, 0 of them as lead and 1 jointly.",
        ),
        "bottlenecks.betweenness": (
            "1 of 3 holders lies between others.",
            "Most runs through Home Secretary, which has a role in 2 items.",
        ),
        "bottlenecks.brokerage": (
            "1 of 3 holders stands between two others.",
            "Home Secretary stands between most: 1 pair of its 2 contacts shares no item with "
            "each other.",
        ),
        "bottlenecks.cut_points": (
            "3 of 5 holders and items hold parts of the graph together.",
            "Without Home Secretary its part of the graph falls into 2 pieces: 1 holder and 1 item "
            "are cut off from the rest.",
        ),
        "bottlenecks.bridges": (
            "4 of 4 connections of a holder to an item have no way round.",
            "The connection of Home Secretary to “Drugs 1” is the only one to 1 holder and 1 item.",
        ),
        "bottlenecks.vetoes": (
            "1 of 1 fund can be stopped by a holder that must agree.",
            "Treasury can stop 1 fund, 1 of them alone.",
        ),
        "resilience.losses": (
            "1 of 4 bodies, posts and persons leaves something that nobody answers for.",
            "Most depends on Treasury: without it nobody answers for 1 item and 1 fund cannot "
            "move.",
        ),
        "resilience.loss": ("If Treasury goes, only helpers are left for 1 item.",),
        "resilience.cascade": (
            "If Treasury goes, only helpers are left for 1 item, 1 fund cannot move and no money "
            "is left for 1 thing, in 2 steps.",
        ),
        "resilience.cutsets": (
            "1 of 1 item with a lead loses it when one body, post or person goes.",
        ),
        "clutter": (
            "uk: 2 departments, 0 ministers and 2 bodies in the graph; 1.3 items to a "
            "holder, 2.0 holders to an item.",
        ),
        "clutter.duplicates": (),
        "gaps.items": (
            "5 of 5 items have a gap or a conflict.",
            "1 of 1 agreement has no owner.",
            "1 of 1 fund has no owner.",
            "1 of 1 conclusion has no owner.",
            "1 of 1 target with joint owners has no lead.",
            "1 of 2 targets has no deadline.",
            "1 of 1 conclusion has no deadline.",
            "1 of 1 conclusion has no follow-up.",
        ),
        "gaps.summary": (
            "1 of 1 agreement has no owner.",
            "0 of 2 targets have no owner.",
            "1 of 1 fund has no owner.",
            "1 of 1 conclusion has no owner.",
            "0 of 2 targets with anybody named have helpers and nobody who answers.",
            "1 of 1 target with joint owners has no lead.",
            "1 of 2 targets has no deadline.",
            "1 of 1 conclusion has no deadline.",
            "1 of 1 conclusion has no follow-up.",
            "0 of 1 fund has no stated purpose.",
            "0 of 2 targets with anybody named have more than one lead.",
            "0 of 2 targets with anybody named have different roles of one holder in "
            "different documents.",
            "0 of 1 fund has different amounts.",
            "0 of 1 target has different dates in different documents.",
            "0 of 1 agreement has no fund.",
            "0 of 2 targets have no fund.",
            "0 of 2 targets have no agreement.",
        ),
    }


def test_an_estimate_says_that_it_is_one() -> None:
    result = ANALYSES["bottlenecks.betweenness"].run(example(), pivots="3")
    assert result.caveat.endswith(
        "Betweenness is estimated from 3 of 5 nodes drawn at random: the standard error of the "
        "first 10 is 0.26 at most; with 95% certainty no holder is off by more than 1 "
        "(Hoeffding's bound). Close ranks may be in another order."
    )


def refused(name: str, **options: object) -> str:
    with pytest.raises(ParameterError) as error:
        ANALYSES[name].run(small(), **options)
    return str(error.value)


def test_what_an_analysis_cannot_be_told_is_refused_with_what_it_can() -> None:
    assert refused("joint.items", depth=2) == (
        "joint.items has no option 'depth' (known: roles, level, show)"
    )
    assert refused("joint.pairs", level="ministry") == (
        "level: 'ministry' is not one of: holder, department"
    )
    assert refused("joint.pairs", roles="lead,boss") == (
        "roles: 'boss' is not one of: lead, joint, support, consulted"
    )
    assert refused("joint.pairs", roles=" , ") == (
        "roles: name at least one of: lead, joint, support, consulted"
    )
    assert refused("bottlenecks.betweenness", pivots="many") == (
        "pivots: 'many' is not a whole number"
    )
    assert refused("bottlenecks.betweenness", pivots=-1) == "pivots: -1 is below 0"
    with pytest.raises(ParameterError, match=r"no analysis 'joint' \(known: joint\.items, "):
        analysis("joint")


def test_options_read_text_and_values_alike() -> None:
    roles = Option(name="roles", about="", default=("lead",), choices=("lead", "joint"))
    assert [roles.kind, roles.value("joint, lead"), roles.value(["joint"])] == [
        "choices",
        ("lead", "joint"),
        ("joint",),
    ]


def test_listing_the_analyses_does_not_load_networkx() -> None:
    program = "import sys, graph.analyses, graph.export; print('networkx' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("False\n", "")


def test_a_line_of_the_registry_names_what_its_module_declares() -> None:
    for module, names in graph.analyses._MODULES.items():
        declared = importlib.import_module(f"graph.analyses.{module}").ANALYSES
        assert [one.name for one in declared] == list(names)


@dataclass(frozen=True, kw_only=True)
class Named(Row):
    RANKED_BY = ("letters",)
    id: TypedId
    letters: int
    share: Annotated[float, Rounded(1)]


def longest_names(index: FactIndex) -> Table:
    rows = [
        Named(id=id_, letters=len(id_), share=len(id_) / 7, facts=index.stated([id_]))
        for id_ in index.things(["Post"])
    ]
    return Table(rows, len(rows), ["Posts by the length of their ids."])


def test_a_new_analysis_is_one_module_and_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    module: Any = ModuleType("graph.analyses.longest")
    module.ANALYSES = (
        Analysis(
            name="names.longest",
            title="Long ids",
            about="Posts by the length of their ids.",
            rows=Named,
            of="posts",
            caveat="A test.",
            compute=longest_names,
        ),
    )
    monkeypatch.setitem(sys.modules, "graph.analyses.longest", module)
    result = Registry({"longest": ("names.longest",)})["names.longest"].run(example())
    assert result.columns == {
        "rank": "int",
        "id": "str",
        "name": "str",
        "type": "str",
        "letters": "int",
        "share": "float",
    }
    assert result.rows[0] == {
        "rank": 1,
        "id": "uk/post/home-secretary",
        "name": "Home Secretary",
        "type": "Post",
        "letters": 22,
        "share": 3.1,
    }
    assert [fact.locator for fact in result.rests_on[0]] == ["2"]
