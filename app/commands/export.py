"""`joinedup export`: the graph, or a part of it, in a format that others read."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from app.commands import current, opened, place_options
from app.commands.ask import parameters
from app.take_away import FORMATS, format_of
from graph.errors import ExportError, ParameterError

if TYPE_CHECKING:
    from app.kept.views import View
    from graph.database.store import Store
    from graph.export import Format
    from graph.export.contents import Exportable
    from graph.read.project import Graph
    from graph.read.rows import Streams
    from queries.question import Question


def _formats(ctx: click.Context, param: click.Parameter, typed: str) -> list[CompletionItem]:
    return [CompletionItem(n, help=f.about) for n, f in FORMATS.items() if n.startswith(typed)]


_EPILOG = "\b\nFormats:\n" + "\n".join(f"  {name:<14}{f.about}" for name, f in FORMATS.items())


@click.command(
    "export",
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
    epilog=_EPILOG,
)
@click.option(
    "--format",
    "name",
    required=True,
    metavar="FORMAT",
    shell_complete=_formats,
    help="One of those below.",
)
@click.option(
    "--question",
    metavar="ID",
    help="Only what the answer to this question speaks of; its parameters follow as --name value.",
)
@click.option(
    "--view",
    "view_file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Only what a view saved by the app shows.",
)
@click.option(
    "--to",
    "path",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="A file, or a folder for a file named after subject and day (default: this folder).",
)
@click.option("--overwrite", is_flag=True, help="Replace what stands there.")
@place_options
@click.pass_context
def command(
    ctx: click.Context,
    name: str,
    question: str | None,
    view_file: Path | None,
    path: Path | None,
    overwrite: bool,
) -> None:
    """Write the graph out, or a part of it, with the evidence of every fact."""
    from app.take_away.selection import EVERYTHING
    from graph.read.rows import ProgressStore, size
    from queries.catalogue import question as find_question

    chosen = format_of(name)
    given = parameters(ctx.args)
    if question and view_file:
        raise ParameterError("--question and --view each name a part: give one of them")
    if given and not question:
        raise ParameterError(
            f"--{next(iter(given))} is no option of export; parameters of a question go with "
            "--question ID"
        )
    part: Question | View | None = _view(view_file) if view_file else None
    if question:
        part = find_question(question, current(ctx).own_questions)
    with opened(ctx) as (store, progress):
        rows = ProgressStore(store, progress)
        source: Exportable = rows
        subject, records = EVERYTHING, None
        if part:
            progress.start("reading the part", None, "records")
            source, subject = _part(ctx, store, rows, part, given)
        else:
            records = size(store)
        target = _target(path, chosen, subject, overwrite)
        progress.start(f"writing {target.name}", records, "records")
        written = chosen.write(source, target, overwrite=overwrite)
        progress.finish()
    click.echo(f"{written.path}: {written.nodes:,} things and {written.links:,} links")
    for note in written.notes:
        click.echo(note)


def _part(
    ctx: click.Context, store: Store, rows: Streams, of: Question | View, given: dict[str, str]
) -> tuple[Graph, str]:
    """The part that a question's answer or a saved view is, and what it is about."""
    from app.kept.views import View
    from app.take_away.selection import of_answer, of_view, subject_of
    from queries.ask import ask

    if isinstance(of, View):
        graph, subject = of_view(store, rows, of, current(ctx).own_questions), of.name
    else:
        answer = ask(store, of, given)
        graph, subject = of_answer(store, rows, answer), subject_of(answer)
    if not graph:
        raise ExportError(
            f"{subject}: this names nothing that is in the graph, so there is nothing to export"
        )
    return graph, subject


def _view(path: Path) -> View:
    from app.kept.views import ViewError, read

    try:
        return read(path.read_bytes())
    except ViewError as error:
        raise ViewError(f"{path}: {error}") from None
    except OSError as error:
        raise ExportError(f"{path} cannot be read ({error.strerror})") from None


def _target(path: Path | None, chosen: Format, subject: str, overwrite: bool) -> Path:
    """Where the export goes: PATH itself, or a name of its own in the folder PATH."""
    target = path or Path()
    replaced = overwrite and not chosen.extension and path is not None
    if target.is_dir() and not replaced:
        return target / chosen.file_name(subject, datetime.now(UTC).date())
    return target
