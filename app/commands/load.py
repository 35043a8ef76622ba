"""`joinedup load`: bundles into the graph."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.commands import TerminalProgress, current, opened, place_options
from app.settings import Settings
from loaders.registry import SOURCES, bundles

if TYPE_CHECKING:
    from graph.database.store import Store
    from loaders.registry import BundleFolder

SHOWN = 20
"""lines about the reading of a file; `joinedup check` shows all"""

_EPILOG = "\b\nSources:\n" + "\n".join(f"  {one.id:<14}{one.about}" for one in SOURCES)


@click.command("load", epilog=_EPILOG)
@click.argument("what", metavar="sample|FOLDER|FILE")
@click.option("--as", "read_as", metavar="SOURCE", help="Read FILE as one of the sources below.")
@click.option(
    "--to",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Keep the bundle that is made of FILE in this folder.",
)
@click.option("--force", is_flag=True, help="Write every record, changed or not.")
@click.option("--keep", is_flag=True, help="Remove nothing that the documents no longer say.")
@place_options
@click.pass_context
def command(
    ctx: click.Context, what: str, read_as: str | None, to: Path | None, force: bool, keep: bool
) -> None:
    """Load facts into the graph: the word `sample`, the FOLDER of a bundle, or a FILE of a source.

    A bundle is checked first, and nothing is loaded when it has a problem. Loading it again
    changes nothing; what its documents no longer say is removed. A FILE is recognised by its
    header and made into a bundle first; rows that cannot be read are named and left out.
    """
    from graph.bundle.folder import BundleInvalid, tables

    with bundles(what, read_as=read_as, to=to) as folders:
        for bundle in folders:  # before a database is started for nothing
            if not bundle.path.is_dir():
                raise BundleInvalid(bundle.path, tables(bundle.path)[1])
            if bundle.report:
                lines = bundle.report.lines()
                click.echo("\n".join(lines[:SHOWN]), err=True)
                if len(lines) > SHOWN:
                    click.echo(f"… and {len(lines) - SHOWN:,} more lines", err=True)
        with opened(ctx) as (store, progress):
            load_bundles(folders, store, current(ctx), progress, force=force, keep=keep)


def load_bundles(
    folders: Iterable[BundleFolder],
    store: Store,
    settings: Settings,
    progress: TerminalProgress,
    *,
    force: bool = False,
    keep: bool = False,
) -> None:
    """Load bundles one after the other and print what changed; see `graph.load.load`."""
    from graph.load.load import load_bundle

    for bundle in folders:
        report = load_bundle(
            store,
            bundle.path,
            force=force,
            keep=keep,
            ledgers=settings.ledgers,
            rejections=settings.rejections,
            progress=progress,
        )
        click.echo(str(report))
