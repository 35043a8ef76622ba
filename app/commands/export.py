"""`joinedup export`: the graph, or a part of it, in a format that others read."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from app.bars import TerminalProgress
from app.commands.ask import parameters
from app.commands.options import current, place_options
from app.formats import FORMATS, format_of
from app.opening import open_store
from graph.errors import ExportError, ParameterError

if TYPE_CHECKING:
    from app.taking import Part
    from app.view_file import View
    from graph.export import Format
    from graph.store import Store
    from queries.header import Question


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
    from app.taking import EVERYTHING, Part
    from graph.export.watched import Watched, size

    chosen = format_of(name)
    given = parameters(ctx.args)
    if question and view_file:
        raise ParameterError("--question and --view each name a part: give one of them")
    if given and not question:
        raise ParameterError(
            f"--{next(iter(given))} is no option of export; parameters of a question go with "
            "--question ID"
        )
    view = _view(view_file) if view_file else None
    asked = _question(ctx, question) if question else None
    with TerminalProgress() as progress, open_store(current(ctx), progress) as store:
        if asked or view:
            progress.start("reading the part", None, "records")
            part = _part(store, asked, given, view)
        else:
            part = Part(Watched(store, progress), EVERYTHING)
        target = _target(path, chosen, part.subject, overwrite)
        progress.start(f"writing {target.name}", None if asked or view else size(store), "records")
        written = chosen.write(part.source, target, overwrite=overwrite)
        progress.finish()
    click.echo(f"{written.path}: {written.nodes:,} things and {written.links:,} links")
    for note in (*part.notes, *written.notes):
        click.echo(note)


def _question(ctx: click.Context, name: str) -> Question:
    from queries.catalogue import question

    return question(name, current(ctx).own_questions)


def _part(store: Store, asked: Question | None, given: dict[str, str], view: View | None) -> Part:
    from app.taking import of_answer, of_view

    if view is not None:
        return of_view(store, view)
    from queries.runner import ask_question

    assert asked is not None
    return of_answer(store, ask_question(store, asked, given))


def _view(path: Path) -> View:
    from app.view_file import ViewError, read

    try:
        return read(path.read_bytes())
    except ViewError as error:
        raise ViewError(f"{path}: {error}") from None
    except OSError as error:
        raise ExportError(f"{path} cannot be read ({error.strerror})") from None


def _target(path: Path | None, chosen: Format, subject: str, overwrite: bool) -> Path:
    """Where the export goes: PATH itself, or a name of its own in the folder PATH."""
    place = path or Path()
    replaced = overwrite and not chosen.extension and path is not None
    if place.is_dir() and not replaced:
        return place / chosen.file_name(subject, datetime.now(UTC).date())
    return place
