"""

Loading a bundle: where it is, what is wrong with it, how far it is, and what came of it.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from app.jobs.job import Job
from app.jobs.load_job import Outcome, Outcomes, checking, loading
from app.kept import uploads
from app.screens.parts import address, signing
from app.screens.parts.background import LOAD_CANCELLED as CANCELLED
from app.screens.parts.background import follow as follow_work
from app.screens.parts.frame import open_graph, page
from app.screens.parts.signing import on_this_machine
from app.screens.parts.table import downloads, table
from app.settings import settings
from app.text.escape import clean, escaped, sentence
from app.text.sheet import Sheet
from graph.bundle.folder import SOURCE_FILE
from graph.errors import BundleError
from loaders.registry import SOURCES

if TYPE_CHECKING:
    from app.screens.parts.cached import OpenGraph


WORK = "load-work"
SHIPPED = {one.id: one for one in SOURCES if one.shipped()}
FROM = {"files": "Upload files", "folder": "A folder on this machine"} | {
    name: one.title for name, one in SHIPPED.items()
}
SHOWN = 500
"""problems that the table shows; the downloads hold all of them"""
LONGEST_PATH = 1_000
PROBLEMS = ("file", "line", "column", "message")
WIDTHS = {"file": 200, "line": 60, "column": 110, "message": 700}
"""pixels"""


@dataclass(frozen=True)
class Chosen:
    """What is to be loaded and how."""

    how: str
    files: tuple[uploads.Uploaded, ...] = ()
    path: str = ""
    keep: bool = False
    force: bool = False

    @property
    def there(self) -> bool:
        """Whether there is something to begin with."""
        return self.how in SHIPPED or bool(self.files) or bool(self.path.strip())


def introduction() -> None:
    """What a bundle is and what loading does."""
    st.markdown(
        "A fact bundle is a folder with a file source.yaml and one CSV file a type. It is checked "
        "first, and nothing is loaded when it has a problem. Loading it again changes nothing; "
        "what its documents no longer say is removed."
    )


def choose() -> Chosen:
    """Where the bundle is, and how it is to be loaded."""
    ways = {how: words for how, words in FROM.items() if how != "folder" or on_this_machine()}
    how = address.segments(
        "from", "Where the bundle is", ways, key="load-from", default=next(iter(ways))
    )
    files: tuple[uploads.Uploaded, ...] = ()
    path = ""
    if how == "files":
        files = _upload()
    elif how == "folder":
        path = address.text(
            "folder",
            "Folder of the bundle, or a file that a source reads",
            key="load-folder",
            max_chars=LONGEST_PATH,
            placeholder="a folder with source.yaml and CSV files in it",
        )
    else:
        st.caption(f"{SHIPPED[how].title} holds {SHIPPED[how].about}.")
    address.write()
    with st.expander("Options", icon=":material/tune:"):
        keep = st.checkbox(
            "Keep what its documents no longer say", key="load-keep", persist_state="page"
        )
        force = st.checkbox(
            "Rewrite every record, changed or not", key="load-force", persist_state="page"
        )
    return Chosen(how, files, path, keep, force)


def _upload() -> tuple[uploads.Uploaded, ...]:
    found = st.file_uploader(
        "One zip file, or the files of the bundle",
        type=["zip", "csv", "yaml"],
        accept_multiple_files=True,
        key="load-files",
        max_upload_size=uploads.LARGEST // 1_000_000,
        help="Files of other names are refused. Nothing is loaded before you press Load.",
    )
    return tuple(uploads.Uploaded(one.name, one, one.size) for one in found)


def start(opened: OpenGraph, chosen: Chosen) -> None:
    """The buttons that begin, and what is begun by them. Raises BundleError and AccessError."""
    if not signing.may_decide():
        st.caption(signing.READS_ONLY)
    running = _running() is not None
    blocked = running or not chosen.there or not signing.may_decide()
    with st.container(horizontal=True):
        check = st.button("Check", key="load-check", icon=":material/rule:", disabled=blocked)
        load = st.button(
            "Load", key="load-load", icon=":material/upload:", type="primary", disabled=blocked
        )
    if not chosen.there and not running:
        st.caption("Choose a bundle, then check it or load it: loading checks it too.")
    if not (check or load):
        return
    by = signing.reviewer()
    folders, draft = _folders(chosen)
    if check:
        work: Job[Outcomes] = checking(folders, throw_away=draft)
    else:
        work = loading(
            opened.store,
            folders,
            force=chosen.force,
            keep=chosen.keep,
            ledgers=settings().ledgers,
            rejections=settings().rejections,
            by=by,
            throw_away=draft,
        )
    st.session_state[WORK] = work
    work.wait(0.3)  # what is quick shows its end at once
    st.rerun()


def _running() -> Job[Outcomes] | None:
    work: Job[Outcomes] | None = st.session_state.get(WORK)
    return work if work is not None and work.state == "running" else None


def _folders(chosen: Chosen) -> tuple[list[Path], Path | None]:
    """The folders of the bundles, and the one to throw away afterwards."""
    if chosen.how in SHIPPED:
        return SHIPPED[chosen.how].shipped(), None
    if chosen.how == "folder":
        folder = Path(chosen.path.strip()).expanduser()
        if not folder.exists():
            raise BundleError(f"there is no folder {clean(chosen.path, LONGEST_PATH)}")
        return [folder], None
    draft = Path(tempfile.mkdtemp(prefix="joinedup-upload-"))
    first = chosen.files[0].name
    name = Path(first).stem if first.lower().endswith(".zip") else "the upload"
    folder = draft / (
        clean("".join(c for c in name if c.isalnum() or c in " -_"), 60) or "the upload"
    )
    try:
        uploads.unpack(chosen.files, folder)
    except BundleError:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return [folder], draft


def follow() -> None:
    """How far the work of this session is, or what came of it."""
    work: Job[Outcomes] | None = st.session_state.get(WORK)
    if work is None:
        return
    st.divider()
    if not follow_work(work, key="load", cancelled=CANCELLED):
        return
    for place, outcome in enumerate(work.result or ()):
        _show(outcome, f"{place}")


def _show(outcome: Outcome, place: str) -> None:
    if outcome.problems:
        _problems(outcome, place)
    elif outcome.report is None:
        st.success(f"{escaped(sentence(outcome.title))}: no problems found, ready to load.")
    else:
        report = outcome.report
        same = "loaded before, nothing changed" if report.skipped else "is loaded"
        st.success(f"{escaped(outcome.title)} {same}.", icon=":material/check:")
        cells = st.columns(5)
        for cell, name in zip(cells, ("read", "written", "unchanged", "removed"), strict=False):
            cell.metric(name.capitalize(), f"{getattr(report, name):,}")
        cells[4].metric("Seconds", f"{report.seconds:.1f}")
        with st.container(horizontal=True):
            for source in report.sources[:3]:
                st.page_link(
                    "screens/documents/page.py",
                    label="What the document says" if len(report.sources) == 1 else escaped(source),
                    icon=":material/description:",
                    query_params={"id": source},
                )
            st.page_link("screens/home/page.py", label="To Home", icon=":material/home:")
    if outcome.reading:
        with st.expander(escaped(outcome.reading[0])):
            st.code("\n".join(outcome.reading[1 : SHOWN + 1]) or "Every row was read.", None)
    if outcome.source:
        declared = outcome.source
        st.caption(
            f"Licence: {escaped(declared.licence)} · {escaped(declared.publisher or '')}".strip(
                " ·"
            )
        )


def _problems(outcome: Outcome, place: str) -> None:
    number = len(outcome.problems)
    many = "1 problem" if number == 1 else f"{number:,} problems"
    st.error(
        f"{escaped(sentence(outcome.title))} has {many}. Nothing was loaded.",
        icon=":material/error:",
    )
    rows = [asdict(problem) | {"line": problem.line or None} for problem in outcome.problems]
    st.caption(
        f"Lines are counted as a text editor does; {SOURCE_FILE} is the file that says what the "
        "bundle is. Fix the files, then load again."
    )
    table(
        rows[:SHOWN], PROBLEMS, key=f"load-problems-{place}", about="Problems of the bundle",
        widths=WIDTHS,
    )  # fmt: skip
    if number > SHOWN:
        st.caption(f"The first {SHOWN:,} of {number:,}. The downloads hold all.")
    downloads(
        lambda: Sheet(PROBLEMS, rows, outcome.title), "problems", key=f"load-problems-{place}"
    )


@page("Load")
def main() -> None:
    """A bundle is chosen, checked and loaded; an empty graph is no hindrance."""
    introduction()
    chosen = choose()
    opened = open_graph()
    start(opened, chosen)
    follow()


if __name__ == "__main__":
    main()
