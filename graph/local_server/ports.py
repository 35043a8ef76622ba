"""Choosing the port that Bolt listens on."""

import errno
import socket
import sys

from graph.errors import LocalServerError

__all__ = ["choose_port", "is_free"]


def choose_port(demanded: int | None, remembered: int = 0) -> int:
    """The `demanded` port, or the `remembered` one while it is free, or any free one.

    Raises:
        LocalServerError: the demanded port is taken or not for us.
    """
    if demanded is not None:
        if reason := _refusal(demanded):
            raise taken(demanded, reason)
        return demanded
    if remembered and is_free(remembered):
        return remembered
    with socket.socket() as any_port:
        any_port.bind(("127.0.0.1", 0))
        port: int = any_port.getsockname()[1]
        return port


def is_free(port: int) -> bool:
    """Could a server listen on `port` of loopback now?"""
    return _refusal(port) is None


def _refusal(port: int) -> str | None:
    with socket.socket() as trial:
        if sys.platform != "win32":  # there it means that two may have the port
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError as error:
            if error.errno == errno.EACCES:
                return "is reserved for the system"
            return "is in use by another program"
    return None


def taken(port: int, reason: str = "is in use by another program") -> LocalServerError:
    """The error for a port that cannot be had."""
    return LocalServerError(
        f"The local server cannot listen on port {port} of 127.0.0.1: it {reason}. End that "
        "program, set JOINEDUP_PORT to another port, or unset it to let joinedup choose one."
    )
