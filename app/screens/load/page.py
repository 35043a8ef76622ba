"""Loading a bundle: where it is, what is wrong with it, how far it is, and what came of it."""

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
from app.kept.uploads import Uploaded
from app.screens.parts import address, background, signing
from app.screens.parts.frame import open_graph, page, page_link
from app.screens.parts.table import downloads, table
from app.settings import settings
from app.text.escape import clean, escaped, sentence
from app.text.sheet import Sheet
from graph.bundle.folder import SOURCE_FILE
from graph.errors import BundleError
from graph.schema.words import number_of
from loaders.registry import SOURCES

if TYPE_CHECKING:
    from app.screens.parts.cached import OpenGraph


WORK = "load-work"
SHIPPED = {source.id: source for source in SOURCES if source.bundles()}
FROM = {"files": "Upload files", "folder": "A folder on this machine"} | {
    name: source.title for name, source in SHIPPED.items()
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
    files: tuple[Uploaded, ...]
    path: str
    keep: bool
    force: bool

    @property
    def there(self) -> bool:
        """Whether there is something to begin with."""
        return self.how in SHIPPED or bool(self.files) or bool(self.path.strip())


def choose() -> Chosen:
    """Where the bundle is, and how it is to be loaded."""
    here = signing.on_this_machine()
    ways = {how: words for how, words in FROM.items() if how != "folder" or here}
    how = address.segments(
        "from", "Where the bundle is", ways, key="load-from", default=next(iter(ways))
    )
    files: tuple[Uploaded, ...] = ()
    path = ""
    if how == "files":
        uploaded = st.file_uploader(
            "One zip file, or the files of the bundle",
            type=["zip", "csv", "yaml"],
            accept_multiple_files=True,
            key="load-files",
            max_upload_size=uploads.LARGEST // 1_000_000,
            help="Files of other names are refused. Nothing is loaded before you press Load.",
        )
        files = tuple(Uploaded(file.name, file, file.size) for file in uploaded)
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


def start(opened: OpenGraph, chosen: Chosen) -> None:
    """The buttons that begin, and what is begun by them. Raises BundleError and AccessError."""
    decides = signing.may_decide()
    if not decides:
        st.caption(signing.READS_ONLY)
    before: Job[Outcomes] | None = st.session_state.get(WORK)
    running = before is not None and before.state == "running"
    blocked = running or not chosen.there or not decides
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
        work = checking(folders, throw_away=draft)
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


def _folders(chosen: Chosen) -> tuple[list[Path], Path | None]:
    """The folders of the bundles, and the one to throw away afterwards."""
    if chosen.how in SHIPPED:
        return SHIPPED[chosen.how].bundles(), None
    if chosen.how == "folder":
        folder = Path(chosen.path.strip()).expanduser()
        if not folder.exists():
            raise BundleError(f"there is no folder {clean(chosen.path, LONGEST_PATH)}")
        return [folder], None
    draft = Path(tempfile.mkdtemp(prefix="joinedup-upload-"))
    first = Path(chosen.files[0].name)
    name = first.stem if first.suffix.lower() == ".zip" else ""
    allowed = "".join(char for char in name if char.isalnum() or char in " -_")
    folder = draft / (clean(allowed, 60) or "the upload")
    try:
        uploads.unpack(chosen.files, folder)
    except BundleError:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return [folder], draft


def show(outcome: Outcome, key: str) -> None:
    """What became of one bundle."""
    if outcome.problems:
        _problems(outcome, key)
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
                label = "What the document says" if len(report.sources) == 1 else escaped(source)
                page_link("documents", label, id=source)
            page_link("home", "To Home")
    if outcome.reading:
        with st.expander(escaped(outcome.reading[0])):
            st.code("\n".join(outcome.reading[1 : SHOWN + 1]) or "Every row was read.", None)
    if outcome.source:
        licence, publisher = outcome.source.licence, outcome.source.publisher
        st.caption(f"Licence: {escaped(licence)} · {escaped(publisher or '')}".strip(" ·"))


def _problems(outcome: Outcome, key: str) -> None:
    number = len(outcome.problems)
    st.error(
        f"{escaped(sentence(outcome.title))} has {number_of(number, 'problem')}. "
        "Nothing was loaded.",
        icon=":material/error:",
    )
    st.caption(
        f"Lines are counted as a text editor does; {SOURCE_FILE} is the file that says what the "
        "bundle is. Fix the files, then load again."
    )
    # To a reader line 0 says nothing: the problem is the file's as a whole.
    rows = [asdict(problem) | {"line": problem.line or None} for problem in outcome.problems]
    table(rows[:SHOWN], PROBLEMS, key=key, about="Problems of the bundle", widths=WIDTHS)
    if number > SHOWN:
        st.caption(f"The first {SHOWN:,} of {number:,}. The downloads hold all.")
    downloads(lambda: Sheet(PROBLEMS, rows, outcome.title), "problems", key=key)


@page("Load")
def main() -> None:
    """A bundle is chosen, checked and loaded; an empty graph is no hindrance."""
    st.markdown(
        "A fact bundle is a folder with a file source.yaml and one CSV file a type. It is checked "
        "first, and nothing is loaded when it has a problem. Loading it again changes nothing; "
        "what its documents no longer say is removed."
    )
    chosen = choose()
    start(open_graph(), chosen)
    work: Job[Outcomes] | None = st.session_state.get(WORK)
    if work is not None:
        st.divider()
        if background.follow(work, key="load", cancelled=background.LOAD_CANCELLED):
            for number, outcome in enumerate(work.result or ()):
                show(outcome, f"load-problems-{number}")


if __name__ == "__main__":
    main()
