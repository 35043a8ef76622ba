"""Names in the graph: found whatever their case and script, and never taken for query language."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.database import statements
from graph.database.search import Match, find, resolve
from graph.database.store import Store
from graph.errors import NameNotFound
from graph.schema.model import Provenance, Record
from graph.schema.nodes import Conclusion, Document, Organisation, Passage, Person, Post, Target
from tests.conftest import wipe
from tests.integration.dumps import everything, load

PLAN = "uk/document/plan"
WHERE = Provenance(source=PLAN, locator="1")
REJECTED = Provenance(source=PLAN, locator="2", judgement="rejected")
NAMES = {
    "king": "King's Fund",
    "curly": "Queen’s Household",
    "maori": "Te Kāwanatanga o Aotearoa",
    "china": "国防部",
    "arabic": "وزارة الدفاع",
    "hindi": "हिन्दी मंत्रालय",
    "greek": "Υπουργείο Άμυνας",
    "one": "X",
    "logic": "Health AND Safety OR NOT",
    "signs": 'C++ & "R&D" (Board) [1] {2} ~3 ^4 *5? a:b \\ /x/ !y - +z || &&',
    "number": "No. 10",
    "hyphen": "Inter-Departmental Group",
    "emoji": "Team 🚀",
    "under": "snake_case_unit",
    "long": "Committee " * 60 + "End",
}
ORGANISATIONS = [
    Organisation(id=f"uk/org/{slug}", name=name, provenance=WHERE) for slug, name in NAMES.items()
]
RECORDS: list[Record] = [
    Document(id=PLAN, title="The plan of plans", aliases=("PoP",), provenance=WHERE),
    *ORGANISATIONS,
    Organisation(
        id="uk/org/home-office",
        name="Home Office",
        aliases=("The Home Department",),
        abbreviation="HO",
        labels=("Department",),
        provenance=WHERE,
    ),
    Organisation(id="uk/org/cabinet-office", name="Cabinet Office", provenance=WHERE),
    Organisation(id="nz/org/cabinet-office", name="Cabinet Office", provenance=WHERE),
    Post(id="uk/post/cabinet-office", name="Head", aliases=("cabinet  office",), provenance=WHERE),
    Target(id="uk/target/drugs/1", name="Drugs 1", provenance=WHERE),
    Target(id="uk/target/drugs/10", name="Drugs 10", provenance=WHERE),
    Conclusion(id="uk/conclusion/a/1", name="Conclusion 1", provenance=WHERE),
    Person(id="uk/person/ann", name="Ann Smith", aliases=("Rt Hon Ann Smith",), provenance=WHERE),
    Passage(id="uk/passage/p", text="Home Office", provenance=WHERE),
    Organisation(id="uk/org/ghost", name="Ghost Office", provenance=REJECTED),
]


@pytest.fixture(scope="module")
def names(shared_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The names, loaded once: the tests of this module that use them only read."""
    wipe(shared_store)
    load(shared_store, tmp_path_factory.mktemp("made") / "names", RECORDS)
    shared_store.read("CALL db.awaitIndexes(60)")
    return shared_store


def test_every_name_leads_to_its_thing_whatever_the_case(names: Store) -> None:
    for slug, name in NAMES.items():
        for text in (name, name.upper(), name.lower(), f"  {name} "):
            assert resolve(names, text) == f"uk/org/{slug}", text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("home office", "uk/org/home-office"),
        ("HO", "uk/org/home-office"),
        ("ho", "uk/org/home-office"),
        ("the home  department", "uk/org/home-office"),
        ("uk/org/home-office", "uk/org/home-office"),
        ("UK/Org/Home-Office ", "uk/org/home-office"),
        ("Drugs 1", "uk/target/drugs/1"),
        ("drugs 10", "uk/target/drugs/10"),
        ("The Plan of Plans", PLAN),
        ("pop", PLAN),
        ("rt hon ann smith", "uk/person/ann"),
        ("uk/passage/p", "uk/passage/p"),
        ("nz/org/cabinet-office", "nz/org/cabinet-office"),
    ],
)
def test_names_aliases_abbreviations_and_ids(names: Store, text: str, found: str) -> None:
    assert resolve(names, text) == found


def test_a_label_narrows(names: Store) -> None:
    assert resolve(names, "Cabinet Office", {"Post"}) == "uk/post/cabinet-office"
    assert resolve(names, "Home Office", {"Department"}) == "uk/org/home-office"
    with pytest.raises(NameNotFound) as refused:
        resolve(names, "Home Office", {"Target", "Fund"})
    assert str(refused.value) == (
        "no Fund or Target is called 'Home Office'; `joinedup search WORD` looks through all names"
    )
    with pytest.raises(NameNotFound):
        resolve(names, "uk/org/home-office", {"Post"})


def test_an_ambiguous_name_lists_the_ids(names: Store) -> None:
    with pytest.raises(NameNotFound) as refused:
        resolve(names, "cabinet OFFICE")
    first, *rest = str(refused.value).splitlines()
    assert first == "'cabinet OFFICE' names 3 things; give the id of the one you mean:"
    assert sorted(rest) == [
        "  nz/org/cabinet-office  (Organisation: Cabinet Office)",
        "  uk/org/cabinet-office  (Organisation: Cabinet Office)",
        "  uk/post/cabinet-office  (Post: Head)",
    ]
    assert refused.value.exit_code == 2


def test_a_name_that_is_not_there_brings_the_nearest(names: Store) -> None:
    with pytest.raises(NameNotFound) as refused:
        resolve(names, "Hme Office", {"Department"})
    assert str(refused.value) == (
        "no Department is called 'Hme Office'; the nearest:\n"
        "  Home Office  (Organisation, uk/org/home-office)"
    )
    with pytest.raises(NameNotFound) as refused:
        resolve(names, "Zzyzx")
    assert str(refused.value) == (
        "no thing is called 'Zzyzx'; `joinedup search WORD` looks through all names"
    )


@pytest.mark.parametrize("sign", [*"+-&|!(){}[]^\"~*?:\\/=<>'`$;#%@", "&&", "||", "\x00", "\n"])
def test_signs_of_the_query_language_mean_nothing(names: Store, sign: str) -> None:
    assert find(names, sign) == []
    for text in (f"{sign}Home Office", f"Home{sign} Office", f"Home Office{sign}", f"Home {sign}O"):
        assert "uk/org/home-office" in [match.id for match in find(names, text)], text
    with pytest.raises(NameNotFound):
        resolve(names, sign * 3)


@pytest.mark.parametrize(
    "text",
    [
        "AND", "OR", "NOT", "TO", "home AND office", "NOT home", "home OR", "AND AND AND",
        "name:Home", "aliases:*", "_exists_:name", "[a TO z]", "/.*/", '"home', "home~9", "*", "?*",
        "(home", "home)", "home^", "home^99999", "\\", "\\u0000", "') DETACH DELETE n //",
    ],
)  # fmt: skip
def test_words_of_the_query_language_neither_break_nor_inject(names: Store, text: str) -> None:
    before = everything(names)
    wide = find(names, text, limit=1000)
    assert len(wide) < len(RECORDS) - 3
    with pytest.raises(NameNotFound):
        resolve(names, text)
    assert everything(names) == before


@pytest.mark.parametrize("text", ["x" * 5_000, "word " * 1_000, "a " * 2_500, "国" * 5_000])
def test_very_long_names(names: Store, text: str) -> None:
    with pytest.raises(NameNotFound) as refused:
        resolve(names, text)
    assert str(refused.value).startswith(f"no thing is called '{text[:79]}…'")


@pytest.mark.parametrize("text", ["", " ", "\t\n", "—", "👑", "\u202e", "..."])
def test_nothing_to_look_for(names: Store, text: str) -> None:
    assert find(names, text) == []


def test_a_match_in_full_and_exact_ones_first(names: Store) -> None:
    first, *others = find(names, "home office")
    assert first == Match(
        id="uk/org/home-office",
        label="Organisation",
        name="Home Office",
        aliases=("The Home Department", "HO"),
        score=first.score,
        exact=True,
    )
    assert not any(match.exact for match in others)
    assert {"uk/org/cabinet-office", "nz/org/cabinet-office"} <= {m.id for m in others}
    assert len(find(names, "office", limit=2)) == 2
    assert [match.id for match in find(names, "drug")] == [
        "uk/target/drugs/1",
        "uk/target/drugs/10",
    ]


def test_what_a_reviewer_rejected_is_not_found(names: Store) -> None:
    assert "uk/org/ghost" not in {match.id for match in find(names, "ghost office")}
    assert find(names, "uk/org/ghost") == []
    with pytest.raises(NameNotFound, match=r"^no thing is called 'uk/org/ghost'"):
        resolve(names, "uk/org/ghost")


def test_a_name_shared_by_many_others_is_still_found(store: Store, tmp_path: Path) -> None:
    crowd: list[Record] = [
        Organisation(id=f"uk/org/n{n}", name=f"Health Board {n} of Health", provenance=WHERE)
        for n in range(400)
    ]
    mine = Target(id="uk/target/health", name="Health", provenance=WHERE)
    load(store, tmp_path / "crowd", [Document(id=PLAN, title="T", provenance=WHERE), *crowd, mine])
    assert resolve(store, "health") == "uk/target/health"
    assert resolve(store, "health", {"Target"}) == "uk/target/health"
    assert resolve(store, "health board 399 of health") == "uk/org/n399"


def test_a_database_that_nothing_was_ever_loaded_into(store: Store) -> None:
    store.write(f"DROP INDEX {statements.NAME_INDEX}")
    try:
        assert find(store, "home") == []
        with pytest.raises(NameNotFound, match=r"^no Target is called 'home'"):
            resolve(store, "home", {"Target"})
    finally:
        store.define(statements.all_statements())
