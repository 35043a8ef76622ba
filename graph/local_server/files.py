"""Small files written whole or not at all, readable by their owner alone."""

import json
import os
from pathlib import Path
from typing import Any

__all__ = ["private_folder", "read_json", "write_json", "write_private"]


def private_folder(folder: Path) -> None:
    """Make `folder` (and what leads to it) and let only its owner in."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)


def write_private(path: Path, text: str) -> None:
    """Write `text` as UTF-8 so that a reader finds the old file or the new one, never a part."""
    import tempfile  # like other imports within functions here: adopting a server needs it not

    handle, part = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # 0600 by itself
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise


def write_json(path: Path, value: dict[str, Any]) -> None:
    """`write_private`, as JSON."""
    write_private(path, json.dumps(value, indent=1) + "\n")


def read_json(path: Path) -> dict[str, Any]:
    """The object in `path`; empty when there is no such file or it holds no object."""
    try:
        value = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}
