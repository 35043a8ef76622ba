"""`joinedup check`: is a bundle fit to load?"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from app.commands.load import bundles
from app.commands.options import Form, form_options, place_options
from app.output import Sheet, show
from graph.errors import BundleError


@click.command("check")
@click.argument("what", metavar="FOLDER")
@form_options
@place_options
@click.pass_context
def command(ctx: click.Context, what: str, form: Form) -> None:
    """Show every problem of the bundle in FOLDER, each with its file, line and column.

    Nothing is loaded and no database is needed. The exit code is 3 when there are problems.
    """
    from graph.validate import check_bundle

    found = [(folder, problem) for folder in bundles(what) for problem in check_bundle(folder)]
    rows = [asdict(problem) | {"bundle": str(folder)} for folder, problem in found]
    count = f"{len(rows)} problem{'' if len(rows) == 1 else 's'}"
    title = f"{Path(what)}: {count}" if rows else f"{Path(what)}: no problems, fit to load"
    columns = ("file", "line", "column", "message")
    # To a reader line 0 says nothing: the problem is the file's as a whole.
    shown = [row | {"line": row["line"] or None} for row in rows]
    sheet = Sheet(
        columns, shown, title, json=rows, file_columns=("bundle", *columns), file_rows=rows
    )
    show(sheet, form)
    if rows:
        ctx.exit(BundleError.exit_code)
