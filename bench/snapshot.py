"""`python -m bench.snapshot OUT`: write down everything that the sample yields; `--compare A B`.

It knows the product by its command line alone, so that one script looks at an old and a new
checkout whose modules differ: `--joinedup PATH` names whose. Nothing is put right in what is
written but what another day, place or version rightly changes.
"""

from __future__ import annotations

import argparse
import difflib
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from bench.as_text import unpacked
from bench.parameters import Chooser
from bench.snapshot_cases import (
    BROKEN,
    COMMANDS,
    DAY,
    DRAWN,
    DRUGS,
    FORMS,
    HOME,
    ODD_ASKINGS,
    OPTIONS,
    SEARCHES,
    THINGS,
    TOPICS,
    VIEWS,
    WHOLLY,
)

AT_ONCE = 2
HAND = Path(__file__).with_name("forked_runs.py")
SHOWN = 24
"""lines of a difference, of the first file of each kind"""
WIDEST = 220
"""characters of a line of a difference"""


@dataclass(frozen=True)
class Job:
    """A command whose words are kept, or with `to` what it writes there and its words."""

    name: str
    words: tuple[str, ...]
    to: str | None = None
    """the ending of what it writes"""


class Taker:
    """One joinedup with the sample in a workspace of its own, and where what it says is kept."""

    def __init__(self, joinedup: Path, out: Path, draft: Path) -> None:
        self.draft, self._out = draft, out
        self._began = date.today()
        kept = {k: v for k, v in os.environ.items() if not k.startswith("JOINEDUP_")}
        workspace = str(draft / "workspace")
        environment = {**kept, "JOINEDUP_WORKSPACE": workspace, "COLUMNS": "110"}
        self._joinedup, self._environment = joinedup, environment
        self._free: SimpleQueue[subprocess.Popen[str]] = SimpleQueue()
        self._hands = [
            subprocess.Popen(
                [str(joinedup.with_name("python")), "-P", str(HAND)],
                env=environment,
                cwd=draft,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                encoding="utf-8",
            )
            for _ in range(AT_ONCE)
        ]
        for hand in self._hands:
            self._free.put(hand)

    def run(self, *words: str) -> str:
        """What a command says, as it is written down."""
        hand = self._free.get()
        assert hand.stdin is not None
        assert hand.stdout is not None
        kept = {
            name: str(self.draft / f"{hand.pid}-{name}") for name in ("out", "errors", "modules")
        }
        hand.stdin.write(json.dumps({"words": words, **kept}) + "\n")
        hand.stdin.flush()
        code = int(hand.stdout.readline())
        out, errors = (Path(kept[name]).read_bytes().decode("utf-8") for name in ("out", "errors"))
        self._free.put(hand)
        wrong = f"[errors]\n{errors}" if errors else ""
        left = f"[left with {code}]\n" if code else ""
        return f"$ joinedup {' '.join(words)}\n{out}{wrong}{left}"

    def close(self) -> None:
        """Let what runs the commands go, and the database."""
        for hand in self._hands:
            hand.terminate()
            hand.communicate()
        stop = [str(self._joinedup), "db", "stop"]
        subprocess.run(stop, env=self._environment, stdout=subprocess.DEVNULL, check=True)

    def needed(self, *words: str) -> str:
        """What a command that must go well prints, without more."""
        said = self.run(*words).partition("\n")[2]
        if "[left with " in said:
            raise RuntimeError(said)
        return said

    def listed(self, command: str) -> list[dict[str, Any]]:
        """The questions or the analyses that there are."""
        found: list[dict[str, Any]] = json.loads(self.needed(command, "--json"))
        return found

    def do(self, job: Job) -> None:
        """Run a command and keep what comes of it."""
        if job.to is None:
            self.keep(job.name, self.run(*job.words))
            return
        target = self.draft / f"{job.name.replace('/', '~')}{job.to}"
        self.keep(f"{job.name}/said.txt", self.run(*job.words, str(target)))
        for part, text in unpacked(target):
            self.keep(f"{job.name}/{part}", text)

    def keep(self, name: str, text: str) -> None:
        """Write a text down under a name with slashes."""
        path = self._out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self._the_same_always(text), "utf-8", newline="")

    def _the_same_always(self, text: str) -> str:
        text = text.replace(str(self.draft), "<folder>")
        text = re.sub(r"\(\d+(?:\.\d+)? s\)", "(<time>)", text)
        for day in {self._began, date.today(), datetime.now(UTC).date()}:
            text = re.sub(rf"{day}T[\d:.]+(?:Z|[+-]\d\d:\d\d)?", "<instant>", text)
            text = text.replace(day.isoformat(), "<today>")
            text = text.replace(f"{day.day} {day:%B %Y}", "<today>")
        return text


def everything(taker: Taker) -> Iterator[Job]:
    """What is kept of a loaded graph."""
    yield Job("help/all.txt", ("--help",))
    for command in COMMANDS:
        yield Job(f"help/{command}.txt", (*command.split("-"), "--help"))
    yield Job("help/completion-bash.txt", ("completion", "bash"))
    yield from _askings(taker)
    yield from _analyses(taker)
    yield from _exports(taker)
    for number, searched in enumerate(SEARCHES, 1):
        yield Job(f"search/{number}.json", ("search", *searched, "--json"))
        yield Job(f"search/{number}.table", ("search", *searched))
    check = ("check", "--as-at")
    for form in FORMS:
        for severity in ("high", "medium", "low"):
            line = (*check, DAY, "--severity", severity, f"--{form}")
            yield Job(f"check/graph/{severity}.{form}", line)
    yield Job("check/graph/two.table", (*check, "2001-06-30", "--rules", "overdue,holder_ended"))
    report = ("report", "--date", DAY)
    for topic in TOPICS:
        yield Job(f"report/topic/{topic}", (*report, "--topic", topic, "--to"), ".md")
    for number, thing in enumerate(THINGS, 1):
        for ending in (".md", *((".html", ".docx") if number == 1 else ())):
            about = (*report, "--about", thing, "--to")
            yield Job(f"report/about/{number}{ending}", about, ending)


def _askings(taker: Taker) -> Iterator[Job]:
    yield Job("ask/all.table", ("ask",))
    chooser = Chooser(taker.draft / "whole")
    for question in (str(one["id"]) for one in taker.listed("ask")):
        helped = taker.needed("ask", question, "--help")
        taker.keep(f"help/ask/{question}.txt", helped)
        for number, given in enumerate(chooser.askings(question, helped), 1):
            words = [word for name, value in given.items() for word in (f"--{name}", value)]
            for form in FORMS[: 4 if number == 1 else 2]:
                yield Job(f"ask/{question}/{number}.{form}", ("ask", question, *words, f"--{form}"))
            export = ("export", "--question", question, *words, "--format")
            forms = ("node-link", "dot", "bundle", "xlsx", "graphml", "turtle", "html", "cypher")
            every = len(forms) if question in WHOLLY else 2
            for form in forms[: every if number == 1 else 1]:
                yield Job(f"picture/{question}/{number}/{form}", (*export, form, "--to"), "")
    for number, odd in enumerate(ODD_ASKINGS, 1):
        yield Job(f"ask/oddly/{number}.table", ("ask", *odd))


def _analyses(taker: Taker) -> Iterator[Job]:
    yield Job("analyse/all.table", ("analyse",))
    for one in taker.listed("analyse"):
        options = [option.removeprefix("--") for option in one["options"]]
        words = ["analyse", one["name"], *(["--as_at", DAY] if "as_at" in options else [])]
        tries = {"usual": words}
        for option in options:
            for number, value in enumerate(OPTIONS.get(option, ()), 1):
                tries[f"{option}-{number}"] = [*words, f"--{option}", *value.split(" ")]
        for tried, line in tries.items():
            for form in FORMS[: 4 if tried == "usual" else 2]:
                yield Job(f"analyse/{one['name']}/{tried}.{form}", (*line, f"--{form}"))


def _exports(taker: Taker) -> Iterator[Job]:
    formats = taker.needed("export", "--help").partition("Formats:\n")[2]
    for form in re.findall(r"^ +([a-z0-9-]+)  ", formats, flags=re.MULTILINE):
        yield Job(f"export/{form}", ("export", "--format", form, "--to"), "")
    yield Job("export/own-name.txt", ("export", "--format", "dot"))
    for name, (page, query) in VIEWS.items():
        path = taker.draft / f"{name}.json"
        view = {"format": "joinedup-view", "version": 1, "name": name, "page": page, "query": query}
        places = {DRUGS: [10.5, -20.0], HOME: [120.0, 40.25]} if name == "around-1" else {}
        path.write_text(json.dumps({**view, "positions": places, "saved": DAY, "by": None}))
        for form in DRAWN if page == "explore" else DRAWN[:1]:
            words = ("export", "--view", str(path), "--format", form, "--to")
            yield Job(f"view/{name}/{form}", words, "")


def take(joinedup: Path, out: Path) -> None:
    """Write everything down in the new folder `out`."""
    out.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="joinedup-snapshot-") as folder:
        taker = Taker(joinedup, out, Path(folder))
        try:
            taker.do(Job("load/first.txt", ("load", "sample")))
            taker.do(Job("load/again.txt", ("load", "sample")))
            taker.do(Job("backup", ("db", "backup"), ".zip"))
            whole = taker.draft / "whole"
            taker.needed("export", "--format", "bundle", "--to", str(whole))
            taker.do(Job("check/bundle/sound.json", ("check", str(whole), "--json")))
            with ThreadPoolExecutor(AT_ONCE) as pool:
                list(pool.map(taker.do, everything(taker)))
            with (whole / "PART_OF.csv").open("a") as spoiled:
                spoiled.write(BROKEN)
            for form in FORMS:
                words = ("check", str(whole), f"--{form}")
                taker.do(Job(f"check/bundle/spoiled.{form}", words))
        finally:
            taker.close()


def compare(before: Path, after: Path) -> int:
    """Print what differs, kind by kind; return how many files do."""
    texts = [
        {path.relative_to(top).as_posix(): path for path in top.rglob("*") if path.is_file()}
        for top in (before, after)
    ]
    differing: Mapping[str, list[str]] = defaultdict(list)
    for name in sorted(texts[0].keys() | texts[1].keys()):
        if _read(texts[0].get(name)) != _read(texts[1].get(name)):
            differing[name.partition("/")[0]].append(name)
    of = Counter(name.partition("/")[0] for name in texts[0])
    for kind, names in differing.items():
        print(f"## {kind}: {len(names)} of {of[kind]} files differ")
        for name in names:
            gone = "" if all(name in side for side in texts) else " (in one of them only)"
            print(f"  {name}{gone}")
        one, other = (_read(side.get(names[0])).splitlines() for side in texts)
        lines = list(difflib.unified_diff(one, other, "before", "after", n=1, lineterm=""))
        print("\n".join(f"    {line[:WIDEST]}" for line in lines[:SHOWN]))
        print(f"    … {len(lines) - SHOWN} more lines\n" if len(lines) > SHOWN else "")
    found = sum(map(len, differing.values()))
    print(f"{found} of {len(texts[0].keys() | texts[1].keys())} files differ")
    return found


def _read(path: Path | None) -> str:
    return path.read_bytes().decode("utf-8") if path else ""


def main() -> int:
    """Take a snapshot, or compare two; 1 when they differ."""
    parser = argparse.ArgumentParser(prog="python -m bench.snapshot", description=__doc__)
    parser.add_argument("out", nargs="?", type=Path, metavar="OUT")
    beside = Path(sys.executable).with_name("joinedup")
    parser.add_argument("--joinedup", type=Path, default=beside, metavar="PATH")
    parser.add_argument("--compare", nargs=2, type=Path, metavar=("BEFORE", "AFTER"))
    said = parser.parse_args()
    if said.compare:
        return 1 if compare(*said.compare) else 0
    if said.out is None or said.out.exists():
        parser.error("name a folder that is not there yet, or --compare BEFORE AFTER")
    began = time.monotonic()
    take(said.joinedup.absolute(), said.out)
    files = sum(path.is_file() for path in said.out.rglob("*"))
    print(f"{said.out}: {files:,} files in {time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
