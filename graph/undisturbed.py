"""The search for garbage kept away from work that makes many things and leaves none behind."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def undisturbed() -> Iterator[None]:
    """No search for garbage in circles while the body runs, in any thread.

    For a body that makes millions of small things which all stay, or go as soon as nothing names
    them: each search would look at all of them, and at the whole graph, in vain.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
