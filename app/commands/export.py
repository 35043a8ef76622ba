"""`joinedup export`: the graph in a format that others read."""

from __future__ import annotations

from pathlib import Path

import click

from app.bars import TerminalProgress
from app.commands.options import current, place_options
from app.opening import open_store
from graph.export import FORMATS, format_of


@click.command("export")
@click.option(
    "--format", "name", required=True, metavar="FORMAT", help=f"One of: {', '.join(FORMATS)}."
)
@click.option("--to", "path", required=True, type=click.Path(path_type=Path), metavar="PATH")
@click.option("--overwrite", is_flag=True, help="Replace what stands at PATH.")
@place_options
@click.pass_context
def command(ctx: click.Context, name: str, path: Path, overwrite: bool) -> None:
    """Write the whole graph to PATH, with the evidence of every fact."""
    chosen = format_of(name)
    with TerminalProgress() as progress, open_store(current(ctx), progress) as store:
        progress.start(f"writing {path.name}", None, "records")
        written = chosen.write(store, path, overwrite=overwrite)
        progress.finish()
    click.echo(f"{written.path}: {written.nodes} things and {written.links} links")
    for note in written.notes:
        click.echo(note)
