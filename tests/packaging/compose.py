"""Reads docker-compose.yml and the Dockerfile as Docker would, as far as the tests need it."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
REQUIRED = re.compile(r"\$\{(?P<name>\w+):\?(?P<message>[^}]*)\}")


class Refused(Exception):
    """Compose would not start: a variable without which the file makes no sense is missing."""


def compose_file() -> dict[str, Any]:
    """docker-compose.yml, its variables not yet replaced."""
    found: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
    return found


def interpolated(value: str, environment: Mapping[str, str]) -> str:
    """One value with its variables replaced; raises Refused for a missing or empty one."""

    def replace(match: re.Match[str]) -> str:
        given = environment.get(match["name"])
        if not given:
            raise Refused(f"{match['name']}: {match['message']}")
        return given

    return REQUIRED.sub(replace, value).replace("$$", "$")


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile as (instruction, arguments), comments out and continued lines joined."""
    lines = (ROOT / "Dockerfile").read_text("utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.lstrip().startswith("#"))
    joined = re.sub(r"\\\n\s*", " ", text)
    pairs = (line.split(maxsplit=1) for line in joined.splitlines() if line.strip())
    return [(word.upper(), rest) for word, rest in pairs]


def command() -> list[str]:
    """What the container runs; fails for the shell form, which swallows signals."""
    (arguments,) = (rest for word, rest in instructions() if word == "CMD")
    parsed: list[str] = json.loads(arguments)
    return parsed


def health_command() -> list[str]:
    """What Docker asks to know whether the app is well."""
    (arguments,) = (rest for word, rest in instructions() if word == "HEALTHCHECK")
    parsed: list[str] = json.loads(arguments.split("CMD", 1)[1])
    return parsed
