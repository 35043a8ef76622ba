"""docker-compose.yml: valid by the specification's own schema, and safe by default."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.packaging.compose import Refused, compose_file, interpolated

SCHEMA = Path(__file__).parent / "compose_spec" / "compose-spec.json"
PASSWORD = {"JOINEDUP_PASSWORD": "correct-horse"}


def services() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = compose_file()["services"]
    return found


def strings(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for each in value.values() for text in strings(each)]
    if isinstance(value, list):
        return [text for each in value for text in strings(each)]
    return [value] if isinstance(value, str) else []


def test_follows_the_compose_specification() -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(compose_file())


def test_the_schema_would_notice_a_mistake() -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    wrong = compose_file()
    wrong["services"]["app"]["helthcheck"] = {}
    with pytest.raises(jsonschema.ValidationError, match="helthcheck"):
        jsonschema.Draft202012Validator(schema).validate(wrong)


def test_refuses_to_start_without_a_password() -> None:
    asking = [text for text in strings(compose_file()) if "PASSWORD:" in text]
    assert len(asking) == 2
    for text in asking:
        for environment in ({}, {"JOINEDUP_PASSWORD": ""}):
            with pytest.raises(Refused, match="choose a password"):
                interpolated(text, environment)


def test_the_database_and_the_app_are_given_the_same_sign_in() -> None:
    database = services()["neo4j"]["environment"]
    app = services()["app"]["environment"]
    assert interpolated(database["NEO4J_AUTH"], PASSWORD) == "neo4j/correct-horse"
    assert {name: interpolated(value, PASSWORD) for name, value in app.items()} == {
        "JOINEDUP_DATABASE": "bolt://neo4j:7687",
        "JOINEDUP_DATABASE_NAME": "neo4j",
        "JOINEDUP_USER": "neo4j",
        "JOINEDUP_PASSWORD": "correct-horse",
        "JOINEDUP_WITHOUT_SIGN_IN": "yes",  # allowed by the next test's loopback
    }


def test_how_people_sign_in_may_stand_in_a_file_beside_it() -> None:
    assert services()["app"]["env_file"] == [{"path": "sign-in.env", "required": False}]


def test_every_port_is_published_on_loopback_only() -> None:
    ports = [port for service in services().values() for port in service["ports"]]
    assert ports == ["127.0.0.1:7687:7687", "127.0.0.1:8501:8501"]


def test_neo4j_sends_nothing_home_reads_no_files_and_has_no_web_console() -> None:
    settings = {
        name: value
        for name, value in services()["neo4j"]["environment"].items()
        if value in ("true", "false")
    }
    assert settings == {
        "NEO4J_dbms_usage__report_enabled": "false",
        "NEO4J_dbms_security_allow__csv__import__from__file__urls": "false",
        "NEO4J_server_http_enabled": "false",
        "NEO4J_server_https_enabled": "false",
    }


def test_the_image_of_neo4j_is_named_by_exact_tag() -> None:
    assert re.fullmatch(r"neo4j:\d+\.\d+\.\d+-community", services()["neo4j"]["image"])


def test_the_image_and_the_local_server_run_the_same_neo4j(pytestconfig: pytest.Config) -> None:
    (lock,) = (pytestconfig.rootpath / "graph" / "server").glob("neo4j-*.lock.csv")
    version = lock.name.removeprefix("neo4j-").removesuffix(".lock.csv")
    assert services()["neo4j"]["image"] == f"neo4j:{version}-community"


def test_the_data_are_in_named_volumes() -> None:
    volumes = [volume for service in services().values() for volume in service["volumes"]]
    assert {volume.split(":")[0] for volume in volumes} == set(compose_file()["volumes"])


def test_the_app_waits_until_the_database_is_well() -> None:
    assert services()["app"]["depends_on"] == {"neo4j": {"condition": "service_healthy"}}
    assert services()["neo4j"]["healthcheck"]["test"][0] == "CMD-SHELL"
