"""A small sound bundle as text, to be spoiled in one place at a time."""

from __future__ import annotations

from pathlib import Path

from graph.bundle.check import check_bundle
from graph.bundle.table import Problem

PROVENANCE = "source,locator,basis,confidence"
PLAN = "uk/document/plan"
GOOD: dict[str, str | bytes | None] = {
    "source.yaml": f"title: A plan\nlicence: OGL\nid: {PLAN}\n",
    "Document.csv": f"id,title,{PROVENANCE}\n{PLAN},The plan,{PLAN},cover,stated,1\n",
    "Organisation.csv": (
        f"id,labels,name,aliases,{PROVENANCE}\n"
        f"uk/org/home-office,Department,Home Office,HO|Home,{PLAN},1.1,stated,1\n"
        f"uk/org/treasury,Department,Treasury,,{PLAN},1.2,stated,0.9\n"
    ),
    "Post.csv": (
        f"id,labels,name,{PROVENANCE}\n"
        f"uk/post/home-secretary,Minister,Home Secretary,{PLAN},1.1,stated,1\n"
    ),
    "POST_IN.csv": (
        f"from_id,to_id,start,{PROVENANCE}\n"
        f"uk/post/home-secretary,uk/org/home-office,2001-06,{PLAN},1.1,inferred,0.9\n"
    ),
}


def good(name: str) -> str:
    """The words of one file of the sound bundle."""
    text = GOOD[name]
    assert isinstance(text, str)
    return text


def bundle(folder: Path, **changed: str | bytes | None) -> Path:
    """Write the sound bundle; `Post_csv=` gives Post.csv other words, None leaves it out."""
    files = {**GOOD, **{name.replace("_csv", ".csv"): text for name, text in changed.items()}}
    if "source" in files:
        files["source.yaml"] = files.pop("source")
    folder.mkdir(parents=True)
    for name, text in files.items():
        if isinstance(text, str):
            (folder / name).write_bytes(text.encode())
        elif text is not None:
            (folder / name).write_bytes(text)
    return folder


def problems(folder: Path) -> list[str]:
    """What is wrong with a bundle, as it is shown."""
    return [str(problem) for problem in check_bundle(folder)]


def problem(line: str) -> Problem:
    """`Post.csv, line 2, column name: message` → the problem that is shown so."""
    place, _, message = line.partition(": ")
    file, *rest = place.split(", ")
    found = {part.partition(" ")[0]: part.partition(" ")[2] for part in rest}
    return Problem(file, int(found.get("line", 0)), found.get("column", ""), message)
