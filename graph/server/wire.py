"""How a client and a keeper talk over loopback: lines of JSON, after each has proved itself.

    keeper   {"nonce": "…"}
    client   {"nonce": "…", "proof": HMAC(token, "client" + keeper's nonce), "want": "lease"}
    keeper   {"proof": HMAC(token, "keeper" + client's nonce), "phase": "ready", …}

The token is in the home's 0600 file and never travels, so a stranger who listens on the port of a
keeper that died, or who knocks at the port of one that lives, learns nothing and gets nothing.
"""

import hashlib
import hmac
import json
import os
from typing import Any, Literal

__all__ = ["BUSY", "FAILED", "LIMIT", "Want", "decode", "encode", "nonce", "proof", "proven"]

BUSY = 7  # exit code of a keeper that found the home kept already
FAILED = 1  # exit code of a keeper whose server could not be started
LIMIT = 65_536  # bytes of one line
Want = Literal["lease", "status", "stop"]


def encode(message: dict[str, Any]) -> bytes:
    """`message` as one line."""
    return json.dumps(message).encode() + b"\n"


def decode(line: bytes) -> dict[str, Any]:
    """The message in `line`; empty when it holds none."""
    try:
        message = json.loads(line)
    except ValueError:
        return {}
    return message if isinstance(message, dict) else {}


def nonce() -> str:
    """A number used once."""
    return os.urandom(16).hex()


def proof(token: str, side: Literal["client", "keeper"], challenge: str) -> str:
    """What shows that `side` knows `token`."""
    return hmac.new(token.encode(), f"{side}{challenge}".encode(), hashlib.sha256).hexdigest()


def proven(given: object, token: str, side: Literal["client", "keeper"], challenge: str) -> bool:
    """Is `given` the proof that `side` had to give?"""
    wanted = proof(token, side, challenge)
    return isinstance(given, str) and hmac.compare_digest(given.encode(), wanted.encode())
