"""Who may do what: people who sign in, what their roles allow, and where an app without may listen.

| environment variable | meaning | if not given |
|---|---|---|
| JOINEDUP_ROLE_CLAIM | claim with the roles; dots lead inside (`realm_access.roles`) | roles |
| JOINEDUP_REVIEWER | its value for those who may decide, save and load | reviewer |
| JOINEDUP_VIEWER | its value for those who may read | everybody who signs in |
| JOINEDUP_SIGN_IN_HOURS | hours after which people sign in anew | 12 |

How people sign in is `app.people.sign_in`'s and Streamlit's business; here is what follows from it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any, Literal

from app.kept.decisions import LONGEST
from graph.errors import JoinedUpError

Role = Literal["viewer", "reviewer"]
EARLY = 300.0
"""seconds by which the provider's clock may be ahead of ours"""
LONGEST_HOURS = 720.0


class AccessError(JoinedUpError):
    """Somebody may not do what they tried, or the settings of sign-in are wrong."""


class SignInEnded(AccessError):
    """The sign-in is older than it may be."""


@dataclass(frozen=True)
class AppUser:
    """Somebody who signed in: the name that is recorded with what they decide, and their role."""

    name: str
    role: Role

    @property
    def decides(self) -> bool:
        """Whether they may decide, save and load."""
        return self.role == "reviewer"


@dataclass(frozen=True)
class Rules:
    """How claims become roles, and how long a sign-in lasts."""

    claim: str = "roles"
    reviewer: str = "reviewer"
    viewer: str | None = None
    hours: float = 12.0


def rules(environment: Mapping[str, str] = os.environ) -> Rules:
    """The rules that hold. Raises AccessError when the hours are no number of hours."""
    given = environment.get("JOINEDUP_SIGN_IN_HOURS") or "12"
    try:
        hours = float(given)
    except ValueError:
        hours = 0.0
    if not 0 < hours <= LONGEST_HOURS:
        raise AccessError(
            f"JOINEDUP_SIGN_IN_HOURS is '{given}': write a number of hours up to {LONGEST_HOURS:g}"
        )
    return Rules(
        environment.get("JOINEDUP_ROLE_CLAIM") or "roles",
        environment.get("JOINEDUP_REVIEWER") or "reviewer",
        environment.get("JOINEDUP_VIEWER") or None,
        hours,
    )


def person(claims: Mapping[str, Any], by: Rules, now: float | None = None) -> AppUser:
    """Who the claims of an identity token (OpenID Connect Core 1.0, section 2) speak of.

    `now` is in seconds since 1970. Raises SignInEnded for a token issued too long ago, and
    AccessError for one without an instant or a name, and for people without a role.

    >>> person({"name": "Ann", "sub": "1", "iat": 0, "roles": ["reviewer"]}, Rules(), now=60)
    AppUser(name='Ann', role='reviewer')
    """
    now = time.time() if now is None else now
    issued = claims.get("iat")
    if isinstance(issued, bool) or not isinstance(issued, (int, float)) or issued > now + EARLY:
        raise AccessError("the sign-in does not say when it took place: sign in again")
    if now > issued + by.hours * 3600:
        raise SignInEnded(f"the sign-in has ended after {by.hours:g} hours: sign in again")
    name = _name(claims)
    held = roles(claims, by.claim)
    if by.reviewer in held:
        return AppUser(name, "reviewer")
    if by.viewer is None or by.viewer in held:
        return AppUser(name, "viewer")
    raise AccessError(f"{name} signed in and has no role here: ask whoever runs this app for one")


def _name(claims: Mapping[str, Any]) -> str:
    """`Ann Archer (ann@gov.example)`: names are not unique, addresses are."""
    values = (claims.get(key) for key in ("name", "preferred_username", "email", "sub"))
    words = [" ".join(value.split()) if isinstance(value, str) else "" for value in values]
    name, login, email, subject = words
    shown, apart = name or login or email or subject, email or login
    if not shown:
        raise AccessError("the sign-in does not say who it is: its provider must send a name")
    whole = f"{shown} ({apart})" if apart and apart != shown else shown
    return whole[: LONGEST["who"]]


def roles(claims: Mapping[str, Any], claim: str) -> frozenset[str]:
    """The roles that a claim says: a text of words, or a list of texts; none when it is missing.

    >>> sorted(roles({"realm_access": {"roles": ["viewer", "auditor"]}}, "realm_access.roles"))
    ['auditor', 'viewer']
    """
    value: Any = claims.get(claim)
    if value is None:
        value = claims
        for part in claim.split("."):
            value = value.get(part) if isinstance(value, Mapping) else None
    if isinstance(value, str):
        return frozenset({value, *value.split()})
    if isinstance(value, (list, tuple)):
        return frozenset(role for role in value if isinstance(role, str))
    return frozenset()


def is_loopback(address: str | None) -> bool:
    """Whether only this machine reaches an address; none, or an empty one, is every address."""
    if address == "localhost":
        return True
    try:
        return ip_address(address or "").is_loopback
    except ValueError:
        return False


def without_sign_in(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether whoever runs the app said that others see to who reaches it."""
    return environment.get("JOINEDUP_WITHOUT_SIGN_IN", "").lower() in ("1", "yes", "true")


def check_listening(address: str | None, signs_in: bool, unasked: bool) -> None:
    """Raises AccessError where strangers could reach an app that has no sign-in."""
    if signs_in or unasked or is_loopback(address):
        return
    raise AccessError(
        f"the app has no sign-in, so it does not listen on {address or 'every address'}: "
        "set up sign-in (docs/sign-in.md), or leave --host away to be seen from this machine only; "
        "in a container whose port is published on loopback, or behind a proxy with a login, say "
        "--without-sign-in"
    )
