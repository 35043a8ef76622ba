"""The ledger: what is repeated, dangling, unchanged or gone, found on disk and not in memory."""

from pathlib import Path

import pytest

from graph.bundle import ledger as module
from graph.bundle.ledger import Ledger, LinkLine, NodeLine, Stored

A, B = "uk/document/a", "uk/document/b"


def node(name: str, source: str = A, print_of: int = 1, line: int = 2, kind: int = 0) -> NodeLine:
    return NodeLine(f"uk/org/{name}", source, kind, print_of, line)


def link(key: str, start: str, end: str, print_of: int = 1, line: int = 2) -> LinkLine:
    return LinkLine(key, A, 14, print_of, line, f"uk/org/{start}", f"uk/org/{end}")


@pytest.fixture
def ledger() -> Ledger:
    return Ledger()


def test_counts_sources_and_types(ledger: Ledger) -> None:
    with ledger:
        for line in (node("x"), node("y", B), node("z", kind=3)):
            ledger.node(line)
        ledger.link(link("k", "x", "y"))
        ledger.close_entries()
        assert ledger.counts() == {0: 2, 3: 1, 14: 1}
        assert ledger.sources() == [A, B]
        assert [ledger.type_of(f"uk/org/{name}") for name in "xyzq"] == [0, 0, 3, None]
        ledger.late(node("late", "uk/document/c"))
        assert ledger.counts()[0] == 3
        assert ledger.sources() == [A, B, "uk/document/c"]


def test_repeated_nodes_are_paired_with_the_first(ledger: Ledger) -> None:
    with ledger:
        for line in (node("x", line=2), node("x", B, line=3), node("x", line=4), node("x", line=5)):
            ledger.node(line)
        ledger.close_entries()
        assert list(ledger.repeated_nodes()) == [
            (node("x", line=2), node("x", line=4)),
            (node("x", line=2), node("x", line=5)),
        ]


def test_ids_of_two_types_and_ids_without_their_segment(ledger: Ledger) -> None:
    with ledger:
        for line in (node("x"), node("x", B, kind=3), node("y"), node("y", kind=4), node("z", B)):
            ledger.node(line)
        ledger.node(NodeLine("uk/body/org", A, 0, 1, 9))
        ledger.close_entries()
        assert list(ledger.torn_nodes()) == [(node("x"), node("x", B, kind=3))]
        assert ledger.unmarked(0, "org") == ["uk/body/org"]
        assert ledger.unmarked(3, "person") == ["uk/org/x"]
        assert ledger.unmarked(5, "org") == []


def test_repeated_links_are_paired_with_the_first(ledger: Ledger) -> None:
    with ledger:
        for line in (
            link("k", "x", "y", line=2),
            link("l", "x", "y", line=3),
            link("k", "x", "y", 9, line=4),
        ):
            ledger.link(line)
        ledger.close_entries()
        assert list(ledger.repeated_links()) == [
            (link("k", "x", "y", line=2), link("k", "x", "y", 9, line=4))
        ]


def test_ends_and_their_types(ledger: Ledger) -> None:
    with ledger:
        ledger.node(node("x", kind=1))
        ledger.link(link("k", "x", "nowhere", line=7))
        ledger.close_entries()
        assert list(ledger.ends()) == [(14, 7, "uk/org/x", 1, "uk/org/nowhere", None)]


def test_what_is_unchanged_and_what_is_gone(ledger: Ledger) -> None:
    with ledger:
        for line in (node("same"), node("changed", print_of=2), node("new"), node("shared")):
            ledger.node(line)
        ledger.link(link("0samelink", "same", "new"))
        ledger.link(link("1changedlink", "same", "new", 2))
        ledger.close_entries()
        ledger.store(
            [
                Stored("uk/org/gone", A, 1),
                Stored("uk/org/same", A, 1),
                Stored("uk/org/changed", A, 1),
                Stored("uk/org/shared", A, 1),
                Stored("uk/org/shared", B, 1),
                Stored("0samelink", A, 1),
                Stored("1changedlink", A, 1),
                Stored("2gonelink", A, None),
            ]
        )
        ledger.compare()
        asked = [
            *((f"uk/org/{name}", A) for name in ("same", "changed", "new", "shared", "gone")),
            *((key, A) for key in ("0samelink", "1changedlink", "2gonelink")),
        ]
        assert ledger.same(asked) == {
            ("uk/org/same", A),
            ("uk/org/shared", A),
            ("0samelink", A),
        }
        assert list(ledger.gone()) == [
            ("2gonelink", A),
            ("uk/org/gone", A),
            ("uk/org/shared", B),
        ]


def test_where_nodes_are_in_the_database(ledger: Ledger) -> None:
    with ledger:
        ledger.placed([("uk/org/x", "4:x"), ("uk/org/y", "4:y")])
        ledger.placed([("uk/org/y", "4:anew"), ("uk/org/\"q'", "4:q")])
        asked = ("uk/org/x", "uk/org/y", "uk/org/\"q'", "uk/org/nowhere")
        assert ledger.places(asked) == {
            "uk/org/x": "4:x",
            "uk/org/y": "4:anew",
            "uk/org/\"q'": "4:q",
        }
        assert ledger.places([]) == {}


def test_more_than_a_batch(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BATCH", 3)
    with ledger:
        for number in range(1_000):
            ledger.node(node(f"n{number}", line=number))
        ledger.close_entries()
        ledger.store(Stored(f"uk/org/n{number}", A, 1) for number in range(0, 1_000, 2))
        ledger.compare()
        asked = [(f"uk/org/n{number}", A) for number in range(1_000)]
        assert ledger.same(asked) == {(f"uk/org/n{number}", A) for number in range(0, 1_000, 2)}
        assert ledger.counts() == {0: 1_000}


def test_the_file_goes_with_the_ledger() -> None:
    with Ledger() as ledger:
        folder = Path(ledger._folder.name)
        assert folder.is_dir()
    assert not folder.exists()
