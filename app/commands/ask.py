"""`joinedup ask`, a canned question answered with its evidence, and `joinedup search`, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from app.commands import current, form_options, opened, place_options
from app.text.answer_sheet import answer_sheet, question_lines, questions_sheet
from app.text.sheet import Form, Sheet, show
from graph.errors import ParameterError

if TYPE_CHECKING:
    from graph.database.store import Store


@click.command("search")
@click.argument("words", nargs=-1, required=True)
@click.option("--type", "types", multiple=True, metavar="LABEL", help="Only things of this label.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 1000))
@form_options
@place_options
@click.pass_context
def search(
    ctx: click.Context, words: tuple[str, ...], types: tuple[str, ...], limit: int, form: Form
) -> None:
    """Find things whose name, alias or id resembles WORDS."""
    from graph.database.search import find
    from graph.schema.types import LABELS

    for label in types:
        if label not in LABELS:
            raise click.BadParameter(f"'{label}' is no label; known: {', '.join(sorted(LABELS))}")
    text = " ".join(words)
    with opened(ctx) as (store, _):
        matches = find(store, text, frozenset(types) or None, limit=limit)
    rows = [
        {"name": m.name, "type": m.label, "aliases": list(m.aliases), "id": m.id, "exact": m.exact}
        for m in matches
    ]
    more = f"The first {limit}, the nearest first; --limit shows more."
    sheet = Sheet(
        columns=("name", "type", "aliases", "id"),
        rows=rows,
        title=_resembling(text, sum(m.exact for m in matches), len(matches)),
        notes=[more] if len(matches) == limit else [],
    )
    show(sheet, form)


def _resembling(text: str, exact: int, total: int) -> str:
    called = f"nothing is called '{text}'"
    if exact:
        called = f"{exact} {'is' if exact == 1 else 'are'} called '{text}'"
    if total == exact:
        return called
    alike = total - exact
    return f"{called}, {alike}{' more' if exact else ''} resemble{'s' if alike == 1 else ''} it"


def _ids(ctx: click.Context, param: click.Parameter, typed: str) -> list[CompletionItem]:
    from queries.catalogue import catalogue

    questions = catalogue(current(ctx).own_questions)
    return [
        CompletionItem(q.id, help=q.question) for q in questions.values() if q.id.startswith(typed)
    ]


class _Asking(click.Command):
    """The command, which after a question's id completes that question's own parameters."""

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """As click does, with the parameters of the question, and the choices of one."""
        from queries.catalogue import catalogue

        completions = super().shell_complete(ctx, incomplete)
        known = catalogue(current(ctx).own_questions)
        chosen = known.get(str(ctx.params.get("question_id") or "").lower())
        if chosen is None:
            return completions
        for param in chosen.params:
            word = f"--{param.name}"
            if ctx.args and ctx.args[-1] == word:
                return [CompletionItem(c) for c in param.choices if c.startswith(incomplete)]
            if incomplete.startswith("-") and word.startswith(incomplete) and word not in ctx.args:
                completions.insert(0, CompletionItem(word, help=param.about))
        return completions


@click.command(
    "ask",
    cls=_Asking,
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
    add_help_option=False,
)
@click.argument("question_id", metavar="QUESTION", required=False, shell_complete=_ids)
@click.option("-h", "--help", "wants_help", is_flag=True, help="Show this message and exit.")
@click.option("--limit", type=click.IntRange(1, 1_000_000), help="At most so many rows.")
@click.option("--show-cypher", is_flag=True, help="Show the query behind the answer too.")
@form_options
@place_options
@click.pass_context
def command(
    ctx: click.Context,
    question_id: str | None,
    wants_help: bool,
    limit: int | None,
    show_cypher: bool,
    form: Form,
) -> None:
    """Ask QUESTION, with its parameters as options: --target "Action Against Illegal Drugs 1".

    Things are named by name, alias or id, whatever the case. Without QUESTION all questions are
    listed; `joinedup ask QUESTION --help` says what one takes.
    """
    from queries.catalogue import catalogue, question

    settings = current(ctx)
    if question_id is not None and question_id.startswith("--"):
        raise ParameterError(f"name the question first: joinedup ask QUESTION {question_id} …")
    if question_id is None:
        if wants_help:
            click.echo(ctx.get_help())
            return
        show(questions_sheet(catalogue(settings.own_questions)), form)
        return
    chosen = question(question_id, settings.own_questions)
    if wants_help:
        click.echo("\n".join(question_lines(chosen)))
        return
    given = parameters(ctx.args)

    from queries.ask import ask

    with opened(ctx) as (store, _):
        answer = ask(store, chosen, given, limit=limit)
        warning = _warning(store)
    show(answer_sheet(answer, show_cypher=show_cypher), form)
    if warning:
        click.echo(warning, err=True)


def parameters(words: list[str]) -> dict[str, str]:
    """`--target X --on=2001` → {"target": "X", "on": "2001"}. Raises ParameterError."""
    given: dict[str, str] = {}
    line = iter(words)
    for word in line:
        if not word.startswith("--") or word == "--":
            raise ParameterError(
                f"'{word}' belongs to no parameter: write --name value, and put a value with "
                "spaces in quotes"
            )
        name, equals, value = word[2:].partition("=")
        if not equals:
            try:
                value = next(line)
            except StopIteration:
                raise ParameterError(f"--{name} needs a value") from None
        name = name.replace("-", "_")
        if name in given:
            raise ParameterError(f"--{name} is given twice")
        given[name] = value
    return given


def _warning(store: Store) -> str:
    from graph.load.runs import incomplete_loads

    titles = [str(run["title"]) for run in incomplete_loads(store)]
    if not titles:
        return ""
    return (
        f"Note: the load of {', '.join(titles)} is under way or was interrupted, so answers may "
        "lack facts; load it again to complete it."
    )
