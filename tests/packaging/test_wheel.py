"""The wheel holds every file of the four packages, and nothing else."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.project_files import PACKAGES, ROOT, project_files, short

NEEDED = ("pyproject.toml", "README.md", "LICENSE")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from a copy, so that nothing is written beside the sources."""
    copy = tmp_path_factory.mktemp("source")
    for name in NEEDED:
        shutil.copy(ROOT / name, copy)
    for path in project_files():
        if path.relative_to(ROOT).parts[0] in PACKAGES:
            target = copy / path.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
    out = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    how = ["wheel", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(out)]
    subprocess.run([*pip, *how, str(copy)], check=True)
    (built,) = out.glob("joinedup-*.whl")
    return built


@pytest.mark.slow
def test_the_wheel_holds_every_file_of_the_four_packages(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = {name for name in archive.namelist() if ".dist-info/" not in name}
    ours = {
        short(path)
        for path in project_files()
        if path.relative_to(ROOT).parts[0] in PACKAGES and path.suffix != ".md"
    }
    assert inside == ours
    kinds = {".cypher", ".yaml", ".csv", ".lock.csv", "py.typed"}
    assert {kind for kind in kinds if not any(name.endswith(kind) for name in inside)} == set()


@pytest.mark.slow
def test_the_wheel_must_not_be_uploaded_and_carries_the_licence(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        (about,) = (name for name in names if name.endswith(".dist-info/METADATA"))
        text = archive.read(about).decode()
    assert "Classifier: Private :: Do Not Upload\n" in text
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
