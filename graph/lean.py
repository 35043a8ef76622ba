"""Importing a library without the heavy ones that it takes along when it finds them."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without(*names: str) -> Iterator[None]:
    """While the body runs, modules `names` cannot be imported; those imported already stay.

    For what a library imports if it happens to be there and then hardly uses. Where several
    threads run nothing is hidden: another of them may be importing just that.
    """
    if threading.active_count() > 1:
        yield
        return
    hidden = [name for name in names if name not in sys.modules]
    for name in hidden:
        sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]
