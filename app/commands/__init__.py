"""The commands of the command line: the options that they share, and progress on the terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self, TypeVar

import click

from app.settings import Settings, open_store, settings
from graph.progress import Unit

if TYPE_CHECKING:
    from rich.progress import Progress as Bars

    from graph.database.store import Store

_Command = TypeVar("_Command", bound=Callable[..., Any])


def place_options(command: _Command) -> _Command:
    """`--workspace` and `--database`, anywhere on the line."""

    def keep(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
        if value is not None:
            ctx.ensure_object(dict)[param.name] = value

    for name, meta, text in (
        ("--database", "URL", "A Neo4j to use in place of the local one."),
        ("--workspace", "DIR", "Folder of the local database (.joinedup)."),
    ):
        command = click.option(name, metavar=meta, help=text, expose_value=False, callback=keep)(
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


class TerminalProgress:
    """Bars with size and time left on the error stream; silent where that is no terminal.

    Nothing is imported or drawn until the first task starts.
    """

    def __init__(self) -> None:
        self._bars: Bars | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.finish()

    def start(self, task: str, total: int | None, unit: Unit) -> None:
        """Begin a task with its own bar."""
        if not sys.stderr.isatty():
            return
        from rich import progress
        from rich.console import Console

        self.finish()
        amount = progress.DownloadColumn() if unit == "bytes" else progress.MofNCompleteColumn()
        columns: list[progress.ProgressColumn] = [
            progress.SpinnerColumn(),
            progress.TextColumn("{task.description}", markup=False),
        ]
        if total is not None:
            columns += [progress.BarColumn(), amount, progress.TimeRemainingColumn()]
        columns.append(progress.TimeElapsedColumn())
        self._bars = progress.Progress(
            *columns, console=Console(stderr=True), transient=True, refresh_per_second=8
        )
        self._bars.add_task(task, total=total)
        self._bars.start()

    def advance(self, n: int) -> None:
        """Move the bar on."""
        if self._bars is not None:
            self._bars.advance(self._bars.task_ids[0], n)

    def finish(self) -> None:
        """Take the bar away."""
        if self._bars is not None:
            self._bars.stop()
            self._bars = None


@contextmanager
def opened(ctx: click.Context) -> Iterator[tuple[Store, TerminalProgress]]:
    """The database of a command, open while the body runs, and where to report progress."""
    with TerminalProgress() as progress, open_store(current(ctx), progress) as store:
        yield store, progress


def current(ctx: click.Context) -> Settings:
    """The settings that the options and the environment give."""
    options = ctx.ensure_object(dict)
    return settings(options.get("workspace"), options.get("database"))
