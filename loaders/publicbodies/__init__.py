"""Public bodies of many countries from publicbodies.org: one CSV file a country, one header.

A body's id is the source's own: `gb/aaib` becomes `uk/org/aaib`. Parents are read where a country's
file has them. Addresses, telephone numbers and tags say nothing of responsibility and stay out.
"""

from collections.abc import Iterator
from pathlib import Path

from graph.bundle.folder import Source
from graph.schema.model import Provenance, Record, make_id
from graph.schema.nodes import Organisation
from graph.schema.relationships import PartOf
from loaders.source import DataSource, Ids, ReadingReport, SourceRow, csv_header, csv_rows

COLUMNS = {"id", "name", "parent_id", "jurisdiction_code", "founding_date", "source_url"}
"""by which a file is recognised"""
LEFT_OUT = {
    *("description", "classification", "image", "url", "source_url", "phone", "email", "address"),
    *("contact", "tags", "jurisdiction_code"),
}
GOVERNMENTS = {"gb": "uk"}
"""where the source's word for a country is not ours"""


def describe(path: Path) -> Source:
    """What the bundle of a country's file is. Raises BundleError."""
    country = next((split(row)[1] for row in csv_rows(path, ReadingReport(path.name))), path.stem)
    document = make_id(country, "document", "publicbodies")
    title = f"Public bodies ({country.upper()})"
    return SOURCE.document(path, id=document, title=title, jurisdiction=country)


def split(row: SourceRow) -> tuple[str, str, str]:
    """The key of a row's body as it stands, and its two parts: `gb/aaib`, `uk`, `aaib`."""
    key = row.pop("id")
    country, _, rest = key.partition("/")
    return key, GOVERNMENTS.get(country, country), rest


def records(path: Path, report: ReadingReport) -> Iterator[Record]:
    """Every body of the file, then which is part of which. Raises BundleError."""
    document, ids = str(describe(path).id), Ids()
    bodies: dict[str, str] = {}
    children: list[tuple[SourceRow, str, str]] = []
    for row in csv_rows(path, report):
        key, country, rest = split(row)
        name, parent = row.pop("name"), row.pop("parent_id")
        if not name:
            row.problem("name", "the name is empty; row left out")
        elif body := ids.new(row, "id", country, "org", rest):
            bodies[key] = body
            children += [(row, key, parent)] if parent else []
            yield Organisation(
                id=body,
                name=name,
                aliases=tuple(filter(None, [row.pop("other_names")])),
                abbreviation=row.pop("abbreviation") or None,
                jurisdiction=country,
                start=row.pop_date("founding_date"),
                end=row.pop_date("dissolution_date"),
                provenance=Provenance(source=document, locator=key),
            )
            row.audit(ignore=LEFT_OUT)
    for row, key, parent in children:
        if parent in bodies and parent != key:
            where = Provenance(source=document, locator=key)
            yield PartOf(from_id=bodies[key], to_id=bodies[parent], provenance=where)
        else:
            what = "is the body itself" if parent == key else "is the id of no row that was read"
            row.problem("parent_id", f"'{parent}' {what}; the parent is left out")


SOURCE = DataSource(
    id="publicbodies",
    title="Public bodies",
    about="public bodies of many countries and their parents, from a file of publicbodies.org",
    publisher="publicbodies.org",
    licence="Open Data Commons Public Domain Dedication and Licence (PDDL) 1.0",
    attribution="publicbodies.org, Open Knowledge Foundation",
    url="https://publicbodies.org",
    recognises=lambda path: set(csv_header(path)) >= COLUMNS,
    describe=describe,
    records=records,
    expected={
        "ch.csv": {"Organisation": 2785, "PART_OF": 2775},
        "gb.csv": {"Organisation": 5362},
        "nz.csv": {"Organisation": 507},
    },
)
