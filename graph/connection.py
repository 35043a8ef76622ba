"""Where a Neo4j answers and who may ask: the one thing every way of having a database yields."""

from dataclasses import dataclass, field

__all__ = ["Connection"]


@dataclass(frozen=True)
class Connection:
    """A Neo4j database that can be talked to.

    `address` is a URL of the driver's kind (`bolt://127.0.0.1:7687`, `neo4j+s://…`); `user` and
    `password` are None where the server asks for none. The password is kept out of the repr, so
    that it reaches no log and no stack trace.
    """

    address: str
    user: str | None
    password: str | None = field(repr=False)
    database: str = "neo4j"
