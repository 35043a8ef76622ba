"""How people sign in: the settings of Streamlit's `st.login`, from its secrets or the environment.

Streamlit reads `[auth]` from secrets.toml, in the folder .streamlit where the app is started or in
the user's home. Where secrets come as environment variables these say the same:

| environment variable | in `[auth]` |
|---|---|
| JOINEDUP_OIDC_METADATA | server_metadata_url |
| JOINEDUP_OIDC_CLIENT | client_id |
| JOINEDUP_OIDC_CLIENT_SECRET | client_secret |
| JOINEDUP_OIDC_REDIRECT | redirect_uri |
| JOINEDUP_OIDC_COOKIE_SECRET | cookie_secret |
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from app.people.roles import AccessError, is_loopback

VARIABLES = {
    "JOINEDUP_OIDC_METADATA": "server_metadata_url",
    "JOINEDUP_OIDC_CLIENT": "client_id",
    "JOINEDUP_OIDC_CLIENT_SECRET": "client_secret",
    "JOINEDUP_OIDC_REDIRECT": "redirect_uri",
    "JOINEDUP_OIDC_COOKIE_SECRET": "cookie_secret",
}
SHARED = ("redirect_uri", "cookie_secret")
EACH = ("client_id", "client_secret", "server_metadata_url")
DEFAULT = "default"
SHORTEST = 32
"""characters of the secret that signs cookies"""
BACK = "/oauth2callback"
HELP = "see docs/sign-in.md"


def providers(auth: Mapping[str, Any]) -> tuple[str, ...]:
    """The names of the providers in `[auth]`; `default` is the one without a name.

    Raises AccessError when something is missing or unsafe.
    """
    _complete(auth, SHARED, "[auth]")
    named = {
        name: section
        for name, section in auth.items()
        if isinstance(section, Mapping) and "client_id" in section
    }
    for name, section in named.items():
        _complete(section, EACH, f"[auth.{name}]")
    unnamed = not named or any(key in auth for key in EACH)
    if unnamed:
        _complete(auth, EACH, "[auth]")
    if len(str(auth["cookie_secret"])) < SHORTEST:
        raise AccessError(
            f"cookie_secret is shorter than {SHORTEST} characters: make one that nobody can guess, "
            f'such as python -c "import secrets; print(secrets.token_urlsafe(48))"; {HELP}'
        )
    back = str(auth["redirect_uri"])
    parts = urlsplit(back)
    if not parts.path.endswith(BACK):
        raise AccessError(f"redirect_uri is '{back}': it must end with {BACK}; {HELP}")
    if parts.scheme != "https" and not is_loopback(parts.hostname):
        raise AccessError(
            f"redirect_uri is '{back}': beyond this machine it must begin with https://, or "
            f"cookies can be read on the way; {HELP}"
        )
    return (DEFAULT, *named) if unnamed else tuple(named)


def _complete(section: Mapping[str, Any], keys: tuple[str, ...], where: str) -> None:
    missing = [key for key in keys if not section.get(key)]
    if missing:
        raise AccessError(f"sign-in lacks {', '.join(missing)} in {where}; {HELP}")


def from_environment(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The section `[auth]` that the environment says; empty when it says nothing of it.

    Raises AccessError when it says a part only.
    """
    given = {key: environment.get(name) or "" for name, key in VARIABLES.items()}
    if not any(given.values()):
        return {}
    missing = [name for name, key in VARIABLES.items() if not given[key]]
    if missing:
        raise AccessError(f"sign-in lacks {', '.join(missing)} in the environment; {HELP}")
    return given


def from_files(files: list[Path]) -> dict[str, Any]:
    """The section `[auth]` of the first secrets file that has one. Raises AccessError."""
    for file in files:
        try:
            auth = tomllib.loads(file.read_text("utf-8")).get("auth")
        except FileNotFoundError:
            continue
        except (OSError, ValueError) as error:
            raise AccessError(f"{file} cannot be read ({error}); {HELP}") from None
        if isinstance(auth, dict):
            return auth
    return {}


@dataclass(frozen=True)
class Ready:
    """Sign-in as it is set up: its providers, none without it, and a secrets file for Streamlit."""

    providers: tuple[str, ...] = ()
    secrets: Path | None = None


@contextmanager
def ready(environment: Mapping[str, str] = os.environ) -> Iterator[Ready]:
    """Sign-in for as long as the app runs, checked.

    Raises AccessError when it is set up in part, or what it stands on is not installed.
    """
    given = from_environment(environment)
    # Where Streamlit looks for secrets.
    folders = (Path(".streamlit"), Path.home() / ".streamlit")
    auth = given or from_files([folder / "secrets.toml" for folder in folders])
    if not auth:
        yield Ready()
        return
    named = providers(auth)
    if find_spec("authlib") is None or find_spec("httpx") is None:
        raise AccessError("sign-in needs the extra sign-in: pip install 'joinedup[sign-in]'")
    if not given:
        yield Ready(named)
        return
    with TemporaryDirectory(prefix="joinedup-") as folder:  # seen by its owner only
        file = Path(folder) / "secrets.toml"
        file.touch(mode=0o600)
        lines = (
            f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in given.items()
        )
        file.write_text("[auth]\n" + "".join(lines), "utf-8")
        yield Ready(named, file)
