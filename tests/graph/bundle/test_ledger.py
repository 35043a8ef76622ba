"""The ledger: what is repeated, dangling, unchanged or gone, found on disk and not in memory."""

from pathlib import Path

import pytest

from graph.bundle import ledger as module
from graph.bundle.ledger import END_REJECTED, REJECTED, Ledger, Line, packed
from graph.bundle.values import Values, fingerprint
from graph.schema.model import columns
from graph.schema.types import TYPES

A, B = "uk/document/a", "uk/document/b"
PART_OF = list(TYPES).index("PART_OF")


def node(name: str, source: str = A, print_of: int = 1, line: int = 2, kind: int = 0) -> Line:
    return Line(f"uk/org/{name}", source, kind, print_of, line)


def link(key: str, start: str, end: str, print_of: int = 1, line: int = 2) -> Line:
    line_of = Line(key, A, 14, print_of, line)
    return line_of._replace(start=f"uk/org/{start}", finish=f"uk/org/{end}")


def values(kind: int, **given: str) -> Values:
    """The values of a record of this type, in the order of its columns."""
    return {name: given.get(name) for name in columns(list(TYPES.values())[kind])}


def entered(ledger: Ledger, line: Line) -> None:
    """Enter a line with a record of its own."""
    given = {"id": line.key} if line.start is None else {"from_id": line.start}
    ledger.enter(line._replace(record=packed(values(line.type, **given))))


def to_send(ledger: Ledger, *, skip: bool, size: int = 100) -> set[tuple[str, str]]:
    """Id or key and source of the records that are for the graph."""
    return {(e.key, e.source) for _, batch in ledger.records(size, skip=skip) for e in batch}


@pytest.fixture
def ledger() -> Ledger:
    return Ledger()


def test_counts_sources_and_types(ledger: Ledger) -> None:
    with ledger:
        for line in (node("x"), node("y", B), node("z", kind=3)):
            ledger.enter(line)
        ledger.enter(link("k", "x", "y"))
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
            ledger.enter(line)
        ledger.close_entries()
        assert list(ledger.repeated_nodes()) == [
            (node("x", line=2), node("x", line=4)),
            (node("x", line=2), node("x", line=5)),
        ]


def test_ids_of_two_types_and_ids_without_their_segment(ledger: Ledger) -> None:
    with ledger:
        for line in (node("x"), node("x", B, kind=3), node("y"), node("y", kind=4), node("z", B)):
            ledger.enter(line)
        ledger.enter(Line("uk/body/org", A, 0, 1, 9))
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
            ledger.enter(line)
        ledger.close_entries()
        assert list(ledger.repeated_links()) == [
            (link("k", "x", "y", line=2), link("k", "x", "y", 9, line=4))
        ]


def test_ends_and_their_types(ledger: Ledger) -> None:
    with ledger:
        ledger.enter(node("x", kind=1))
        ledger.enter(link("k", "x", "nowhere", line=7))
        ledger.close_entries()
        assert list(ledger.ends()) == [(14, 7, "uk/org/x", 1, "uk/org/nowhere", None)]


def test_what_is_unchanged_and_what_is_gone(ledger: Ledger) -> None:
    with ledger:
        for line in (node("same"), node("changed", print_of=2), node("new"), node("shared")):
            entered(ledger, line)
        entered(ledger, link("0samelink", "same", "new"))
        entered(ledger, link("1changedlink", "same", "new", 2))
        ledger.close_entries()
        ledger.store(
            [
                ("uk/org/gone", A, 1),
                ("uk/org/same", A, 1),
                ("uk/org/changed", A, 1),
                ("uk/org/shared", A, 1),
                ("uk/org/shared", B, 1),
                ("0samelink", A, 1),
                ("1changedlink", A, 1),
                ("2gonelink", A, None),
            ]
        )
        ledger.compare()
        said = {(f"uk/org/{name}", A) for name in ("same", "changed", "new", "shared")}
        said |= {("0samelink", A), ("1changedlink", A)}
        same = {("uk/org/same", A), ("uk/org/shared", A), ("0samelink", A)}
        assert to_send(ledger, skip=False) == said
        assert to_send(ledger, skip=True) == said - same
        assert ledger.unchanged() == {0: 2, 14: 1}
        assert list(ledger.gone()) == [
            ("2gonelink", A),
            ("uk/org/gone", A),
            ("uk/org/shared", B),
        ]


def test_records_come_by_type_with_their_values_and_fingerprints(ledger: Ledger) -> None:
    with ledger:
        for line in (node("a"), node("b", print_of=7), node("c", kind=1), node("d", B)):
            entered(ledger, line)
        entered(ledger, link("k", "a", "b"))
        ledger.close_entries()
        batches = [
            (kind, [(e.key, e.source, e.print) for e in batch])
            for kind, batch in ledger.records(3, skip=False)
        ]
        assert batches == [
            (0, [("uk/org/a", A, 1), ("uk/org/b", A, 7)]),
            (1, [("uk/org/c", A, 1)]),
            (0, [("uk/org/d", B, 1)]),
            (14, [("k", A, 1)]),
        ]
        ((_, (first, *_)), *_) = ledger.records(3, skip=False)
        assert first.values == values(0, id="uk/org/a")


def test_rejected_records_and_links_to_them_are_left_out(ledger: Ledger) -> None:
    with ledger:
        entered(ledger, node("a")._replace(out=REJECTED))
        entered(ledger, node("b")._replace(out=REJECTED))
        entered(ledger, node("b", B))
        entered(ledger, node("c"))
        for key, start, end in (("0", "c", "a"), ("1", "c", "b"), ("2", "b", "c"), ("3", "a", "c")):
            entered(ledger, link(key, start, end))
        ledger.close_entries()
        assert ledger.rejected_nodes() == ["uk/org/a"]
        ledger.decide([("2", A)], [])
        ledger.leave_out_links(ledger.rejected_nodes())
        assert [(one.key, one.source, one.why) for one in ledger.left_out()] == [
            ("uk/org/a", A, REJECTED),
            ("uk/org/b", A, REJECTED),
            ("0", A, END_REJECTED),
            ("2", A, REJECTED),
            ("3", A, END_REJECTED),
        ]
        assert to_send(ledger, skip=False) == {("uk/org/b", B), ("uk/org/c", A), ("1", A)}
        ledger.store([("0", A, 1), ("1", A, 1), ("9", A, 1)])
        ledger.compare()
        assert list(ledger.gone()) == [("0", A), ("9", A)]
        assert list(ledger.gone(left_out=True)) == [("0", A)]


def test_a_record_accepted_after_it_was_marked_rejected_counts_as_accepted(ledger: Ledger) -> None:
    marked = values(PART_OF, from_id="uk/org/x", to_id="uk/org/y", judgement="rejected")
    with ledger:
        line = link("k", "x", "y")._replace(type=PART_OF, out=REJECTED, record=packed(marked))
        ledger.enter(line)
        ledger.close_entries()
        ledger.decide([], [("k", A), ("elsewhere", A)])
        assert list(ledger.left_out()) == []
        ((_, (entry,)),) = ledger.records(10, skip=False)
        assert entry.values == marked | {"judgement": "accepted"}
        assert entry.print == fingerprint(entry.values.values())


def test_the_element_ids_of_nodes(ledger: Ledger) -> None:
    with ledger:
        ledger.set_element_ids([("uk/org/x", "4:x"), ("uk/org/y", "4:y")])
        ledger.set_element_ids([("uk/org/y", "4:anew"), ("uk/org/\"q'", "4:q")])
        asked = ("uk/org/x", "uk/org/y", "uk/org/\"q'", "uk/org/nowhere")
        assert ledger.element_ids(asked) == {
            "uk/org/x": "4:x",
            "uk/org/y": "4:anew",
            "uk/org/\"q'": "4:q",
        }
        assert ledger.element_ids([]) == {}


def test_more_than_a_batch(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BATCH", 3)
    with ledger:
        for number in range(1_000):
            entered(ledger, node(f"n{number}", line=number))
        ledger.close_entries()
        ledger.store((f"uk/org/n{number}", A, 1) for number in range(0, 1_000, 2))
        ledger.compare()
        assert to_send(ledger, skip=True, size=7) == {
            (f"uk/org/n{number}", A) for number in range(1, 1_000, 2)
        }
        assert ledger.counts() == {0: 1_000}


def test_the_file_goes_with_the_ledger() -> None:
    with Ledger() as ledger:
        folder = Path(ledger._folder.name)
        assert folder.is_dir()
    assert not folder.exists()
