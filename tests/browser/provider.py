"""A small OpenID provider for the tests, and an app that has people sign in with it."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.browser import free_port, running

PEOPLE: dict[str, dict[str, Any]] = {
    "ann": {"name": "Ann Archer", "email": "ann@gov.example", "roles": ["reviewer"]},
    "bob": {"name": "Bob **Baker**", "email": "bob@gov.example", "roles": ["viewer"]},
    "cy": {"name": "Cy Cole", "email": "cy@gov.example"},
    "dot": {"name": "Dot Day", "email": "dot@gov.example", "roles": ["reviewer"], "iat": 1},
}
"""A reviewer, a viewer, somebody without the claim, and a sign-in of long ago"""


@contextmanager
def provider(log: Path) -> Iterator[str]:
    """Where an OpenID provider that knows PEOPLE publishes what it is."""
    port = free_port()
    line = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)]
    for sub, claims in PEOPLE.items():
        line += ["--user-claims", json.dumps({"sub": sub, **claims})]
    about = f"http://127.0.0.1:{port}/.well-known/openid-configuration"
    with running(line, {**os.environ, "AUTHLIB_INSECURE_TRANSPORT": "1"}, about, log):
        yield about


def sign_in_environment(about: str, port: int) -> dict[str, str]:
    """What an app that answers on `port` must be told of the provider."""
    return {
        "JOINEDUP_OIDC_METADATA": about,
        "JOINEDUP_OIDC_CLIENT": "joinedup",
        "JOINEDUP_OIDC_CLIENT_SECRET": "invented-for-this-test",
        "JOINEDUP_OIDC_REDIRECT": f"http://127.0.0.1:{port}/oauth2callback",
        "JOINEDUP_OIDC_COOKIE_SECRET": "invented-for-this-test-and-for-no-other-use",
    }
