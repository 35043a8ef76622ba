"""A property is one line and a type one class: everything else follows from the declaration."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.project_files import ROOT

NEW_PROPERTY = '    ceiling: Annotated[float | None, Doc("Most that may be spent")] = None\n'
NEW_NODE = '''
class Bylaw(Node):
    """A rule that a body makes for itself."""

    LABEL = "Bylaw"
    SEGMENT = "bylaw"
    COLOUR = "#123456"
    SHAPE = "trapezium"

    name: Annotated[str, Doc("Name as the source prints it", search=True)]


'''
NEW_LINK = '''
class LooksInto(Relationship):
    """A body looks into an initiative."""

    TYPE, FROM, TO = "LOOKS_INTO", (Organisation,), (Initiative,)
    READS, REVERSE = "looks into", "is looked into by"

    depth: Annotated[Text, Doc("How deep", key=True)] = None


'''
FROM = "source,locator,basis,confidence"
AT = "uk/document/plan,1,stated,1"
BUNDLE = {
    "source.yaml": "title: A plan\nlicence: OGL\nid: uk/document/plan\n",
    "Document.csv": f"id,title,{FROM}\nuk/document/plan,The plan,{AT}\n",
    "Organisation.csv": f"id,name,{FROM}\nuk/org/audit,Audit,{AT}\n",
    "Initiative.csv": f"id,name,{FROM}\nuk/initiative/x,X,{AT}\n",
    "Bylaw.csv": f"id,name,{FROM}\nuk/bylaw/one,One,{AT}\n",
    "Fund.csv": f"id,name,ceiling,{FROM}\nuk/fund/f,F,CEILING,{AT}\n",
    "LOOKS_INTO.csv": (
        f"from_id,to_id,depth,{FROM}\nuk/org/audit,uk/initiative/x,knee-deep,{AT}\n"
    ),
}
PROGRAM = '''
import io, json, sys, tempfile, zipfile
from datetime import date
from pathlib import Path

import graph
from docs.generate import vocabulary
from graph.bundle.check import check_bundle
from graph.database import statements
from graph.export import FORMATS
from graph.read.project import from_records
from graph.schema.model import columns
from graph.schema.types import TYPES
from graph.schema.words import headings, many, one
from tests.bundle_records import read_bundle


def texts(content):
    """The file as text; of an archive every file in it."""
    if not content.startswith(b"PK"):
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "".join(
            f"{name} {archive.read(name).decode('utf-8', 'replace')}" for name in archive.namelist()
        )


sound, faulty = map(Path, sys.argv[1:])
projected = from_records(read_bundle(sound).records)
downloads = {
    name: one_format.as_bytes(projected, "all", date(2026, 1, 1))
    for name, one_format in FORMATS.items()
}
json.dump(
    {
        "where": graph.__file__,
        "columns": {name: columns(TYPES[name]) for name in ("Fund", "Bylaw", "LOOKS_INTO")},
        "constraints": sorted(statements.constraints()),
        "statement": statements.write_relationships(TYPES["LOOKS_INTO"], True),
        "problems": [[str(check_bundle(folder)[0])] if check_bundle(folder) else []
                     for folder in (sound, faulty)],
        "headings": headings("LOOKS_INTO"),
        "words": [one("Bylaw"), many("Bylaw")],
        "docs": vocabulary.page(),
        "exports": {name: texts(download.content) for name, download in downloads.items()},
        "notes": {name: download.written.notes for name, download in downloads.items()},
    },
    sys.stdout,
)
'''


def _written(folder: Path, ceiling: str) -> Path:
    folder.mkdir()
    for name, text in BUNDLE.items():
        (folder / name).write_text(text.replace("CEILING", ceiling), "utf-8")
    return folder


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the house says in a copy of it to which a property and two types were added."""
    house = tmp_path_factory.mktemp("house")
    for part in ("graph", "docs/generate"):
        shutil.copytree(ROOT / part, house / part, ignore=shutil.ignore_patterns("__pycache__"))
    (house / "tests").mkdir()
    for name in ("__init__.py", "bundle_records.py"):
        shutil.copy(ROOT / "tests" / name, house / "tests" / name)
    nodes = house / "graph" / "schema" / "nodes.py"
    text = nodes.read_text("utf-8")
    before, fund, after = text.partition('    LABEL = "Fund"\n')
    line = "    period: Annotated[Text, _PERIOD] = None\n"
    after = after.replace(line, line + NEW_PROPERTY, 1)
    text = before + fund + after
    nodes.write_text(text.replace("\nNODES: ", f"{NEW_NODE}NODES: "), "utf-8")
    links = house / "graph" / "schema" / "relationships.py"
    text = links.read_text("utf-8")
    links.write_text(text.replace("\nRELATIONSHIPS: ", f"{NEW_LINK}RELATIONSHIPS: "), "utf-8")
    folders = [_written(house / name, value) for name, value in (("good", "10"), ("bad", "much"))]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *map(str, folders)],
        cwd=house,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    assert Path(answer["where"]).is_relative_to(house)
    return answer


def test_columns_constraints_and_statements_follow(said: dict[str, Any]) -> None:
    assert said["columns"]["Fund"][:9] == [
        *("id", "labels", "name", "aliases", "kind", "summary", "currency", "period", "ceiling")
    ]
    assert said["columns"]["Bylaw"][:3] == ["id", "labels", "name"]
    assert said["columns"]["LOOKS_INTO"][:3] == ["from_id", "to_id", "depth"]
    assert "joinedup_bylaw_id" in said["constraints"]
    assert ":LOOKS_INTO" in said["statement"]


def test_validation_follows(said: dict[str, Any]) -> None:
    (sound, (faulty,)) = said["problems"]
    assert sound == []
    assert faulty.startswith("Fund.csv, line 2, column ceiling: 'much' is not a number")


def test_documentation_and_words_follow(said: dict[str, Any]) -> None:
    assert "| `ceiling` | Most that may be spent | number |" in said["docs"]
    assert "Organisation *looks into* Initiative" in said["docs"]
    assert "### Bylaw\n\nA rule that a body makes for itself." in said["docs"]
    assert said["headings"] == ["Looks into", "Is looked into by"]
    assert said["words"] == ["bylaw", "bylaws"]


def test_every_export_carries_the_additions(said: dict[str, Any]) -> None:
    for name, text in said["exports"].items():
        if name == "popolo":
            left = said["notes"][name][0]
            assert "1 Bylaw" in left
            assert "1 LOOKS_INTO" in left
            continue
        for word in ("LOOKS_INTO", "Bylaw", "ceiling", "depth", "knee-deep"):
            assert word in text, (name, word)
