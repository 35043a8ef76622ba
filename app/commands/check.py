"""`joinedup check`: is a bundle fit to load, or what is wrong in the graph?"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from app.commands import form_options, opened, place_options
from app.text.sheet import Form, Sheet, show
from graph.errors import BundleError, JoinedUpError, ParameterError

if TYPE_CHECKING:
    from app.text.findings import Checked


@click.command("check")
@click.argument("what", metavar="[FOLDER|FILE]", required=False)
@click.option(
    "--severity",
    type=click.Choice(["high", "medium", "low"]),
    help="List findings as grave as this or graver, and leave with 1 when there are any (high).",
)
@click.option("--rules", metavar="NAMES", help="Look for these only, separated by commas.")
@click.option(
    "--as-at", metavar="DATE", help="The date on which to look at deadlines and ends (today)."
)
@form_options
@place_options
@click.pass_context
def command(
    ctx: click.Context,
    what: str | None,
    severity: str | None,
    rules: str | None,
    as_at: str | None,
    form: Form,
) -> None:
    """Show the gaps and conflicts of the graph; with FOLDER or FILE, the problems of that
    bundle or file.

    In the graph: what has no owner, lead, fund, deadline or follow-up, what is overdue, where
    documents disagree. The exit code is 1 when anything of the severity was found, otherwise 0.

    Of a bundle, or a file that a source reads (see joinedup load --help): every problem with its
    file, line and column. Nothing is loaded and no database is needed. The exit code is 3 when
    there are problems.
    """
    if what is not None:
        options = {"--severity": severity, "--rules": rules, "--as-at": as_at}
        for name in (name for name, value in options.items() if value is not None):
            raise ParameterError(f"{name} is about the graph: leave it out, or leave out {what}")
        _bundle(ctx, what, form)
        return
    checked = _graph(ctx, severity or "high", rules, as_at or date.today().isoformat())
    show(checked.sheet, form)
    if checked.findings:
        ctx.exit(JoinedUpError.exit_code)


def _bundle(ctx: click.Context, what: str, form: Form) -> None:
    from graph.bundle.check import check_bundle
    from loaders.registry import bundles

    rows: list[dict[str, Any]] = []
    with bundles(what) as folders:
        for bundle in folders:
            problems = bundle.report.all_problems() if bundle.report else []
            where = what if bundle.report else str(bundle.path)
            problems += check_bundle(bundle.path)
            rows += [asdict(problem) | {"bundle": where} for problem in problems]
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


def _graph(ctx: click.Context, severity: str, rules: str | None, as_at: str) -> Checked:
    from app.text.findings import check
    from graph.analyses import analysis

    options: dict[str, Any] = {"as_at": as_at} | ({"rules": rules} if rules else {})
    analysis("gaps.items").values(options)  # refuses a wrong option before the graph is read

    from graph.read.project import project

    with opened(ctx) as (store, progress):
        graph = project(store, progress=progress)
    return check(graph, severity, options)
