"""The managed local Neo4j: fetched once, started when wanted, stopped when nobody uses it.

    connection = ensure(workspace)     # a Connection; the server lives at least as long as we do
    status(workspace).address
    stop(workspace)

Nothing need be installed beforehand and nothing is left running: a keeper process owns the server
and ends it when its last client has been gone for a while. docs/decisions says why it is so.
"""

from graph.server.client import ServerStatus, ensure, status, stop

__all__ = ["ServerStatus", "ensure", "status", "stop"]
