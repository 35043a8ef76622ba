"""Where a Neo4j answers and who may ask: the one thing every way of having a database yields."""

from dataclasses import dataclass, field

from graph.errors import DatabaseUnreachable

SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")


@dataclass(frozen=True)
class Connection:
    """A Neo4j database that can be talked to.

    `address` is a URL of the driver's kind (`bolt://127.0.0.1:7687`, `neo4j+s://…`); `user` and
    `password` are None where the server asks for none. The password is kept out of the repr, so
    that it reaches no log and no stack trace. Raises DatabaseUnreachable for an address of
    another kind, and for one with a sign-in in it.
    """

    address: str
    user: str | None
    password: str | None = field(repr=False)
    database: str = "neo4j"

    def __post_init__(self) -> None:
        scheme, separator, host = self.address.rpartition("@")[2].rpartition("://")
        if "@" in self.address:
            raise DatabaseUnreachable(
                f"the address of {host or scheme} holds a user or a password: give them apart"
            )
        if scheme not in SCHEMES or not separator or not host:
            raise DatabaseUnreachable(
                f"'{self.address}' is no address of a database: write one such as "
                f"bolt://localhost:7687 or neo4j+s://host (schemes: {', '.join(SCHEMES)})"
            )
