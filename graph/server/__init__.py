"""The managed local Neo4j: fetched once, started on demand, stopped when nobody uses it.

    connection = ensure(workspace)     # a Connection; the server lives at least as long as we do
    status(workspace).address
    stop(workspace)

Nothing need be installed beforehand and nothing is left running: a keeper process owns the server
and ends it some minutes after its last client has gone (docs/decisions, 9).
"""

from graph.server.client import ServerStatus, ensure, status, stop

__all__ = ["ServerStatus", "ensure", "status", "stop"]
