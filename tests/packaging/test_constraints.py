"""constraints.txt pins every package that pyproject.toml names, and says nothing of where."""

import tomllib

from packaging.requirements import Requirement

from tests.packaging.compose import ROOT

HOW = "run make constraints"


def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pairs = [line.split("==") for line in lines if not line.startswith("#")]
    return {name.lower().replace("_", "-"): version for name, version in pairs}


def direct() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    wanted = [Requirement(each) for group in groups for each in group]
    return [each for each in wanted if each.name != "joinedup"]


def test_every_package_named_is_pinned_within_its_bounds() -> None:
    pinned = pins()
    wrong = {
        str(each): pinned.get(each.name.lower())
        for each in direct()
        if pinned.get(each.name.lower(), "none") not in each.specifier
    }
    assert wrong == {}, HOW


def test_a_pin_is_a_name_and_a_version_and_nothing_else() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    other = [
        line
        for line in lines
        if not line.startswith("#") and ("://" in line or " " in line or line.count("==") != 1)
    ]
    assert other == [], HOW
