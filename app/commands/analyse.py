"""`joinedup analyse`: the analyses, on the graph as it stands."""

from __future__ import annotations

import difflib

import click
from click.shell_completion import CompletionItem

from app.commands import TerminalProgress, current, form_options, place_options
from app.commands.ask import parameters
from app.settings import open_store
from app.text.answer_sheet import analyses_sheet, analysis_sheet
from app.text.sheet import Form, show
from graph.errors import QuestionError, either


def _names(ctx: click.Context, param: click.Parameter, typed: str) -> list[CompletionItem]:
    from graph.analyses import ANALYSES

    return [CompletionItem(n, help=a.title) for n, a in ANALYSES.items() if n.startswith(typed)]


@click.command(
    "analyse", context_settings={"ignore_unknown_options": True, "allow_extra_args": True}
)
@click.argument("name", metavar="ANALYSIS", required=False, shell_complete=_names)
@click.option("--limit", type=click.IntRange(1, 1_000_000), help="At most so many rows.")
@click.option(
    "--backend",
    metavar="NAME",
    help="What computes: rustworkx (the default), networkx, or a backend of NetworkX; "
    "JOINEDUP_ANALYSIS_BACKEND says it for good.",
)
@form_options
@place_options
@click.pass_context
def command(
    ctx: click.Context, name: str | None, limit: int | None, backend: str | None, form: Form
) -> None:
    """Run ANALYSIS, with its options as --name value. Without ANALYSIS all are listed."""
    from graph.analyses import ANALYSES

    if name is None:
        show(analyses_sheet(ANALYSES), form)
        return
    if name not in ANALYSES:
        near = [n for n in ANALYSES if n.startswith(f"{name}.")]
        near = near or difflib.get_close_matches(name, ANALYSES, 3, 0.5) or list(ANALYSES)
        raise QuestionError(f"there is no analysis '{name}'. Did you mean {either(near)}?")
    chosen = ANALYSES[name]
    options = chosen.values(parameters(ctx.args))

    from graph.analyses.engine import using
    from graph.read.project import project

    with using(backend), TerminalProgress() as progress:
        with open_store(current(ctx), progress) as store:
            graph = project(store, progress=progress)
        result = chosen.run(graph, progress, **options)
    titles = {key: str(about.get("title", key)) for key, about in graph.graph["documents"].items()}
    show(analysis_sheet(result, chosen.title, titles, limit=limit), form)
