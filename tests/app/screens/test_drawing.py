"""The drawing: whole sources, and names that try to be more than names."""

import re

import pytest

from app.screens.parts.picture import columns, drawing, legend, mark
from graph.read.fact import Thing
from graph.read.subgraph import Excerpt
from graph.schema.types import NODE_TYPES, readable_on
from tests.app.excerpts import DRUGS, HOME, SMALL, fact
from tests.app.text.test_escape import HOSTILE


def lines(excerpt: Excerpt) -> list[str]:
    return [line.strip() for line in drawing(excerpt).source.splitlines()]


def test_a_drawing_says_who_answers_and_how_sure_it_is() -> None:
    drawn = [line for line in lines(SMALL) if " -> " in line]
    told = "Home Secretary is responsible for Drugs 1 (lead). Report, 3.1.5; Report, 4.2"
    helped = "Lord Chancellor is responsible for Drugs 1 (support). Report, 3.1.5"
    within = "Drugs 1 is a target of Drugs. Report, 3.1.5"
    assert drawn == [
        f'n1 -> n0 [label=" lead " dir=forward edgetooltip="{told}" labeltooltip="{told}" '
        "penwidth=2 style=solid]",
        f'n2 -> n0 [label=" support " dir=forward edgetooltip="{helped}" '
        f'labeltooltip="{helped}" penwidth=1 style=dashed]',
        f'n0 -> n3 [label=" is a target of " dir=forward edgetooltip="{within}" '
        f'labeltooltip="{within}" penwidth=1 style=solid]',
    ]


def test_things_have_the_colour_and_shape_of_their_type() -> None:
    assert [line for line in lines(SMALL) if re.match(r"n\d \[", line)] == [
        'n0 [label="Drugs 1" fillcolor="#3ca951" fontcolor="#000000" fontsize=14 margin="0,0" '
        'penwidth=4 shape=diamond tooltip="Drugs 1 (Target)"]',
        'n1 [label="Home Secretary" fillcolor="#d62f4b" fontcolor="#ffffff" margin="0.02,0" '
        'shape=ellipse tooltip="Home Secretary (Minister)"]',
        'n2 [label="Lord Chancellor" fillcolor="#d62f4b" fontcolor="#ffffff" margin="0.02,0" '
        'shape=ellipse tooltip="Lord Chancellor (Minister)"]',
        'n3 [label=Drugs fillcolor="#6cc5b0" fontcolor="#000000" margin="0.1,0.06" '
        'shape=hexagon tooltip="Drugs (PSA)"]',
    ]


def test_what_points_left_is_drawn_with_its_arrow_at_the_other_end() -> None:
    held = Thing("uk/fund/a", "Fund", (), "A fund")
    excerpt = Excerpt((HOME, held, DRUGS), (fact(HOME, held), fact(HOME, DRUGS)), centre=HOME.id)
    assert columns(excerpt) == {HOME.id: 0, held.id: 1, DRUGS.id: 1}
    turned = Excerpt((DRUGS, HOME), (fact(DRUGS, HOME, "REPORTS_TO"),), centre=DRUGS.id)
    assert columns(turned) == {DRUGS.id: 0, HOME.id: -1}
    assert [line.split(" edgetooltip")[0] for line in lines(turned) if "->" in line] == [
        'n1 -> n0 [label=" reports to " dir=back'
    ]


def test_many_neighbours_stand_on_both_sides_and_the_second_step_behind_its_own() -> None:
    items = [Thing(f"uk/fund/{n}", "Fund", (), f"Fund {n}") for n in range(10)]
    far = Thing("uk/place/far", "Place", (), "Far")
    lone = Thing("uk/place/lone", "Place", (), "Lone")
    facts = (*(fact(HOME, item) for item in items), fact(items[0], far, "FUNDS"))
    placed = columns(Excerpt((HOME, *items, far, lone), facts, centre=HOME.id))
    sides = [placed[item.id] for item in items]
    assert sides == [-1] * 5 + [1] * 5
    assert (placed[far.id], placed[lone.id]) == (-2, 1)


def test_without_a_centre_nothing_is_held_in_columns() -> None:
    assert columns(Excerpt((DRUGS, HOME), (fact(HOME, DRUGS),))) == {}
    assert "rank=same" not in drawing(Excerpt((DRUGS, HOME), (fact(HOME, DRUGS),))).source


@pytest.mark.parametrize("name", [*HOSTILE, '"; URL="javascript:1"; x="', 'a\\" b', "<b>x</b>", ""])
def test_a_hostile_name_is_quoted_text(name: str) -> None:
    thing = Thing("uk/fund/x", "Fund", (), name)
    source = drawing(Excerpt((thing, HOME), (fact(HOME, thing),), centre=thing.id)).source
    # What is left when every quoted string is taken out is what we wrote ourselves.
    unquoted = re.sub(r'"(?:[^"\\]|\\.)*"', "S", source)
    assert set(re.findall(r"[^\s\w=\[\]{}>.;#-]", unquoted)) <= {"/"}
    assert "javascript" not in unquoted
    assert re.search(r"=\s*<", unquoted) is None
    words = re.findall(r'(?:label|tooltip)="((?:[^"\\]|\\.)*)"', source)
    assert all(re.search(r"\\[NGELTHrl]", word.replace("\\\\", "")) is None for word in words)
    assert all(len(word) < 900 for word in words)


def test_white_or_black_stands_out_from_every_colour() -> None:
    assert (readable_on("#4269d0"), readable_on("#efb118")) == ("#ffffff", "#000000")


def test_every_type_has_a_mark_of_its_own() -> None:
    marks = {label: mark(label) for label in NODE_TYPES}
    assert len(set(marks.values())) == len(NODE_TYPES)


def test_the_legend_names_the_types_shown_in_the_order_of_the_vocabulary() -> None:
    told = re.sub(r"<[^>]+>", "|", legend(["Target", "Post", "Target"]))
    assert [word.strip() for word in told.split("|") if word.strip()] == [
        "posts",
        "targets",
        "solid line: stated",
        "dashed line: inferred",
    ]
