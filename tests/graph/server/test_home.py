"""The home folder: who may look, what it says, and when it cannot be."""

from pathlib import Path

import pytest

from graph.errors import LocalServerError
from graph.server.home import Home, configuration, rotate
from graph.server.settings import ServerSettings


def test_the_configuration_as_a_whole() -> None:
    assert configuration(7000, ServerSettings(Path("/c"), page_cache="128m")) == (
        "server.default_listen_address=127.0.0.1\n"
        "server.default_advertised_address=127.0.0.1\n"
        "server.bolt.listen_address=127.0.0.1:7000\n"
        "server.bolt.advertised_address=127.0.0.1:7000\n"
        "server.http.enabled=false\n"
        "server.https.enabled=false\n"
        "server.directories.import=import\n"
        "dbms.security.allow_csv_import_from_file_urls=false\n"
        "dbms.usage_report.enabled=false\n"
        "server.memory.pagecache.size=128m\n"
        "db.transaction.timeout=10m\n"
        "db.tx_log.preallocate=false\n"
        "db.tx_log.rotation.size=64m\n"
        "db.tx_log.rotation.retention_policy=256M size\n"
        "db.logs.query.enabled=OFF\n"
        "internal.server.bolt.thread_pool_shutdown_wait_time=0s\n"
        "internal.server.bolt.connection_shutdown_wait_time=0s\n"
    )


def test_only_the_owner_may_look_in(tmp_path: Path) -> None:
    home = Home.of(tmp_path / "new")
    home.prepare()
    home.prepare()
    home.new_password()
    home.configure(1, ServerSettings(tmp_path))
    modes = {p.relative_to(home.root): oct(p.stat().st_mode)[-3:] for p in home.root.rglob("*")}
    assert oct(home.root.stat().st_mode)[-3:] == "700"
    assert modes == {
        Path("clients.lock"): "600",
        Path("conf"): "700",
        Path("conf/neo4j.conf"): "600",
        Path("import"): "700",
        Path("password"): "600",
    }


def test_one_workspace_by_several_paths_is_one_home(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert Home.of(tmp_path / "b") == Home.of(tmp_path / "a" / ".." / "a")


def test_each_password_is_its_own_and_shown_to_nobody(tmp_path: Path) -> None:
    home = Home.of(tmp_path)
    home.prepare()
    first, second = home.new_password(), home.new_password()
    assert first != second
    assert len(second) >= 32
    connection = home.connection(7000)
    assert (connection.address, connection.user) == ("bolt://127.0.0.1:7000", "neo4j")
    assert connection.password == second
    assert second not in repr(connection)


def test_no_password_looks_like_an_option(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = Home.of(tmp_path)
    home.prepare()
    monkeypatch.setattr("secrets.token_urlsafe", lambda _: "-" * 32)
    assert home.new_password()[0].isalpha()


def test_a_password_that_is_lost(tmp_path: Path) -> None:
    with pytest.raises(LocalServerError, match="Put it back from a backup"):
        Home.of(tmp_path).connection(7000)


def test_no_room(tmp_path: Path) -> None:
    with pytest.raises(LocalServerError) as refused:
        Home.of(tmp_path).prepare(free=12_000_000)
    assert str(refused.value) == (
        "Not enough disk space for a local database: 200 MB are needed and 12 MB are free at "
        f"{tmp_path / 'neo4j'}. Free some space, or keep the workspace on another disk, then try "
        "again."
    )
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_exists_may_have_less_room(tmp_path: Path) -> None:
    home = Home.of(tmp_path)
    (home.root / "data" / "databases").mkdir(parents=True)
    home.prepare(free=12_000_000)


def test_a_workspace_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(LocalServerError, match="cannot be written: Not a directory"):
        Home.of(tmp_path / "file").prepare()


def test_one_earlier_log_is_kept(tmp_path: Path) -> None:
    log = tmp_path / "server.log"
    rotate(log)
    for text in ("one", "two"):
        log.write_text(text)
        rotate(log)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"server.log.1": "two"}
