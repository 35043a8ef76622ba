"""Who may do what, by the claims of their sign-in, and where an app without sign-in may listen."""

import time
from pathlib import Path
from typing import Any

import pytest

from app.cli import run
from app.people import roles, sign_in
from app.people.roles import AccessError, AppUser, Rules, SignInEnded

NOW = 1_800_000_000.0
ANN = {"name": "Ann Archer", "email": "ann@gov.example", "sub": "7f3a", "iat": NOW - 60}
AUTH: dict[str, Any] = {
    "redirect_uri": "https://joinedup.gov.example/oauth2callback",
    "cookie_secret": "an-invented-secret-of-a-test-and-no-other",
    "client_id": "joinedup",
    "client_secret": "invented",
    "server_metadata_url": "https://login.gov.example/.well-known/openid-configuration",
}


@pytest.mark.parametrize(
    ("claims", "rules", "role"),
    [
        ({"roles": ["reviewer"]}, Rules(), "reviewer"),
        ({"roles": ["auditor", "reviewer"]}, Rules(), "reviewer"),
        ({"roles": "reviewer"}, Rules(), "reviewer"),
        ({"roles": "auditor reviewer"}, Rules(), "reviewer"),
        ({"roles": ["reviewers"]}, Rules(), "viewer"),
        ({"roles": "Reviewer"}, Rules(), "viewer"),
        ({"roles": {"reviewer": True}}, Rules(), "viewer"),
        ({"roles": [["reviewer"]]}, Rules(), "viewer"),
        ({"roles": None}, Rules(), "viewer"),
        ({}, Rules(), "viewer"),
        ({"groups": ["cn=Deciders"]}, Rules("groups", "cn=Deciders"), "reviewer"),
        ({"groups": "Policy Reviewers"}, Rules("groups", "Policy Reviewers"), "reviewer"),
        ({"realm_access": {"roles": ["reviewer"]}}, Rules("realm_access.roles"), "reviewer"),
        ({"https://a.b/roles": ["reviewer"]}, Rules("https://a.b/roles"), "reviewer"),
        ({"realm_access": "reviewer"}, Rules("realm_access.roles"), "viewer"),
        ({"roles": ["reader"]}, Rules(viewer="reader"), "viewer"),
    ],
)
def test_a_claim_makes_a_role(claims: dict[str, Any], rules: Rules, role: roles.Role) -> None:
    found = roles.person({**ANN, **claims}, rules, NOW)
    assert found == AppUser("Ann Archer (ann@gov.example)", role)
    assert found.decides is (role == "reviewer")


def test_where_viewers_need_a_role_those_without_stay_out() -> None:
    with pytest.raises(AccessError, match=r"Ann Archer \(ann@gov.example\) .* has no role here"):
        roles.person({**ANN, "roles": ["auditor"]}, Rules(viewer="reader"), NOW)


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        ({"name": "Ann", "email": "ann@x"}, "Ann (ann@x)"),
        ({"name": " Ann \n Archer ", "preferred_username": "ann"}, "Ann Archer (ann)"),
        ({"email": "ann@x"}, "ann@x"),
        ({"sub": "7f3a"}, "7f3a"),
        ({"name": ["Ann"], "sub": "7f3a"}, "7f3a"),
        ({"name": "a" * 500}, "a" * 120),
    ],
)
def test_the_name_that_is_recorded(claims: dict[str, Any], name: str) -> None:
    assert roles.person({**claims, "iat": NOW}, Rules(), NOW).name == name


@pytest.mark.parametrize("iat", [None, True, "now", NOW + 3_600])
def test_a_sign_in_says_when_it_took_place(iat: object) -> None:
    with pytest.raises(AccessError, match="does not say when it took place"):
        roles.person({**ANN, "iat": iat}, Rules(), NOW)


def test_a_sign_in_ends() -> None:
    rules = Rules(hours=0.5)
    assert roles.person({**ANN, "iat": NOW - 1_800}, rules, NOW).role == "viewer"
    with pytest.raises(SignInEnded, match=r"ended after 0\.5 hours"):
        roles.person({**ANN, "iat": NOW - 1_801}, rules, NOW)
    assert roles.person({**ANN, "iat": time.time()}, rules).role == "viewer"


def test_a_sign_in_without_any_name_is_nobody_s() -> None:
    with pytest.raises(AccessError, match="who it is"):
        roles.person({"iat": NOW, "name": "  "}, Rules(), NOW)


def test_the_rules_come_from_the_environment() -> None:
    assert roles.rules({}) == Rules("roles", "reviewer", None, 12)
    given = {
        "JOINEDUP_ROLE_CLAIM": "groups",
        "JOINEDUP_REVIEWER": "deciders",
        "JOINEDUP_VIEWER": "readers",
        "JOINEDUP_SIGN_IN_HOURS": "1.5",
    }
    assert roles.rules(given) == Rules("groups", "deciders", "readers", 1.5)


@pytest.mark.parametrize("hours", ["x", "0", "-1", "nan", "inf", "721"])
def test_hours_that_are_none(hours: str) -> None:
    with pytest.raises(AccessError, match="JOINEDUP_SIGN_IN_HOURS"):
        roles.rules({"JOINEDUP_SIGN_IN_HOURS": hours})


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "", None, "10.0.0.7", "desk.gov.example"])  # noqa: S104
def test_an_app_that_asks_nobody_listens_on_loopback(address: str | None) -> None:
    with pytest.raises(AccessError, match="the app has no sign-in"):
        roles.check_listening(address, signs_in=False, unasked=False)
    roles.check_listening(address, signs_in=True, unasked=False)
    roles.check_listening(address, signs_in=False, unasked=True)
    roles.check_listening("127.0.0.1", signs_in=False, unasked=False)


def test_the_command_refuses_before_it_starts_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    workspace = tmp_path / "workspace"
    code = run(["--workspace", str(workspace), "app", "--host", "0.0.0.0"])  # noqa: S104
    assert (code, workspace.exists()) == (1, False)
    assert "does not listen on 0.0.0.0: set up sign-in" in " ".join(capsys.readouterr().err.split())


def test_the_providers_of_a_section() -> None:
    assert sign_in.providers(AUTH) == ("default",)
    shared = {key: AUTH[key] for key in sign_in.SHARED}
    own = {key: AUTH[key] for key in sign_in.EACH}
    assert sign_in.providers({**shared, "entra": own}) == ("entra",)
    assert sign_in.providers({**AUTH, "entra": own}) == ("default", "entra")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        *(({key: ""}, f"lacks {key} in \\[auth\\]") for key in AUTH),
        ({"entra": {"client_id": "x"}}, r"lacks client_secret, .* in \[auth.entra\]"),
        ({"cookie_secret": "short"}, "shorter than 32 characters"),
        ({"redirect_uri": "https://joinedup.gov.example/"}, "must end with /oauth2callback"),
        ({"redirect_uri": "http://10.0.0.7:8501/oauth2callback"}, "must begin with https://"),
    ],
)
def test_sign_in_that_is_incomplete_or_unsafe(change: dict[str, Any], words: str) -> None:
    with pytest.raises(AccessError, match=words) as refused:
        sign_in.providers({**AUTH, **change})
    assert AUTH["cookie_secret"] not in str(refused.value)
    sign_in.providers({**AUTH, "redirect_uri": "http://127.0.0.1:8501/oauth2callback"})


def test_secrets_from_the_environment_are_a_file_for_its_owner_while_the_app_runs() -> None:
    given = {name: AUTH[key] for name, key in sign_in.VARIABLES.items()}
    with sign_in.ready(given) as entry:
        assert entry.providers == ("default",)
        assert entry.secrets is not None
        assert entry.secrets.stat().st_mode & 0o077 == 0
        assert sign_in.from_files([entry.secrets]) == AUTH
    assert not entry.secrets.exists()


def test_a_part_of_the_environment_is_refused() -> None:
    with (
        pytest.raises(AccessError, match="lacks JOINEDUP_OIDC_CLIENT, JOINEDUP_OIDC_CLIENT_SECRET"),
        sign_in.ready({"JOINEDUP_OIDC_METADATA": AUTH["server_metadata_url"]}),
    ):
        pass


def test_secrets_that_cannot_be_read_are_said_and_none_are_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    with sign_in.ready({}) as entry:
        assert entry == sign_in.Ready()
    file = tmp_path / ".streamlit" / "secrets.toml"
    file.parent.mkdir()
    file.write_text("[auth\n", "utf-8")
    with pytest.raises(AccessError, match=r"secrets.toml cannot be read"), sign_in.ready({}):
        pass
