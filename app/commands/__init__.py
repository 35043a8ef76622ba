"""The commands of the command line, and the options that they share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from app.settings import Settings, open_store, settings
from app.terminal_progress import TerminalProgress

if TYPE_CHECKING:
    from graph.database.store import Store

_Command = TypeVar("_Command", bound=Callable[..., Any])


def _place(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    ctx.ensure_object(dict)
    if value is not None and param.name is not None:
        ctx.obj[param.name] = value


def place_options(command: _Command) -> _Command:
    """`--workspace` and `--database`, anywhere on the line."""
    for name, meta, text in (
        ("--database", "URL", "A Neo4j to use in place of the local one."),
        ("--workspace", "DIR", "Folder of the local database (.joinedup)."),
    ):
        command = click.option(name, metavar=meta, help=text, expose_value=False, callback=_place)(
            command
        )
    return command


def form_options(command: _Command) -> _Command:
    """`--table` (the default), `--json`, `--csv`, `--markdown`."""
    texts = {
        "markdown": "Answer as a Markdown table.",
        "csv": "Answer as CSV.",
        "json": "Answer as JSON.",
        "table": "Answer as a table (the default).",
    }
    for form, text in texts.items():
        command = click.option(f"--{form}", "form", flag_value=form, default="table", help=text)(
            command
        )
    return command


@contextmanager
def opened(ctx: click.Context) -> Iterator[tuple[Store, TerminalProgress]]:
    """The database of a command, open while the body runs, and where to report progress."""
    with TerminalProgress() as progress, open_store(current(ctx), progress) as store:
        yield store, progress


def current(ctx: click.Context) -> Settings:
    """The settings that the options and the environment give."""
    given = ctx.ensure_object(dict)
    return settings(given.get("workspace"), given.get("database"))
