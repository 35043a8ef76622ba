"""`joinedup load`: bundles into the graph."""

from __future__ import annotations

from pathlib import Path

import click

from app.commands import current, opened, place_options


@click.command("load")
@click.argument("what", metavar="sample|FOLDER")
@click.option("--force", is_flag=True, help="Write every record, changed or not.")
@click.option("--keep", is_flag=True, help="Remove nothing that the documents no longer say.")
@place_options
@click.pass_context
def command(ctx: click.Context, what: str, force: bool, keep: bool) -> None:
    """Load a fact bundle into the graph: the word `sample`, or the FOLDER of a bundle.

    The bundle is checked first, and nothing is loaded when it has a problem. Loading it again
    changes nothing; what its documents no longer say is removed.
    """
    from graph.bundle.folder import BundleInvalid, tables
    from graph.load.load import load_bundle

    place = current(ctx)
    found = bundles(what)
    for folder in found:  # before a database is started for nothing
        if not folder.is_dir():
            raise BundleInvalid(folder, tables(folder)[1])
    with opened(ctx) as (store, progress):
        for folder in found:
            report = load_bundle(
                store, folder, force=force, keep=keep, ledgers=place.ledgers, progress=progress
            )
            click.echo(str(report))


def bundles(what: str) -> list[Path]:
    """The bundle folders that `what` names."""
    if what == "sample":
        from loaders.sample import folders

        return folders()
    return [Path(what)]
