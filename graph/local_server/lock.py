"""The committed list of Neo4j's jars: Maven coordinates, sizes and checksums, no addresses."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from graph.errors import LocalServerError

__all__ = ["LOCK", "VERSION", "Jar", "read_lock"]

VERSION = "5.26.30"
LOCK = Path(__file__).with_name(f"neo4j-{VERSION}.lock.csv")
_COLUMNS = ["group", "artifact", "version", "classifier", "sha256", "bytes"]


@dataclass(frozen=True)
class Jar:
    """One line of the lock; `bytes` is the size of the file that has this `sha256`."""

    group: str
    artifact: str
    version: str
    classifier: str
    sha256: str
    bytes: int

    @property
    def path(self) -> PurePosixPath:
        """Where a Maven repository, remote or cached, keeps it."""
        tail = f"-{self.classifier}" if self.classifier else ""
        name = f"{self.artifact}-{self.version}{tail}.jar"
        return PurePosixPath(*self.group.split("."), self.artifact, self.version, name)


def read_lock(lines: Iterable[str] | None = None) -> tuple[Jar, ...]:
    """Read a lock, by default our own, in its order (which is the order of the class path).

    Raises:
        LocalServerError: the columns are not those of a lock, or a line is not a jar.
    """
    import csv

    if lines is None:
        lines = LOCK.read_text("utf-8").splitlines()
    reader = csv.DictReader(lines)
    if reader.fieldnames != _COLUMNS:
        raise LocalServerError(
            f"The list of Neo4j's jars has the columns {reader.fieldnames}, not {_COLUMNS}. "
            "Install joinedup again."
        )
    return tuple(_jar(row, number) for number, row in enumerate(reader, start=2))


def _jar(row: dict[str, str], number: int) -> Jar:
    named = all(row[column] for column in ("group", "artifact", "version"))
    parts = "/".join(row[column] or "" for column in _COLUMNS[:4])
    sound = len(row["sha256"] or "") == 64 and (row["bytes"] or "").isdecimal()
    if not (named and sound) or ".." in parts or "\\" in parts or parts.count("/") != 3:
        raise LocalServerError(
            f"Line {number} of the list of Neo4j's jars is not a jar: {row}. "
            "Install joinedup again."
        )
    return Jar(
        row["group"],
        row["artifact"],
        row["version"],
        row["classifier"],
        row["sha256"].lower(),
        int(row["bytes"]),
    )
