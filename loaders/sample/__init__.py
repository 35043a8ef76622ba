"""The facts of four documents about joined-up government, read by hand and reviewed."""

from pathlib import Path

from graph.bundle.folder import SOURCE_FILE

__all__ = ["folders"]


def folders() -> list[Path]:
    """The sample's fact bundles, oldest document first by name of folder."""
    here = Path(__file__).parent
    return sorted(folder.parent for folder in here.glob(f"*/{SOURCE_FILE}"))
