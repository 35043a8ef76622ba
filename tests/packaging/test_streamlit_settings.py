"""Every setting in .streamlit/config.toml is one that the installed Streamlit knows."""

import tomllib

from streamlit import config

from tests.project_files import ROOT


def test_the_settings_exist_and_hold() -> None:
    written = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    given = {
        f"{section}.{name}": value
        for section, settings in written.items()
        for name, value in settings.items()
    }
    known = config.get_config_options(force_reparse=True)
    assert set(given) - set(known) == set()
    assert given == {
        "server.headless": True,
        "server.address": "127.0.0.1",
        "browser.gatherUsageStats": False,
        "client.toolbarMode": "minimal",
    }
