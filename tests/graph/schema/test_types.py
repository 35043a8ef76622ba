"""The vocabulary: complete, without contradictions, and everything derived from it in step."""

import re
from collections import Counter

from graph.database import statements
from graph.schema.model import Property, Provenance, properties
from graph.schema.nodes import NODES
from graph.schema.relationships import RELATIONSHIPS
from graph.schema.types import (
    LABELS,
    NODE_TYPES,
    RELATIONSHIP_TYPES,
    TYPES,
    property_names,
    type_name,
)


def test_the_types_in_full() -> None:
    assert list(TYPES) == [
        *("Organisation", "Post", "Person", "PSA", "Target", "Fund", "Conclusion", "Milestone"),
        *("Initiative", "Place", "Document", "Passage"),
        *("HOLDS", "POST_IN", "PART_OF", "REPORTS_TO", "MEMBER_OF", "BECAME", "RESPONSIBLE_FOR"),
        *("APPROVES", "TARGET_OF", "FUNDS", "STATES_AMOUNT", "ACTED_ON", "WORKS_WITH"),
        *("REFERS_TO", "MADE_IN", "PUBLISHED", "RUNS_IN", "PASSAGE_OF"),
    ]
    assert [type_name(cls) for cls in TYPES.values()] == list(TYPES)
    assert {**NODE_TYPES, **RELATIONSHIP_TYPES} == TYPES


def test_no_word_is_both_a_label_and_a_relationship_type() -> None:
    spelt = {name.replace("_", "").lower() for name in RELATIONSHIP_TYPES}
    assert spelt & {label.lower() for label in LABELS} == set()
    assert [label for label in LABELS if not re.fullmatch(r"[A-Z][A-Za-z]+", label)] == []
    assert [t for t in RELATIONSHIP_TYPES if not re.fullmatch(r"[A-Z]+(_[A-Z]+)*", t)] == []


def test_a_second_label_narrows_one_type_only() -> None:
    counted = Counter(second for cls in NODES for second in cls.SECOND)
    assert set(counted.values()) == {1}
    assert set(counted) & set(NODE_TYPES) == set()
    assert frozenset(NODE_TYPES) | frozenset(counted) == LABELS


def test_each_type_has_its_own_segment_colour_and_shape() -> None:
    for words in (
        [cls.SEGMENT for cls in NODES],
        [cls.COLOUR for cls in NODES],
        [cls.SHAPE for cls in NODES],
        [cls.READS for cls in RELATIONSHIPS],
    ):
        assert len(set(words)) == len(words)
    assert [cls for cls in NODES if not re.fullmatch(r"#[0-9a-f]{6}", cls.COLOUR)] == []
    assert [cls for cls in NODES if not re.fullmatch(r"[a-z]+", cls.SEGMENT)] == []


def test_relationships_connect_types_of_the_vocabulary_and_read_both_ways() -> None:
    ends = {end for cls in RELATIONSHIPS for end in (*cls.FROM, *cls.TO)}
    assert ends == set(NODES)
    assert [cls for cls in RELATIONSHIPS if not (cls.READS and cls.REVERSE)] == []
    same = {cls.TYPE for cls in RELATIONSHIPS if cls.READS == cls.REVERSE}
    assert same == {"WORKS_WITH"}


def test_every_type_says_what_it_is() -> None:
    silent = [cls.__name__ for cls in TYPES.values() if not (cls.__doc__ or "").endswith(".")]
    assert silent == []


def test_a_caption_is_a_property_or_the_locator() -> None:
    for cls in NODES:
        assert cls.CAPTION == "locator" or cls.CAPTION in {p.name for p in properties(cls)}


def test_a_property_name_means_one_kind_of_value() -> None:
    kinds: dict[str, set[str]] = {}
    of: list[Property] = [p for cls in TYPES.values() for p in properties(cls)]
    for prop in [*of, *properties(Provenance)]:
        kinds.setdefault(prop.name, set()).add(prop.kind)
    assert {name: found for name, found in kinds.items() if len(found) > 1} == {
        "kind": {"choice", "text"},
        "number": {"text", "whole"},
        "on": {"date", "text"},
    }
    assert property_names() == frozenset(kinds) | {"id"}


def test_own_properties_and_provenance_never_share_a_name() -> None:
    where = {p.name for p in properties(Provenance)}
    internal = {"fingerprint", "records", "sources", "run", "key", "id", "labels"}
    taken = where | internal | {"from_id", "to_id"}
    for cls in TYPES.values():
        assert {p.name for p in properties(cls)} & taken == set()


def test_every_label_has_a_constraint_and_no_other_has() -> None:
    labels = [*NODE_TYPES, "LoadRun", "LoadLock"]
    assert statements.constraints() == {
        f"joinedup_{label.lower()}_id": (
            f"CREATE CONSTRAINT joinedup_{label.lower()}_id IF NOT EXISTS "
            f"FOR (n:{label}) REQUIRE n.id IS UNIQUE"
        )
        for label in labels
    }


def test_names_are_searched_in_every_type_that_has_one() -> None:
    searched = {cls.LABEL: sorted(p.name for p in properties(cls) if p.doc.search) for cls in NODES}
    expected = {label: ["aliases", "name"] for label in NODE_TYPES}
    expected |= {
        "Organisation": ["abbreviation", "aliases", "name"],
        "Document": ["aliases", "title"],
        "Passage": [],
    }
    assert searched == expected
