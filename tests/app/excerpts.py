"""Small excerpts to draw."""

from graph.read.fact import Fact, Thing
from graph.read.fact import fact as stated
from graph.read.subgraph import Excerpt

DRUGS = Thing("uk/target/drugs/1", "Target", (), "Drugs 1")
HOME = Thing("uk/post/home-secretary", "Post", ("Minister",), "Home Secretary")
CHANCELLOR = Thing("uk/post/lord-chancellor", "Post", ("Minister",), "Lord Chancellor")
PSA = Thing("uk/psa/drugs", "PSA", (), "Drugs")


def fact(start: Thing, end: Thing, type_: str = "RESPONSIBLE_FOR", /, **other: object) -> Fact:
    """A link between two things, stated in paragraph 3.1.5 of the report unless told otherwise."""
    values: dict[str, object] = {
        "role": "lead" if type_ == "RESPONSIBLE_FOR" else None,
        "source": "uk/document/report",
        "locator": "3.1.5",
        "basis": "stated",
        "confidence": 1.0,
        "judgement": "accepted",
    }
    given = {**values, **other}
    title = str(given.pop("title", "Report"))
    key = " ".join((start.id, end.id, type_, *map(str, given.values())))
    return stated(type_, start, end, given, {"uk/document/report": title}, key)


SMALL = Excerpt(
    things=(DRUGS, HOME, CHANCELLOR, PSA),
    facts=(
        fact(HOME, DRUGS),
        fact(HOME, DRUGS, locator="4.2", basis="inferred"),
        fact(CHANCELLOR, DRUGS, role="support", basis="inferred", confidence=0.9),
        fact(DRUGS, PSA, "TARGET_OF"),
    ),
    centre=DRUGS.id,
)
