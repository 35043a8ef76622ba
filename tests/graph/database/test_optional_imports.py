"""What is hidden cannot be imported, and is back afterwards."""

import subprocess
import sys
import threading

import pytest

from graph.database.store import optional_imports_skipped


def test_hidden_while_the_body_runs_and_back_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "wave", raising=False)
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    with optional_imports_skipped("wave"), pytest.raises(ImportError):
        import wave
    assert "wave" not in sys.modules
    import wave

    assert wave.__name__ == "wave"


def test_what_was_imported_before_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    before = sys.modules["json"]
    with optional_imports_skipped("json"):
        import json

        assert json is before
    assert sys.modules["json"] is before


def test_nothing_is_hidden_from_other_threads() -> None:
    code = (
        "import sys, threading; from graph.database.store import optional_imports_skipped\n"
        "done = threading.Event(); threading.Thread(target=done.wait).start()\n"
        "with optional_imports_skipped('wave'): import wave; print(wave.__name__)\n"
        "done.set()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "wave\n"


def test_the_store_brings_no_data_frames() -> None:
    code = (
        "import sys, graph.database.store; "
        "print(sorted({'numpy', 'pandas', 'pyarrow'} & {*sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
