"""What this installation is: versions, where the app listens and who can reach it. No widgets."""

from __future__ import annotations

import platform
from importlib import metadata
from ipaddress import ip_address

from app.people.roles import is_loopback


def versions(server: str) -> dict[str, str]:
    """What runs here → its version; `server` is what the database says of itself."""
    return {
        "joinedup": _version("joinedup"),
        "Database server": server,
        "Database driver": _version("neo4j"),
        "Streamlit": _version("streamlit"),
        "Python": platform.python_version(),
        "Operating system": f"{platform.system()} {platform.release()}",
    }


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed as a package"


def reach(address: str | None, port: int, signs_in: bool = False) -> str:
    """Who can reach an app that listens on `address` (None or empty: everywhere), in a sentence.

    >>> reach("127.0.0.1", 8501)
    'The app listens on 127.0.0.1, port 8501: only people and programs on this machine reach it.'
    """
    where = f"The app listens on {address or 'every address of this machine'}, port {port}"
    if is_loopback(address):
        return f"{where}: only people and programs on this machine reach it."
    everywhere = "this machine, or the port of the container it runs in,"
    reached = everywhere if _is_everywhere(address) else "that address"
    if signs_in:
        return f"{where}: everybody who can reach {reached} is asked to sign in first."
    return (
        f"{where}: everybody who can reach {reached} can read all that is in the graph. It asks "
        "nobody who they are; to share it beyond people you trust, set up sign-in, or put a proxy "
        "with a login in front."
    )


def _is_everywhere(address: str | None) -> bool:
    try:
        return not address or ip_address(address).is_unspecified
    except ValueError:
        return False
