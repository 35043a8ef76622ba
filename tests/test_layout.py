"""Guards of the house: root folders as packages, small files, nothing of one machine."""

import ast
import importlib
import re
import subprocess
import sys
import tomllib
from collections import Counter
from importlib import metadata
from pathlib import Path

import pytest
from setuptools import find_packages

from tests.project_files import PACKAGES, ROOT, project_files, short

CODE = {".py", ".cypher", ".toml", ".yml", ".js", ".css", ".html", ".md", ""}
GENERATED = ("docs/questions.md", "docs/vocabulary.md", "docs/licences.md")
VENDORED = ("tests/packaging/compose_spec/", "/vendor/", ".min.js", "LICENSE")


def read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        return ""  # pictures and other binary data


@pytest.mark.parametrize("name", PACKAGES)
def test_the_package_that_is_imported_is_ours(name: str) -> None:
    found = importlib.import_module(name).__file__
    assert found is not None
    assert Path(found) == ROOT / name / "__init__.py"


def test_the_installed_packages_are_ours_wherever_python_starts(tmp_path: Path) -> None:
    program = f"import {', '.join(PACKAGES)}; print(*[p.__file__ for p in ({', '.join(PACKAGES)})])"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True
    )
    wanted = " ".join(str(ROOT / name / "__init__.py") for name in PACKAGES)
    assert (done.stdout.strip(), done.stderr) == (wanted, ""), "run make setup"


def test_nothing_in_app_hides_another_module() -> None:
    # `streamlit run app/main.py` puts app/ first on the path.
    inside = {
        path.stem
        for path in (ROOT / "app").iterdir()
        if path.name != "__init__.py" and (path.suffix == ".py" or path.is_dir())
    }
    theirs = {
        module
        for module, packages in metadata.packages_distributions().items()
        if "joinedup" not in packages
    }
    assert inside & (set(PACKAGES) | set(sys.stdlib_module_names) | theirs) == set()


def test_every_folder_with_python_is_a_package() -> None:
    folders = {
        folder
        for path in project_files()
        if path.suffix == ".py"
        for folder in path.relative_to(ROOT).parents
        if folder.parts and folder.parts[0] in (*PACKAGES, "tests", "bench")
    }
    bare = {str(each) for each in folders if not (ROOT / each / "__init__.py").exists()}
    assert bare == set()


def test_the_packages_to_install_are_the_four_and_what_is_in_them() -> None:
    about = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
    listed = set(find_packages(str(ROOT), include=about["packages"]["find"]["include"]))
    inside = {
        ".".join(path.relative_to(ROOT).parent.parts)
        for path in project_files()
        if path.name == "__init__.py" and path.relative_to(ROOT).parts[0] in PACKAGES
    }
    assert listed == inside
    assert set(PACKAGES) <= listed


def test_every_package_says_that_it_is_typed() -> None:
    assert [name for name in PACKAGES if not (ROOT / name / "py.typed").exists()] == []


def test_no_file_is_over_five_hundred_lines() -> None:
    long = {}
    for path in project_files():
        if path.suffix not in CODE or any(part in short(path) for part in VENDORED + GENERATED):
            continue
        lines = read(path).count("\n")
        if lines > 500:
            long[short(path)] = lines
    assert long == {}


def test_a_module_has_a_name_of_its_own_on_its_floor() -> None:
    named = Counter(
        (path.relative_to(ROOT).parts[0], path.stem)
        for path in project_files()
        if path.suffix == ".py"
        and path.relative_to(ROOT).parts[0] in PACKAGES
        and path.name not in ("__init__.py", "page.py")
    )
    assert [name for name, number in named.items() if number > 1] == []


def test_a_class_name_means_one_thing() -> None:
    places: dict[str, set[str]] = {}
    for path in project_files():
        if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in PACKAGES:
            for node in ast.walk(ast.parse(read(path))):
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    places.setdefault(node.name, set()).add(short(path))
    assert {name: where for name, where in places.items() if len(where) > 1} == {}


MACHINE = re.compile(r"/work/|/root/|/Users/\w|\.pyenv|file:///(?!etc/passwd|\.\./)")
REGISTRY = re.compile(
    r"pypi\.org|pythonhosted\.org|maven\.org|maven\.apache\.org|npmjs\.(?:org|com)"
    r"|proxy\.golang\.org|docker\.io|ghcr\.io|deb\.debian\.org|conda\.anaconda\.org"
)


@pytest.mark.parametrize("words", [MACHINE, REGISTRY], ids=["machine paths", "registry hosts"])
def test_no_file_names_one_machine_or_its_sources_of_packages(words: re.Pattern[str]) -> None:
    named = {
        f"{short(path)}: {found.group()}"
        for path in project_files()
        if path != Path(__file__)
        and not any(part in short(path) for part in VENDORED)
        and path.suffix != ".csv"
        for found in [words.search(read(path))]
        if found
    }
    assert named == set()


def test_the_commands_in_the_readme_exist() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    blocks = re.findall(r"```.*?\n(.*?)```", readme, flags=re.DOTALL)
    shown = set(re.findall(r"^\$? ?make ([a-z]+)", "\n".join(blocks), flags=re.MULTILINE))
    known = set(re.findall(r"^([a-z]+):.*## ", read(ROOT / "Makefile"), flags=re.MULTILINE))
    assert {"app", "test"} <= shown
    assert shown <= known
