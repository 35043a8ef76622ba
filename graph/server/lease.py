"""A client's side of the keeper's door: knocking, and the connection that counts as using."""

import socket
import time
from collections.abc import Collection
from typing import Any

from graph.server import wire
from graph.server.home import Home, read_state

__all__ = ["Lease", "ask", "take"]

# Bolt's magic number and the versions we offer: 5.4, 4.4, none, none. The answer is the chosen one.
_HANDSHAKE = bytes.fromhex("6060b017 00000405 00000404 00000000 00000000")
_USABLE = ("starting", "open", "ready")
_KNOCK = 2.0  # seconds for a keeper to answer; it answers in 1 ms or is not one


class Lease:
    """A standing connection to a keeper: while it stands, the server does."""

    def __init__(self, connection: socket.socket, token: str, want: wire.Want) -> None:
        """Knock, prove that we know `token`, and check that the keeper knows it too.

        Raises:
            OSError: nobody answers, or not our keeper.
        """
        self._socket = connection
        self._buffer = b""
        connection.settimeout(_KNOCK)
        theirs = str(self._line().get("nonce"))
        ours = wire.nonce()
        proof = wire.proof(token, "client", theirs)
        connection.sendall(wire.encode({"nonce": ours, "proof": proof, "want": want}))
        self.told = self._line()
        if not wire.proven(self.told.pop("proof", None), token, "keeper", ours):
            raise ConnectionRefusedError("whoever listens there is not this home's keeper")

    @property
    def phase(self) -> str:
        """The phase that the keeper last told."""
        return str(self.told.get("phase"))

    @property
    def port(self) -> int:
        """The server's port, once it is open."""
        return int(self.told["port"])

    def listen(self, patience: float) -> bool:
        """Take the keeper's next message into `told`; False when none came in `patience` seconds.

        Raises:
            OSError: the connection has ended.
        """
        self._socket.settimeout(max(patience, 0.0))
        try:
            self.told = self._line()
        except (BlockingIOError, TimeoutError):
            return False
        return True

    def say_ready(self) -> None:
        """Tell the keeper that the server answers queries."""
        self._socket.sendall(wire.encode({"ready": True}))

    def alive(self) -> bool:
        """Are keeper and server there at this moment?

        A connection stands for a moment longer than a process that was killed; an answer does not.
        """
        ping = wire.nonce()
        try:
            self._socket.settimeout(_KNOCK)
            self._socket.sendall(wire.encode({"ping": ping}))
            while self.told.get("ping") != ping:
                if not self.listen(_KNOCK):
                    return False
        except OSError:
            return False
        return self.phase in _USABLE and self.server_answers()

    def server_answers(self) -> bool:
        """Does the server answer Bolt's handshake? True while it is starting."""
        if self.phase == "starting":
            return True
        try:
            with socket.create_connection(("127.0.0.1", self.port), _KNOCK) as bolt:
                bolt.sendall(_HANDSHAKE)
                return len(bolt.recv(4)) == 4
        except OSError:
            return False

    def close(self) -> None:
        """Use the server no longer."""
        self._socket.close()

    def _line(self) -> dict[str, Any]:
        while b"\n" not in self._buffer:
            piece = self._socket.recv(wire.LIMIT)
            if not piece or len(self._buffer) > wire.LIMIT:
                raise ConnectionResetError("the keeper hung up")
            self._buffer += piece
        line, _, self._buffer = self._buffer.partition(b"\n")
        return wire.decode(line)


def knock(home: Home, want: wire.Want) -> Lease | None:
    """A connection to the home's keeper; None when there is none that answers."""
    state = read_state(home.state)
    if not state.keeper_port or not state.token:
        return None
    connection = None
    try:
        connection = socket.create_connection(("127.0.0.1", state.keeper_port), _KNOCK)
        return Lease(connection, state.token, want)
    except OSError:
        if connection is not None:
            connection.close()
        return None


def take(home: Home) -> Lease | None:
    """A lease on the home's server, running or about to; None when there is none to be had."""
    lease = knock(home, "lease")
    if lease is not None and not (lease.phase in _USABLE and lease.server_answers()):
        lease.close()
        return None
    return lease


def ask(
    home: Home, want: wire.Want, *, until: Collection[str] = (), patience: float = _KNOCK
) -> dict[str, Any] | None:
    """The keeper's answer to `want`; with `until`, the one that tells one of these phases.

    None when there is no keeper, or it did not come to it within `patience` seconds.
    """
    lease = knock(home, want)
    if lease is None:
        return None
    deadline = time.monotonic() + patience
    try:
        while until and lease.phase not in until:
            if not lease.listen(max(0.0, deadline - time.monotonic())):
                return None
        return lease.told
    except OSError:
        return None
    finally:
        lease.close()
