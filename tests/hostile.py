"""Names that would be programs, pages or layouts wherever a screen obeyed them; in one place.

Each that could run sets `window.__pwned`. `hostile_bundle` puts them into every field that
takes words: names, titles, places, notes, roles in a plan.
"""

from pathlib import Path
from typing import Any

from graph.bundle.folder import Source, write_bundle
from graph.schema.model import Provenance, Record
from graph.schema.nodes import (
    PSA,
    Conclusion,
    Document,
    Fund,
    Organisation,
    Passage,
    Person,
    Post,
    Target,
)
from graph.schema.relationships import (
    ActedOn,
    Approves,
    Holds,
    MadeIn,
    MemberOf,
    PassageOf,
    PostIn,
    ResponsibleFor,
    StatesAmount,
    TargetOf,
    WorksWith,
)

HOSTILE = [
    "<img src=x onerror=window.__pwned=1>",
    "</script><script>window.__pwned=1</script>",
    "[x](javascript:window.__pwned=1)",
    "![x](https://example.org/x.png)",
    "<https://example.org>",
    "**bold** _it_ ~~gone~~ `code`",
    "# heading",
    "1. list",
    "- list",
    "> quote",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "$\\LaTeX$ and $$x^2$$",
    ":material/delete: :red[red] :smile: :small[s]",
    "a -> b <- c -- d >= e",
    "&lt;b&gt; &amp; &#60;",
    "\\*not\\*",
    "\\N \\G \\L",
    "=1+1",
    "    four spaces",
    "```\nfence",
    "https://example.org www.example.org a@example.org",
    "\u202ereversed\u202c",
    "x" * 5_000,
    "javascript:window.__pwned=1",
    "🏛️ Ministry 👩‍⚖️ ‏مكتب",
]

DOCUMENT = "uk/document/odd"
TARGET = "uk/target/odd/0"
FUND = "uk/fund/odd-0"
POST = "uk/post/odd-0"
DEPARTMENT = "uk/org/odd-0"


def hostile_bundle(folder: Path) -> Path:
    """A bundle in `folder` with every hostile name on a thing of every sort."""
    records: list[Record] = []
    for place, name in enumerate(HOSTILE):
        here = Provenance(source=DOCUMENT, locator=name, quote=name, rule=name)
        end: dict[str, Any] = {"provenance": here}
        department, post = f"uk/org/odd-{place}", f"uk/post/odd-{place}"
        psa, target = f"uk/psa/odd-{place}", f"uk/target/odd/{place}"
        fund, conclusion = f"uk/fund/odd-{place}", f"uk/conclusion/odd/{place}"
        person, passage = f"uk/person/odd-{place}", f"uk/passage/odd-{place}"
        records += [
            Organisation(
                id=department,
                labels=("Department",),
                name=name,
                aliases=(name.replace("|", "¦"),),  # it parts the names of a list
                provenance=here,
            ),
            Post(id=post, labels=("Minister",), name=name, provenance=here),
            Person(id=person, name=name, provenance=here),
            PSA(id=psa, name=name, provenance=here),
            Target(id=target, name=name, summary=name, provenance=here),
            Fund(id=fund, name=name, summary=name, provenance=here),
            Conclusion(
                id=conclusion, name=name, summary=name, response=name, due_text=name,
                provenance=here,
            ),
            Passage(id=passage, text=name, provenance=here),
            PassageOf(from_id=passage, to_id=DOCUMENT, **end),
            Holds(from_id=person, to_id=post, **end),
            PostIn(from_id=post, to_id=department, **end),
            TargetOf(from_id=target, to_id=psa, **end),
            ResponsibleFor(from_id=post, to_id=TARGET, role="joint", **end),
            ResponsibleFor(from_id=department, to_id=target, role="lead", **end),
            Approves(from_id=post, to_id=FUND, condition=name, **end),
            StatesAmount(
                from_id=DOCUMENT, to_id=fund, amount=1.0 + place, currency="GBP",
                amount_basis="total", **end,
            ),
            StatesAmount(
                from_id=DOCUMENT, to_id=fund, amount=2.0 + place, currency="GBP",
                amount_basis="total", **end,
            ),
            MadeIn(from_id=conclusion, to_id=DOCUMENT, **end),
            ActedOn(from_id=department, to_id=conclusion, done=name, planned=name, **end),
            MemberOf(from_id=post, to_id=DEPARTMENT, **end),
            WorksWith(from_id=department, to_id="uk/org/odd-other", on=name, **end),
        ]  # fmt: skip
    here = Provenance(source=DOCUMENT, locator="title page")
    records.append(Organisation(id="uk/org/odd-other", name="Another body", provenance=here))
    records.append(
        Document(
            id=DOCUMENT, title=HOSTILE[0], publisher=HOSTILE[1], licence=HOSTILE[2],
            attribution=HOSTILE[3], url="javascript:window.__pwned=1", provenance=here,
        )
    )  # fmt: skip
    source = Source(
        title=HOSTILE[5], id=DOCUMENT, jurisdiction="uk", licence=HOSTILE[2], publisher=HOSTILE[1],
        attribution=HOSTILE[3],
    )  # fmt: skip
    made = folder / "odd"
    write_bundle(source, records, made)
    return made
