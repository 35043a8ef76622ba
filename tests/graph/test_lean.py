"""What is hidden cannot be imported, and is back afterwards."""

import subprocess
import sys

import pytest

from graph.lean import without


def test_hidden_while_the_body_runs_and_back_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "wave", raising=False)
    with without("wave"), pytest.raises(ImportError):
        import wave
    assert "wave" not in sys.modules
    import wave

    assert wave.__name__ == "wave"


def test_what_was_imported_before_stays() -> None:
    before = sys.modules["json"]
    with without("json"):
        import json

        assert json is before
    assert sys.modules["json"] is before


def test_the_store_brings_no_data_frames() -> None:
    code = "import sys, graph.store; print(sorted({'numpy', 'pandas', 'pyarrow'} & {*sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
