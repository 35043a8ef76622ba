"""The keeper's door and its guest book: who uses the server now, and since when nobody does.

A client is counted while its connection stands. When it ends, however it ends, the operating
system closes the connection, so nothing a client forgets or suffers can keep a server alive.
"""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Literal

from graph.server import wire

__all__ = ["Phase", "Register"]

Phase = Literal["starting", "open", "ready", "stopping", "stopped", "failed", "gone"]

_PATIENCE = 5.0  # seconds for a visitor to say who it is
_FIRST_VISIT = 30.0  # seconds within which whoever called for a server comes to use it


class Register:
    """Lets in who knows `token`, and tells each client every change of phase.

    `describe` adds to each message what there is to say of the server.
    """

    def __init__(self, token: str, describe: Callable[[], dict[str, Any]]) -> None:
        self.phase: Phase = "starting"
        self.stop_wanted = asyncio.Event()
        self._token = token
        self._describe = describe
        self._clients: set[asyncio.StreamWriter] = set()
        self._waiting: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None
        self._visited = False
        self._empty_since = time.monotonic()
        self._changed = asyncio.Event()

    async def open(self) -> int:
        """Open the door on loopback; the port."""
        self._server = await asyncio.start_server(
            self._visit, host="127.0.0.1", port=0, limit=wire.LIMIT
        )
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    @property
    def clients(self) -> int:
        """How many use the server now."""
        return len(self._clients)

    async def forsaken(self, idle: float) -> None:
        """Return when nobody has used the server for `idle` seconds."""
        while True:
            self._changed.clear()
            patience = idle if self._visited else max(idle, _FIRST_VISIT)
            left = self._empty_since + patience - time.monotonic()
            if self._clients:
                await self._changed.wait()
            elif left <= 0:
                return
            else:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._changed.wait(), left)

    async def announce(self, phase: Phase, **more: Any) -> None:
        """Enter `phase` and tell every client."""
        self.phase = phase
        for writer in [*self._clients, *self._waiting]:
            await self._send(writer, more)

    async def close(self) -> None:
        """Shut the door and send everybody home."""
        if self._server is not None:
            self._server.close()
        for writer in [*self._clients, *self._waiting]:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    async def _visit(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(_PATIENCE):
                wanted, proof = await self._greet(reader, writer)
            if wanted == "lease" and self.phase not in ("stopping", "stopped", "failed", "gone"):
                await self._lease(reader, writer, proof)
            elif wanted == "stop":
                self._waiting.add(writer)
                await self._send(writer, {"proof": proof})
                self.stop_wanted.set()
                await reader.read()  # until the client, or the keeper, has had enough
            elif wanted is not None:
                await self._send(writer, {"proof": proof})
        except (OSError, TimeoutError, ValueError, asyncio.IncompleteReadError):
            pass  # a visitor that leaves, dawdles or babbles is no concern of the others
        finally:
            self._waiting.discard(writer)
            writer.close()

    async def _greet(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> tuple[object, str]:
        """What the visitor wants (None: it could not prove itself), and our proof for it."""
        challenge = wire.nonce()
        writer.write(wire.encode({"nonce": challenge}))
        await writer.drain()
        message = wire.decode(await reader.readline())
        if not wire.proven(message.get("proof"), self._token, "client", challenge):
            return None, ""
        answer = wire.proof(self._token, "keeper", str(message.get("nonce")))
        return message.get("want"), answer

    async def _lease(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, proof: str
    ) -> None:
        self._clients.add(writer)
        self._visited = True
        self._changed.set()
        try:
            await self._send(writer, {"proof": proof})
            while line := await reader.readline():
                said = wire.decode(line)
                if said.get("ready") is True and self.phase == "open":
                    await self.announce("ready")
                if "ping" in said:
                    await self._send(writer, {"ping": said["ping"]})
        finally:
            self._clients.discard(writer)
            self._empty_since = time.monotonic()
            self._changed.set()

    async def _send(self, writer: asyncio.StreamWriter, more: dict[str, Any]) -> None:
        message = {"phase": self.phase, "clients": self.clients, **self._describe(), **more}
        with suppress(OSError):
            writer.write(wire.encode(message))
            await writer.drain()
