"""Where the workspace is and which database to ask: options, then environment, then defaults.

| environment variable | option | meaning |
|---|---|---|
| JOINEDUP_WORKSPACE | --workspace | folder of the local database and the analyst's own files |
| JOINEDUP_DATABASE | --database | address of a Neo4j to use in place of the local one |
| JOINEDUP_USER, JOINEDUP_PASSWORD | | sign-in for that address |
| JOINEDUP_DATABASE_NAME | | name of the database on that server, `neo4j` if not given |

A store for the settings: the server by address, or the workspace's own, started if need be.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit, urlunsplit

from graph.database.connection import SCHEMES, Connection
from graph.errors import DatabaseUnreachable
from graph.progress import SILENT, Progress

if TYPE_CHECKING:
    from graph.database.store import Store


def open_store(settings: Settings, progress: Progress = SILENT) -> Store:
    """An open store, its server started first when it is the workspace's own.

    Close it, or use it as a context manager. Raises DatabaseError.
    """
    connection = settings.remote
    if connection is None:
        from graph import server

        connection = server.ensure(settings.workspace, progress=progress)
    from graph.database import statements
    from graph.database.store import Store

    store = Store(connection)
    try:
        if store.read(statements.RUNS_WITHOUT_DECISIONS):
            from graph.load.rejected import leave_out_stored

            leave_out_stored(store, settings.rejections)
    except BaseException:
        store.close()
        raise
    return store


WORKSPACE = ".joinedup"


@dataclass(frozen=True)
class Settings:
    """The workspace, and the database by address when one was named."""

    workspace: Path
    remote: Connection | None = None

    @property
    def own_questions(self) -> Path | None:
        """The folder of the analyst's own question files, when there is one."""
        folder = self.workspace / "questions"
        return folder if folder.is_dir() else None

    @property
    def ledgers(self) -> Path:
        """Where loads keep what makes the next one quicker."""
        return self.workspace / "ledgers"

    @property
    def rejections(self) -> Path:
        """The file of decisions about rejected facts, which stay out of the graph."""
        return self.workspace / "rejected.jsonl"

    @property
    def where(self) -> str:
        """The database in words: its address, or the folder of the local one."""
        return self.remote.address if self.remote else f"the local database in {self.workspace}"


def settings(
    workspace: Path | str | None = None,
    database: str | None = None,
    environment: Mapping[str, str] = os.environ,
) -> Settings:
    """The settings that hold. Raises DatabaseUnreachable for an address of the wrong form."""
    folder = Path(workspace or environment.get("JOINEDUP_WORKSPACE") or WORKSPACE)
    address = database or environment.get("JOINEDUP_DATABASE")
    remote = _connection(address, environment) if address else None
    return Settings(folder.expanduser().absolute(), remote)


def _connection(address: str, environment: Mapping[str, str]) -> Connection:
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        parts, host, port = urlsplit(""), None, None
    if parts.scheme not in SCHEMES or not host or "@" in parts.path + parts.query + parts.fragment:
        shown = address.rpartition("@")[2]
        raise DatabaseUnreachable(
            f"'{shown}' is no address of a database: write one such as bolt://localhost:7687 or "
            f"neo4j+s://host (schemes: {', '.join(SCHEMES)})"
        )
    host = f"[{host}]" if ":" in host else host
    netloc = f"{host}:{port}" if port else host
    password = environment.get("JOINEDUP_PASSWORD")
    if parts.password is not None:
        password = unquote(parts.password)
    user = unquote(parts.username) if parts.username else environment.get("JOINEDUP_USER")
    return Connection(
        address=urlunsplit((parts.scheme, netloc, parts.path, parts.query, "")),
        user=user or ("neo4j" if password else None),
        password=password,
        database=environment.get("JOINEDUP_DATABASE_NAME") or "neo4j",
    )
