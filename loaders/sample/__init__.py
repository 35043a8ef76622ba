"""The facts of four documents about joined-up government, read by hand and reviewed."""

from pathlib import Path

from graph.bundle.folder import SOURCE_FILE
from loaders.source import DataSource


def folders() -> list[Path]:
    """The sample's fact bundles, oldest document first by name of folder."""
    here = Path(__file__).parent
    return sorted(folder.parent for folder in here.glob(f"*/{SOURCE_FILE}"))


SOURCE = DataSource(
    id="sample",
    title="The sample",
    about="the facts of four documents about joined-up government, read by hand",
    publisher="HM Government and New Zealand Government",
    licence="Crown copyright; facts only",
    attribution="Each document is named with its facts",
    bundles=folders,
)
