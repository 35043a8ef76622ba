import pytest

from graph.analyses.analysis import Option, named
from graph.errors import NameNotFound, ParameterError
from tests.graph.small import at, node, small

GRAPH = small(
    node("org/home", "Department", name="Home Office", aliases=("HO", "Interior")),
    node("org/office", name="HO", abbreviation="OFF"),
    node("org/other", name="Interior Design", aliases=("Twin",)),
    node("org/third", name="Third", aliases=("twin",)),
    node("post/home", name="Home Secretary"),
    node("org/gone", name="Gone", where=at(judgement="rejected")),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Home Office", "org/home"),
        (" home OFFICE ", "org/home"),
        ("UK/org/home", "org/home"),
        ("HO", "org/office"),  # a name goes before an alias
        ("interior", "org/home"),
        ("off", "org/office"),
    ],
)
def test_a_thing_is_found_by_id_name_alias_or_abbreviation(text: str, found: str) -> None:
    assert named(GRAPH, text, ["Organisation"]) == f"uk/{found}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("twin", "2 things are called 'twin'; give one of their ids: uk/org/other, uk/org/third"),
        ("Home Secretary", "no Organisation is called 'Home Secretary'. The nearest names: "),
        ("Gone", "no Organisation is called 'Gone'."),
        ("zzzzzz", "no Organisation is called 'zzzzzz'."),
    ],
)
def test_what_is_not_one_thing_is_refused(text: str, said: str) -> None:
    with pytest.raises(NameNotFound) as error:
        named(GRAPH, text, ["Organisation"])
    assert str(error.value).startswith(said)


def test_an_option_may_be_a_thing_or_a_date() -> None:
    thing = Option(name="thing", about="", default="", of=("Post",))
    assert [thing.kind, thing.value(" Home "), thing.value(None)] == ["thing", "Home", ""]
    when = Option(name="as_at", about="", default="", dated=True)
    assert [when.kind, when.value("2001-06"), when.value(None)] == ["date", "2001-06", ""]
    with pytest.raises(ParameterError, match="as_at: '30 June' is not a date: write 2001"):
        when.value("30 June")
