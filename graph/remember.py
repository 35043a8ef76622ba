"""A cache for functions of types: `functools.cache`, with the signature kept for the checker."""

from collections.abc import Callable
from functools import cache
from typing import ParamSpec, TypeVar, cast

_P = ParamSpec("_P")
_R = TypeVar("_R")


def remembered(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """`function`, working each answer out once.

    The checker takes a dataclass type for unhashable (a class's own `__hash__` looks to it like
    the instances'), and so refuses `functools.cache` on functions of record types.
    """
    return cast(Callable[_P, _R], cache(function))
