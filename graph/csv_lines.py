"""The lines under a CSV reader: which of them a row came from, and whether it is well formed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_WELL_FORMED = re.compile(
    r"""(?:"(?:[^"]|"")*+"|[^",\r\n]*+)(?:,(?:"(?:[^"]|"")*+"|[^",\r\n]*+))*+(?:\r\n?|\n)?"""
)
"""one row of RFC 4180; Python's reader alone takes a quote in the middle of a cell as it stands"""


def well_formed(row: str) -> bool:
    """Whether the text of one row is RFC 4180, its quotes only where they belong."""
    return _WELL_FORMED.fullmatch(row) is not None


class Lines:
    """The lines of a file, remembering those of the row being read.

    A row of CSV may run over several lines: `row` holds those of the row at hand, `first` is the
    number of its first line, and `ended` is True once there are no more.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self.row: list[str] = []
        self.number = 0
        self.first = 1
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        try:
            line = next(self._lines)
        except StopIteration:
            self.ended = True
            raise
        self.number += 1
        self.row.append(line)
        return line

    def begin(self) -> None:
        """Forget the last row: the next line starts one."""
        self.row.clear()
        self.first = self.number + 1
