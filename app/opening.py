"""A store for the settings: the server by address, or the workspace's own, started if need be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.progress import SILENT, Progress

if TYPE_CHECKING:
    from app.settings import Settings
    from graph.connection import Connection
    from graph.store import Store


def connection(settings: Settings, progress: Progress = SILENT) -> Connection:
    """Where the database answers, started first when it is the workspace's own."""
    if settings.remote is not None:
        return settings.remote
    from graph import local_server

    return local_server.ensure(settings.workspace, progress=progress)


def open_store(settings: Settings, progress: Progress = SILENT) -> Store:
    """An open store; close it, or use it as a context manager."""
    where = connection(settings, progress)
    from graph.store import Store

    return Store(where)
