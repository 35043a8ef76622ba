"""joinedup from Python: one open workspace with everything the command line does.

    from app.workspace import open_workspace

    with open_workspace("my-workspace") as work:
        work.load("sample")
        work.ask("responsibility.joint", target="Action Against Illegal Drugs 1")

docs/python.md leads through it. Tables are pandas data frames whose `attrs` carry what has to be
said with them: what the rows are out of, the caveat, and the Cypher or the options behind them.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.settings import Settings, open_store, settings
from app.text.sheet import evidence_lines
from graph.progress import SILENT, Progress

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from graph.database.store import Store
    from graph.export.contents import Written
    from graph.load.runs import LoadReport
    from graph.read.project import Graph
    from queries.question import Given


def open_workspace(
    folder: Path | str | None = None, *, database: str | None = None, progress: Progress = SILENT
) -> Workspace:
    """The workspace in `folder` (`.joinedup` without it), its local Neo4j started if need be.

    `database` is the address of a Neo4j to use in its place; user and password come from
    JOINEDUP_USER and JOINEDUP_PASSWORD. Use it as a context manager, or `close` it. Raises
    DatabaseError.
    """
    chosen = settings(folder, database)
    return Workspace(open_store(chosen, progress), chosen)


class Workspace:
    """An open workspace; make one with `open_workspace`."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self.store = store
        self.settings = settings

    def __enter__(self) -> Workspace:
        """The workspace itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Let the database go; a local server that nobody uses stops by itself."""
        self.store.close()

    def load(self, what: Path | str, *, read_as: str | None = None) -> list[LoadReport]:
        """Load the word `sample`, the folder of a fact bundle, or a file of a source.

        `read_as` names the source (one of `loaders.registry.SOURCES`) that reads the file; without
        it the first that recognises the file does, and what it cannot read is a warning. Loading
        again changes nothing. Raises BundleError with every problem, and DatabaseError.
        """
        import warnings

        from graph.load.load import load_bundle
        from loaders.registry import bundles

        with bundles(what, read_as=read_as) as folders:
            for problem in (p for b in folders if b.report for p in b.report.all_problems()):
                warnings.warn(str(problem), stacklevel=2)
            return [
                load_bundle(self.store, bundle.path, rejections=self.settings.rejections)
                for bundle in folders
            ]

    def questions(self) -> pd.DataFrame:
        """Every question by its id, with its parameters; the analyst's own come last."""
        import pandas as pd

        from queries.catalogue import catalogue

        rows = [
            {"id": q.id, "question": q.question, "parameters": [p.name for p in q.params]}
            for q in catalogue(self.settings.own_questions).values()
        ]
        return pd.DataFrame(rows).set_index("id")

    def ask(self, question: str, *, limit: int | None = None, **given: Given) -> pd.DataFrame:
        """The answer to a question, a row each, with the column `evidence`: where each stands.

        Things are given by name, alias or id. Raises UnknownQuestion, ParameterError,
        NameNotFound and DatabaseError.
        """
        from dataclasses import asdict

        from queries.ask import ask

        own = self.settings.own_questions
        answer = ask(self.store, question, given, limit=limit, extra_folder=own)
        lines = [evidence_lines(asdict(piece) for piece in row.evidence) for row in answer.rows]
        return _frame(
            [row.values for row in answer.rows],
            lines,
            list(answer.question.columns),
            question=answer.question.question,
            out_of=f"{answer.denominator_text} {answer.question.of_what}".strip(),
            caveat=answer.caveat,
            cypher=answer.cypher,
        )

    def project(self) -> Graph:
        """The graph in memory as a networkx.MultiDiGraph (see `graph.read.project`)."""
        from graph.read.project import project

        return project(self.store)

    def around(self, thing: str, *, steps: int = 1, limit: int = 60) -> Graph:
        """What surrounds a thing, one or two steps away, as a graph of its own.

        Raises NameNotFound and DatabaseError.
        """
        from graph.database.search import resolve
        from graph.read.around import around
        from graph.read.subgraph import of_excerpt

        excerpt = around(self.store, resolve(self.store, thing), steps=steps, limit=limit)
        return of_excerpt(self.store, excerpt)

    def analyse(self, analysis: str, graph: Graph | None = None, **options: Any) -> pd.DataFrame:
        """The result of an analysis of `graph`, or else of the whole graph; best row first.

        `attrs["sentences"]` can be quoted as they stand. Raises ParameterError naming the
        analyses or options there are, and DatabaseError.
        """
        from graph.analyses import analysis as find

        result = find(analysis).run(self.project() if graph is None else graph, **options)
        return _frame(
            result.rows,
            [evidence_lines(fact.to_json() for fact in facts) for facts in result.rests_on],
            list(result.columns),
            sentences=list(result.sentences),
            out_of=f"{len(result.rows)} of {result.denominator} {result.of}",
            caveat=result.caveat,
            options=result.options,
        )

    def export(
        self,
        form: str,
        path: Path | str,
        *,
        graph: Graph | None = None,
        overwrite: bool = False,
    ) -> Written:
        """Write `graph`, or else the whole graph, in one of `graph.export.FORMATS`.

        Raises ExportError for an unknown format or a place that cannot be written, DatabaseError.
        """
        from graph.export import format_of

        source = self.store if graph is None else graph
        return format_of(form).write(source, Path(path), overwrite=overwrite)

    def report(
        self,
        path: Path | str,
        *,
        about: str | None = None,
        topic: str | None = None,
        on: date | None = None,
        overwrite: bool = False,
    ) -> Path:
        """Write the briefing on a thing or a topic; the ending says the format (.md .html .docx).

        Raises NameNotFound, ParameterError, ExportError and DatabaseError.
        """
        from app.report import format_of, write
        from app.report.compose import compose
        from graph.errors import ParameterError

        if (about is None) == (topic is None):
            raise ParameterError("name what the briefing is about: about=… or topic=…")
        form = format_of(None, Path(path))
        stated = (on or date.today()).isoformat()
        briefing = compose(self.store, thing=about, topic=topic, date=stated)
        write(briefing, form, Path(path), overwrite=overwrite)
        return Path(path)


def _frame(
    rows: Iterable[Mapping[str, Any]],
    evidence: list[list[str]],
    columns: list[str],
    **attributes: Any,
) -> pd.DataFrame:
    import pandas as pd

    # As objects: a whole number beside an unknown one would become a fraction.
    frame = pd.DataFrame([dict(row) for row in rows], columns=columns, dtype=object)
    frame["evidence"] = evidence
    frame.attrs.update(attributes)
    return frame.infer_objects()
