"""The one place that talks to Neo4j: a thin class over the official driver, whatever the server.

Reading runs in READ transactions (the server refuses writes in them) with a time limit and,
where asked, a row limit. A query that is not ours is explained first and refused when it would do
more than read (`guard`).
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, wait
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from typing import Any, Self, TypeVar, cast

from graph.database.connection import Connection
from graph.errors import DatabaseError, DatabaseUnreachable, QueryRefused

POLL_SECONDS = 0.5
READ_SECONDS = 60.0
"""how long a reading query may take unless another limit is given"""
LONG_SECONDS = 3600.0
"""how long a transaction may write, or stream what it reads"""
LOCK_SECONDS = 24 * 3600.0

Held = TypeVar("Held")
Result = TypeVar("Result")
Parameters = Mapping[str, Any]
Row = dict[str, Any]


def interruptible_wait(
    take: Callable[[], Held], release: Callable[[Held], object], meanwhile: Callable[[], None]
) -> Held:
    """What `take` returns, waited for in a way that can be given up while `take` itself cannot.

    `take` runs in a thread of its own. `meanwhile` is called twice a second; what it raises ends
    the wait, and `release` gives back what `take` still brings after that. Raises what `take`
    raises.
    """
    future: Future[Held] = Future()

    def run() -> None:
        try:
            future.set_result(take())
        except BaseException as error:
            future.set_exception(error)

    def give_back(taken: Future[Held]) -> None:
        with suppress(Exception):
            release(taken.result())

    threading.Thread(target=run, daemon=True).start()
    try:
        while not wait([future], POLL_SECONDS).done:
            meanwhile()
    except BaseException:
        future.add_done_callback(give_back)
        raise
    return future.result()


@contextmanager
def optional_imports_skipped(*names: str) -> Iterator[None]:
    """While the body runs, modules `names` cannot be imported; those imported already stay.

    For heavy optional dependencies that a library imports when they are installed. With several
    threads nothing is skipped: another of them may be importing just that.
    """
    if threading.active_count() > 1:
        yield
        return
    hidden = [name for name in names if name not in sys.modules]
    for name in hidden:
        sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


# The driver imports these to accept their types as parameters; we pass none, and they would be
# most of the time that `joinedup ask` spends on imports.
with optional_imports_skipped("numpy", "pandas", "pyarrow"):
    from neo4j import (
        READ_ACCESS,
        WRITE_ACCESS,
        Driver,
        GraphDatabase,
        ManagedTransaction,
        Record,
        Session,
        unit_of_work,
    )
    from neo4j import exceptions as failures

logging.getLogger("neo4j").setLevel(logging.CRITICAL)  # failures reach the caller as exceptions


class Store:
    """An open database. Use as a context manager, or call `close`.

    The connection is made at the first query: DatabaseUnreachable when nothing answers there or
    the sign-in is refused.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._connected = False
        auth = (connection.user, connection.password or "") if connection.user else None
        try:
            self._driver: Driver = GraphDatabase.driver(
                connection.address,
                auth=auth,
                notifications_min_severity="OFF",
                connection_acquisition_timeout=20,
                connection_timeout=10,
                max_transaction_retry_time=20,
                telemetry_disabled=True,
                user_agent="joinedup",
            )
        except (ValueError, failures.DriverError) as error:
            raise DatabaseUnreachable(
                f"{connection.address} is no address of a database ({error}): write something like "
                "bolt://localhost:7687 or neo4j+s://host"
            ) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._driver.close()

    def verify(self) -> str:
        """Ask the server who it is: `Neo4j/5.26.30`. Raises DatabaseUnreachable."""
        with self._explained():
            return str(self._driver.get_server_info().agent)

    def read(
        self,
        query: str,
        parameters: Parameters | None = None,
        *,
        limit: int | None = None,
        timeout: float = READ_SECONDS,
        untrusted: bool = False,
    ) -> list[Row]:
        """The rows of a reading query; at most `limit` of them.

        `timeout` is in seconds. An `untrusted` query is explained first: QueryRefused when it
        would write, read files or addresses, or call a procedure that is not allowed.
        """
        if untrusted:
            self.guard(query, parameters)

        def work(transaction: ManagedTransaction) -> list[Row]:
            result = transaction.run(query, dict(parameters or {}))
            return list(map(_row, result if limit is None else result.fetch(limit)))

        return self._run(READ_ACCESS, work, timeout)

    def stream(
        self, query: str, parameters: Parameters | None = None, *, fetch_size: int = 2_000
    ) -> Iterator[Row]:
        """The rows of a reading query one by one, for results larger than memory."""
        with (
            self._explained(),
            self._session(READ_ACCESS, fetch_size=fetch_size) as session,
            session.begin_transaction(timeout=LONG_SECONDS) as transaction,
        ):
            result = transaction.run(query, dict(parameters or {}))
            keys = result.keys()
            for record in result:
                yield dict(zip(keys, record.values(), strict=True))

    def write(self, query: str, parameters: Parameters | None = None) -> list[Row]:
        """Run one writing query in a transaction of its own."""
        return self.transaction(
            lambda transaction: list(map(_row, transaction.run(query, dict(parameters or {}))))
        )

    def transaction(
        self, work: Callable[[ManagedTransaction], Result], *, timeout: float = LONG_SECONDS
    ) -> Result:
        """Run `work` in one writing transaction; it is run again when locks or links fail."""
        return self._run(WRITE_ACCESS, work, timeout)

    @contextmanager
    def locked(
        self,
        lock: str,
        parameters: Parameters,
        *,
        while_waiting: Callable[[], None] = lambda: None,
    ) -> Iterator[None]:
        """Hold what the statement `lock` locks while the body runs; nothing is written by it.

        Whoever holds it already is waited for; `while_waiting` is called twice a second until
        then, and may raise to wait no longer. The server lets go of it when this process dies.
        """
        with self._explained():
            take = partial(self._lock, lock, dict(parameters))
            held = interruptible_wait(take, ExitStack.close, while_waiting)
        try:
            yield
        finally:
            with suppress(failures.DriverError, failures.Neo4jError):
                held.close()

    def _lock(self, lock: str, parameters: dict[str, Any]) -> ExitStack:
        with ExitStack() as held:
            session = held.enter_context(self._session(WRITE_ACCESS))
            transaction = session.begin_transaction(timeout=LOCK_SECONDS)
            held.callback(transaction.close)  # which takes back what `lock` wrote
            transaction.run(lock, parameters).consume()
            return held.pop_all()

    def define(self, statements: Mapping[str, str]) -> list[str]:
        """Make those constraints and indexes (by name) that are not there; return what was made."""
        rows = self.read("SHOW CONSTRAINTS YIELD name") + self.read("SHOW INDEXES YIELD name")
        present = {row["name"] for row in rows}
        missing = [name for name in statements if name not in present]
        for name in missing:
            self.write(statements[name])
        if missing:
            self.read("CALL db.awaitIndexes(60)")
        return missing

    def guard(self, query: str, parameters: Parameters | None = None) -> None:
        """Refuse a query that does more than read. Raises QueryRefused."""
        from graph.database.read_only import refusal  # shipped questions are asked without

        def explain(transaction: ManagedTransaction) -> str | None:
            summary = transaction.run(f"EXPLAIN {query}", dict(parameters or {})).consume()
            return refusal(summary.query_type or "", cast(Mapping[str, Any], summary.plan or {}))

        if reason := self._run(READ_ACCESS, explain, 10.0):
            raise QueryRefused(f"the query was refused: {reason}")

    def _run(
        self, mode: str, work: Callable[[ManagedTransaction], Result], timeout: float
    ) -> Result:
        timed = unit_of_work(timeout=timeout)(work)
        with self._explained(), self._session(mode) as session:
            run = session.execute_read if mode == READ_ACCESS else session.execute_write
            return run(timed)

    def _session(self, mode: str, **more: Any) -> Session:
        if not self._connected:
            # A driver's own retries take half a minute to say that nothing answers.
            self._driver.get_server_info()
            self._connected = True
        return self._driver.session(
            database=self.connection.database, default_access_mode=mode, **more
        )

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (failures.DriverError, failures.Neo4jError, OSError) as error:
            raise _translated(error, self.connection) from None


_PLAIN = frozenset({str, int, float, bool, type(None)})


def _row(record: Record) -> Row:
    """A record as a plain dict; `data()`, which is slow, is needed for nodes and links only."""
    row = dict(zip(record.keys(), record.values(), strict=True))
    return row if all(map(_plain, row.values())) else record.data()


def _plain(value: object) -> bool:
    if type(value) in _PLAIN:
        return True
    if type(value) is list:
        return all(map(_plain, value))
    return type(value) is dict and all(map(_plain, value.values()))


def _short(error: BaseException) -> str:
    text = str(getattr(error, "message", None) or error) or type(error).__name__
    return text.strip().splitlines()[0][:300].removesuffix(":")


def _why(error: BaseException) -> str:
    """What the system said of a connection that failed, or else what the driver says."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError) and cause.strerror:
            return cause.strerror.lower()
        cause = cause.__cause__ or cause.__context__
    return _short(error)


def _translated(error: Exception, connection: Connection) -> DatabaseError:
    """A failure of the driver or the server as an error that says what to do."""
    address = connection.address
    if isinstance(error, failures.AuthError):
        return DatabaseUnreachable(
            f"the database at {address} refused to let {connection.user} in: check the "
            "user and the password (JOINEDUP_USER, JOINEDUP_PASSWORD)"
            if connection.user
            else f"the database at {address} lets nobody in without a user and a password: "
            "set JOINEDUP_USER and JOINEDUP_PASSWORD"
        )
    if isinstance(error, failures.ServiceUnavailable | failures.SessionExpired | OSError):
        return DatabaseUnreachable(
            f"no database answers at {address} ({_why(error)}). Is the server running, and is "
            "the address right? The workspace's own server is started again by the next command."
        )
    if isinstance(error, failures.TransientError):
        return DatabaseError(
            f"the database at {address} could not finish in time or ran out of memory: "
            f"{_short(error)}"
        )
    if not isinstance(error, failures.ClientError):
        return DatabaseError(f"the database at {address} failed: {_short(error)}")
    code, message = error.code or "", (error.message or str(error)).strip()
    if code.endswith("Database.DatabaseNotFound"):
        return DatabaseUnreachable(
            f"the server at {address} has no database '{connection.database}': "
            "set JOINEDUP_DATABASE_NAME"
        )
    if "AccessMode" in code or "Writing in read access mode" in message:
        return QueryRefused("the query was refused: it writes, and questions only read")
    if any(word in code for word in ("TransactionTimedOut", "Terminated", "LockClientStopped")):
        return DatabaseError("the query took longer than it may, and was ended: narrow it down")
    return DatabaseError(f"the database refused the query: {message}")
