"""What the screen calls things."""

from app.screens.parts.chart import unique
from app.screens.parts.table import frame
from graph.schema.types import LABELS, NODE_TYPES
from graph.schema.words import any_of, heading, many, one, title


def test_every_type_has_a_plural_and_a_singular() -> None:
    assert [(one(label), many(label)) for label in NODE_TYPES] == [
        ("organisation", "organisations"),
        ("post", "posts"),
        ("person", "people"),
        ("agreement", "agreements"),
        ("target", "targets"),
        ("fund", "funds"),
        ("conclusion", "conclusions"),
        ("milestone", "milestones"),
        ("initiative", "initiatives"),
        ("place", "places"),
        ("document", "documents"),
        ("passage", "passages"),
    ]


def test_second_labels_in_the_plural() -> None:
    words = {many(label) for label in LABELS - NODE_TYPES.keys()}
    assert {"local authorities", "agencies", "departments", "companies"} <= words
    assert [word for word in words if word.endswith("ys")] == []


def test_labels_columns_and_topics_in_words() -> None:
    assert one("LocalAuthority") == "local authority"
    assert (heading("due_text"), heading("holder_name")) == ("Due text", "Who")
    assert (title("funds"), title("my-own")) == ("Money", "My own")
    assert any_of(("Post", "Organisation")) == "post or organisation"
    assert any_of(tuple(NODE_TYPES)) == "thing"


def test_cells_are_plain_values() -> None:
    row = {"who": ["A\n", "B"], "kind": "LocalAuthority", "sure": True, "n": 2, "gone": None}
    made = frame([row], list(row))
    assert made.to_dict("records") == [
        {"Who": "A; B", "Kind": "local authority", "Sure": "yes", "N": 2, "Gone": None}
    ]


def test_equal_names_stay_apart_in_a_chart() -> None:
    assert unique(["Advisory Group", "NHS", "Advisory Group"]) == [
        "Advisory Group",
        "NHS",
        "Advisory Group (2)",
    ]
