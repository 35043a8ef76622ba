"""The list of jars: ours as a whole, and what is refused."""

import pytest

from graph.errors import LocalServerError
from graph.server.jars import LOCK, VERSION, Jar, read_lock

HEAD = "group,artifact,version,classifier,sha256,bytes"
SUM = "ab" * 32


def test_our_own() -> None:
    jars = read_lock()
    assert len(jars) == 213
    assert sum(jar.bytes for jar in jars) == 127_985_856
    assert len({jar.path for jar in jars}) == 213
    assert "://" not in LOCK.read_text("utf-8")
    (server,) = [jar for jar in jars if (jar.group, jar.artifact) == ("org.neo4j", "neo4j")]
    assert server.version == VERSION


def test_where_a_jar_lies_in_a_repository() -> None:
    lines = [HEAD, f"io.netty,netty,4.1,,{SUM.upper()},7", f"io.netty,netty,4.1,linux,{SUM},8"]
    plain, native = read_lock(lines)
    assert plain == Jar("io.netty", "netty", "4.1", "", SUM, 7)
    assert str(plain.path) == "io/netty/netty/4.1/netty-4.1.jar"
    assert str(native.path) == "io/netty/netty/4.1/netty-4.1-linux.jar"


@pytest.mark.parametrize(
    "line",
    [
        f",netty,4.1,,{SUM},7",
        f"io.netty,netty,,,{SUM},7",
        "io.netty,netty,4.1,,abc,7",
        f"io.netty,netty,4.1,,{SUM},seven",
        f"io.netty,netty,4.1,,{SUM},",
        f"io.netty,netty,4.1,,{SUM}",
        f"io.netty,../netty,4.1,,{SUM},7",
        f"io/../netty,netty,4.1,,{SUM},7",
        f"io.netty,netty,4.1/x,,{SUM},7",
        f"io.netty,net\\ty,4.1,,{SUM},7",
    ],
)
def test_a_line_that_is_no_jar(line: str) -> None:
    with pytest.raises(LocalServerError, match="Line 3 of the list of Neo4j's jars is not a jar"):
        read_lock([HEAD, f"io.netty,netty,4.1,,{SUM},7", line])


@pytest.mark.parametrize("head", ["", "group,artifact", HEAD + ",url"])
def test_a_list_with_other_columns(head: str) -> None:
    with pytest.raises(LocalServerError, match="has the columns"):
        read_lock([head])
