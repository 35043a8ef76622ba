"""The files of the project as a clone would have them: no environment, no caches, no data."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGES = ("graph", "loaders", "queries", "app")

_NOT_OURS = {".venv", ".git", ".joinedup", ".hypothesis", "build", "dist", "__pycache__"}


def _walk(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name in _NOT_OURS or path.name.endswith(("_cache", ".egg-info")):
            continue
        if path.is_dir():
            yield from _walk(path)
        else:
            yield path


@cache
def project_files() -> tuple[Path, ...]:
    """Every file, as absolute paths."""
    return tuple(_walk(ROOT))


def short(path: Path) -> str:
    """A path as it is written in messages: from the root, with forward slashes."""
    return path.relative_to(ROOT).as_posix()
