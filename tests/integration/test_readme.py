"""The output shown in the README is what the commands print."""

import subprocess

from docs.generate import readme
from graph.database.store import Store
from graph.load.load import load_bundle
from loaders.sample import folders


def test_the_readme_shows_what_is_printed(
    store: Store, database_environment: dict[str, str]
) -> None:
    for folder in folders():
        load_bundle(store, folder)
    text = readme.README.read_text("utf-8")
    try:
        made = readme.rendered(text, readme.run)
    except subprocess.CalledProcessError as error:
        raise AssertionError(f"{error.cmd}: {error.stderr}") from error
    assert made == text, "run `make docs`"
