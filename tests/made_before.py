"""What tests/fixtures/before holds: files that joinedup wrote before its modules were moved."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

from tests.project_files import ROOT

BEFORE = ROOT / "tests" / "fixtures" / "before"
BUNDLE = BEFORE / "bundle"
BACKUP = BEFORE / "backup.zip"
SHARED = BEFORE / "shared.joinedup-view.json"
READ, THINGS, LINKS = 57, 21, 35
"""records, of which one thing has two; things; links"""

TARGET = "xx/target/safe-passage/1"
MINISTER = "xx/post/minister-of-harbours"
LAMPS = "xx/post/minister-of-lamps"
QUERY = (
    "MATCH (p:Post)-[r:RESPONSIBLE_FOR {role: $role}]->(t:Target) "
    "RETURN p.name AS post, t.name AS target ORDER BY post, target"
)
VIEWS: dict[str, tuple[str, dict[str, str]]] = {
    "Everything for Gephi": ("Exports", {"format": "gexf"}),
    "Left undone": (
        "Gaps and conflicts",
        {"as-at": "2034-01-01", "rule": "overdue", "kind": "Target", "state": "all"},
    ),
    "Ministers against each other": (
        "Matrix",
        {"view": "shared", "who": "Post", "roles": "answering", "most": "15"},
    ),
    "Ministry, looked up": ("Look up", {"id": "xx/org/ministry-of-harbours"}),
    "My query": ("Console", {"q": QUERY, "p.role": "lead", "rows": "100"}),
    "The harbour, moved by hand": (
        "Explore",
        {
            "id": TARGET,
            "steps": "2",
            "by": "type",
            "pin": MINISTER,
            "without": "Place",
            "sure": "0.5",
        },
    ),
    "What the review says": (
        "Documents",
        {"id": "xx/document/harbour-review-2032", "type": "RESPONSIBLE_FOR"},
    ),
    "Who lights the quays": ("Ask", {"q": "responsibility.joint", "target": TARGET}),
    "Without the Lamp Minister": (
        "Bottlenecks",
        {
            "analysis": "bottlenecks.cut_points",
            "level": "department",
            "without": "xx/org/ministry-of-lamps",
        },
    ),
}
"""Name of a saved view → the title of its page, and what its address says."""

MOVED = {TARGET: (120.5, -40.0), MINISTER: (-60.25, 12.0), LAMPS: (0.0, 88.0)}
"""where things stand in the picture of `The harbour, moved by hand`"""

Row = dict[str, str]


def workspace(folder: Path) -> Path:
    """A copy of the workspace with its views, its question and its decisions."""
    return Path(shutil.copytree(BEFORE / "workspace", folder))


def records(bundle: Path) -> dict[str, list[Row]]:
    """Type → its records in a bundle, without the columns that are empty."""
    found = {}
    for path in sorted(bundle.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = [{k: v for k, v in row.items() if v} for row in csv.DictReader(file)]
        found[path.stem] = sorted(rows, key=lambda row: sorted(row.items()))
    return found
