"""What the environment may say."""

from pathlib import Path

import pytest

from graph.errors import LocalServerError
from graph.server.settings import ServerSettings


def test_nothing_said() -> None:
    import platformdirs

    assert ServerSettings.from_environment({}) == ServerSettings(
        Path(platformdirs.user_cache_dir("joinedup"))
    )


def test_all_said() -> None:
    said = {
        "JOINEDUP_CACHE": "/a cache",
        "JOINEDUP_MAVEN": "https://maven.example",
        "JOINEDUP_PORT": "7687",
        "JOINEDUP_HEAP": "512M",
        "JOINEDUP_IDLE_SECONDS": "2.5",
    }
    assert ServerSettings.from_environment(said) == ServerSettings(
        cache=Path("/a cache"),
        repository="https://maven.example",
        port=7687,
        heap="512m",
        idle_seconds=2.5,
    )


def test_empty_means_unsaid() -> None:
    names = ("CACHE", "MAVEN", "PORT", "HEAP", "IDLE_SECONDS")
    said = {f"JOINEDUP_{name}": "" for name in names}
    assert ServerSettings.from_environment(said) == ServerSettings.from_environment({})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("JOINEDUP_PORT", "0"),
        ("JOINEDUP_PORT", "65536"),
        ("JOINEDUP_PORT", "http"),
        ("JOINEDUP_HEAP", "lots"),
        ("JOINEDUP_HEAP", "1"),
        ("JOINEDUP_HEAP", "1g -XX:OnError=sh"),
        ("JOINEDUP_IDLE_SECONDS", "-1"),
        ("JOINEDUP_IDLE_SECONDS", "nan"),
        ("JOINEDUP_IDLE_SECONDS", "soon"),
    ],
)
def test_what_cannot_be_meant(name: str, value: str) -> None:
    with pytest.raises(LocalServerError) as refused:
        ServerSettings.from_environment({name: value})
    assert name in str(refused.value)
    assert repr(value) in str(refused.value)
    assert "unset it" in str(refused.value)
