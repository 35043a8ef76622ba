"""Stand-ins: a server that costs nothing, its keeper as a process of its own, a jar repository."""

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from graph.errors import LocalServerError
from graph.progress import Unit
from graph.server.client import answering
from graph.server.home import Home, LockFile, State, read_state
from graph.server.jars import Jar
from graph.server.launch import Neo4jLaunch, Run, choose_port

T = TypeVar("T")
ROOT = Path(__file__).parents[3]

# What a cheap server does; each prints what the real one prints, when it does.
SERVERS = {
    "good": """
        listen()
        wait_for_the_end()
        print("Stopped.")
    """,
    "slow to archive": """
        listen()
        wait_for_the_end()
        print("Stopped.")
        time.sleep(3)
        open("archived", "w").close()
    """,
    "deaf": """
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        listen()
        time.sleep(60)
    """,
    "never opens": "time.sleep(60)",
    "fails": "sys.exit('something strange')",
    "fails once": """
        if not os.path.exists("failed"):
            open("failed", "w").close()
            sys.exit("something strange")
        listen()
        wait_for_the_end()
    """,
}
_PRELUDE = """
import os, signal, socket, sys, time
ended = []
signal.signal(signal.SIGTERM, lambda *_: ended.append(1))
def listen():
    global listener
    listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
    listener.settimeout(0.01)
    print("Bolt enabled on localhost.")
def wait_for_the_end():
    while not ended:
        try:
            visitor, _ = listener.accept()
        except TimeoutError:
            continue
        with visitor:
            visitor.recv(20)
            visitor.sendall(b"bolt")
"""


def script(name: str) -> str:
    """The Python program of a cheap server."""
    lines = SERVERS[name].splitlines()
    return _PRELUDE + "\n".join(line.removeprefix(" " * 8) for line in lines)


@dataclass
class CheapLaunch(Neo4jLaunch):
    """Starts a cheap server in place of Neo4j."""

    home: Home
    server: str
    despair: str = ""
    attempts: int = 0

    def prepare(self, previous_port: int) -> Run:
        """Any port will do."""
        self.attempts += 1
        self.home.log.unlink(missing_ok=True)
        command = [sys.executable, "-u", "-c", f"import os; os.chdir({str(self.home.root)!r})\n"]
        command[-1] += script(self.server)
        port = choose_port(None, previous_port)
        return Run(port, [*command, str(port)], dict(os.environ), self.home.log)

    def cannot_run(self, error: OSError) -> LocalServerError:
        """Never happens here."""
        return LocalServerError(str(error))

    def hopeless(self) -> LocalServerError | None:
        """Hopeless when the test says so."""
        return LocalServerError(self.despair) if self.despair else None

    def verdict(self, run: Run, code: int) -> LocalServerError | None:
        """One more attempt."""
        if self.attempts < 2:
            return None
        return LocalServerError(f"ended with {code}: {run.tail().strip()}")


_KEEPER = """
import sys
from pathlib import Path
from graph.server.home import Home, LockFile
from graph.server.keeper import Keeper
from tests.graph.server.fakes import CheapLaunch
home = Home(Path(sys.argv[1]))
lock = LockFile(home.keeper_lock)
assert lock.acquire(shared=False)
launch = CheapLaunch(home, sys.argv[2], sys.argv[4])
keeper = Keeper(home, lambda: launch, float(sys.argv[3]), timeout=1.0)
sys.exit(keeper.keep(lock.release))
"""


def start_keeper(
    home: Home, server: str = "good", idle: float = 0.3, despair: str = ""
) -> subprocess.Popen[bytes]:
    """A keeper of a cheap server, as a process that can be killed."""
    home.root.mkdir(parents=True, exist_ok=True)
    home.clients_lock.touch()
    return subprocess.Popen(
        [sys.executable, "-c", _KEEPER, str(home.root), server, str(idle), despair],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


class Client:
    """What holds a server: a client's lock on its home."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self._lock = LockFile(home.clients_lock)
        until(lambda: self._lock.acquire(shared=True))

    def await_phase(self, phase: str) -> State:
        """The state once a keeper that lives, or has just failed, says that it is in `phase`."""
        return until(lambda: self._in_phase(phase), 60)

    def _in_phase(self, phase: str) -> State | None:
        state = read_state(self.home.state)
        lives = phase == "failed" or self.home.keeper_lives(state.run)
        return state if state.run and state.phase == phase and lives else None

    def alive(self) -> bool:
        """Are keeper and server there at this moment?"""
        return answering(self.home) is not None

    def close(self) -> None:
        """Use the server no longer."""
        self._lock.release()


def until(condition: Callable[[], T | None], seconds: float = 20.0) -> T:
    """Wait until `condition` holds and return what it said; fail when it never does."""
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)
    return found


@dataclass
class Told:
    """Remembers what progress was told."""

    said: list[tuple[str, int | None, Unit]] = field(default_factory=list)
    sums: list[int] = field(default_factory=list)
    open: bool = False

    def start(self, task: str, total: int | None, unit: Unit) -> None:
        """Remember the task."""
        self.said.append((task, total, unit))
        self.sums.append(0)
        self.open = True

    def advance(self, n: int) -> None:
        """Add."""
        assert n > 0
        self.sums[-1] += n

    def finish(self) -> None:
        """Close."""
        self.open = False


def jar(name: str, content: bytes, classifier: str = "") -> Jar:
    """A jar with this content."""
    digest = hashlib.sha256(content).hexdigest()
    return Jar("org.example", name, "1.0", classifier, digest, len(content))
