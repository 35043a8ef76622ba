"""An uploaded bundle is written under its own names or refused; nothing leads out of its folder."""

import io
import stat
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kept import uploads
from app.kept.uploads import NAMES, Uploaded, unpack
from graph.errors import BundleError

SOURCE = b"title: A plan\nlicence: CC0\n"
ROWS = b"id,name\n"


def upload(name: str, raw: bytes) -> Uploaded:
    return Uploaded(name, io.BytesIO(raw), len(raw))


def zipped(files: dict[str, bytes], name: str = "plan.zip") -> Uploaded:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for inside, raw in files.items():
            archive.writestr(inside, raw)
    return upload(name, out.getvalue())


def kept(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


BUNDLE = {"source.yaml": SOURCE, "Organisation.csv": ROWS}


@pytest.mark.parametrize("prefix", ["", "plan/", "a/b/", "..\\..\\", "../../", "/etc/", "C:\\x\\"])
def test_a_zip_is_unpacked_wherever_it_says_its_files_belong(tmp_path: Path, prefix: str) -> None:
    folder = tmp_path / "bundle"
    files = {f"{prefix}{name}": raw for name, raw in BUNDLE.items()}
    litter = {"__MACOSX/._source.yaml": b"x", f"{prefix}.DS_Store": b"x", "empty/": b""}
    assert sorted(unpack([zipped({**files, **litter})], folder)) == sorted(BUNDLE)
    assert kept(folder) == BUNDLE
    assert list(tmp_path.iterdir()) == [folder]


def test_files_are_taken_one_by_one(tmp_path: Path) -> None:
    unpack([upload(f"C:\\temp\\{name}", raw) for name, raw in BUNDLE.items()], tmp_path / "b")
    assert kept(tmp_path / "b") == BUNDLE


def link() -> Uploaded:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("source.yaml")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    return upload("link.zip", out.getvalue())


def encrypted() -> Uploaded:
    raw = bytearray(zipped({"source.yaml": SOURCE}).file.read())
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        at = raw.index(mark) + (6 if mark == b"PK\x03\x04" else 8)
        raw[at] |= 1
    return upload("secret.zip", bytes(raw))


def nameless() -> Uploaded:
    return upload("plan.zip", zipped({"?": b""}).file.read().replace(b"?", b"\0"))


def twice() -> Uploaded:
    return zipped({"a/source.yaml": SOURCE, "b/source.yaml": SOURCE})


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ([], "nothing was uploaded"),
        ([upload("notes.txt", b"x")], "'notes.txt' is no file of a bundle"),
        ([upload("organisation.csv", b"x")], "'organisation.csv' is no file of a bundle"),
        ([upload("../../source.yaml\x1b[31m.exe", b"x")], "is no file of a bundle"),
        ([upload("source.yaml", b""), upload("source.yaml", b"")], "was uploaded twice"),
        ([zipped(BUNDLE), upload("source.yaml", b"")], "not both"),
        ([upload("x.zip", b"PK not a zip")], "x.zip is no zip file that can be read"),
        ([upload("x.zip", zipped(BUNDLE).file.read()[:-30])], "is no zip file that can be read"),
        ([zipped({"run.sh": b"x"})], "'run.sh' in plan.zip is no file of a bundle"),
        ([zipped({"x/": b""})], "holds no file of a bundle"),
        ([nameless()], "'' in plan.zip is no file of a bundle"),
        ([zipped({"a/source.yaml": b"", "b/Fund.csv": b""})], "in several folders"),
        ([twice()], "holds source.yaml twice"),
        ([link()], "holds the link 'source.yaml'"),
        ([encrypted()], "secret.zip is encrypted"),
        ([zipped({f"{n}/.DS_Store": b"" for n in range(501)})], "more than 500 files"),
        ([zipped({"Fund.csv": b"0" * 30_000_000})], "unpacks to far more than it is"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_bundle_is_refused(
    tmp_path: Path, files: list[Uploaded], message: str
) -> None:  # fmt: skip
    with pytest.raises(BundleError, match=message.replace("(", r"\(")):
        unpack(files, tmp_path / "bundle")


def test_too_much_is_refused_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "LARGEST", 10)
    with pytest.raises(BundleError, match="joinedup load FOLDER"):
        unpack([upload("source.yaml", SOURCE)], tmp_path / "bundle")
    assert list(tmp_path.iterdir()) == []


# zipfile itself cannot write a name that begins with a NUL; one is made by hand above.
NAMED = st.text(min_size=1, max_size=30).filter(lambda name: not name.startswith("\0"))


@given(st.lists(st.tuples(NAMED, st.binary(max_size=50)), max_size=4))
def test_whatever_an_archive_holds_stays_in_the_folder(
    tmp_path_factory: pytest.TempPathFactory, files: list[tuple[str, bytes]]
) -> None:
    place = tmp_path_factory.mktemp("place")
    with suppress(BundleError, UnicodeEncodeError):
        unpack([zipped(dict(files) | {"source.yaml": SOURCE})], place / "bundle")
    assert {path.name for path in place.rglob("*") if path.is_file()} <= NAMES
