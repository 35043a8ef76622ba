"""Every setting in .streamlit/config.toml is one that the installed Streamlit knows."""

import tomllib
from collections.abc import Iterator
from typing import Any

from streamlit import config

from tests.project_files import ROOT


def _flat(settings: dict[str, Any], within: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in settings.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{within}{name}.")
        else:
            yield within + name, value


def test_the_settings_exist_and_hold() -> None:
    written = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    given = dict(_flat(written))
    known = config.get_config_options(force_reparse=True)
    assert set(given) - set(known) == set()
    assert given == {
        "server.headless": True,
        "server.address": "127.0.0.1",
        "browser.gatherUsageStats": False,
        "client.toolbarMode": "minimal",
        "runner.magicEnabled": False,
        "runner.postScriptGC": False,
        "theme.light.primaryColor": "#3358c4",
        "theme.dark.primaryColor": "#8fb0ff",
    }
