"""Bad input of every kind gives one clear error and its exit code, and leaves the project as it was."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from veedor.kernel.errors import INTEGRITY, USAGE
from veedor.sources import taking

Veedor = Callable[..., Any]  # of conftest.py, which test modules cannot import
Contents = Callable[[Path], dict[str, str]]
DAYS = ("--starts", "2020-01-01", "--as-of", "2024-06-30")
ACTS = "actor,action,object,at,document,grade\nMX,signed,memorandum,2026-03-02,minutes,B2\n"
JUDGE = ("judge", *DAYS)
SRC = str(Path(__file__).resolve().parents[2] / "src")


@dataclass(frozen=True, kw_only=True)
class Case:
    """What is wrong, the command that meets it, and what it has to say. `{dir}` is a folder beside the project, `{p}` the project."""

    name: str
    words: tuple[str, ...]
    says: str
    code: int = USAGE
    spoil: Callable[[Path], object] = lambda _: None
    beside: tuple[tuple[str, bytes], ...] = ()


def zipped(**members: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return made.getvalue()


def adding(name: str, data: bytes, says: str, *options: str, file: str = "file.csv") -> Case:
    """A file that cannot be taken in."""
    return Case(name=f"add {name}", words=("add", f"{{dir}}/{file}", *options), says=says, beside=((file, data),))


def sheet(name: str, text: str, says: str, *options: str) -> Case:
    """A sheet of one's own that cannot be taken in."""
    return adding(f"sheet {name}", text.encode(), says, "--as", "act", "--yes", *options)


def mapped(name: str, data: bytes, says: str) -> Case:
    """A mapping file that cannot be used."""
    words = ("add", "{dir}/acts.csv", "--as", "act", "--map", "{dir}/map.csv")
    return Case(name=f"map {name}", words=words, says=says, beside=(("acts.csv", ACTS.encode()), ("map.csv", data)))


def settings(name: str, text: str, *, words: tuple[str, ...] = JUDGE, says: str = "PRO003", code: int = USAGE) -> Case:
    """A project file that cannot be used."""
    return Case(name=f"veedor.toml {name}", words=words, says=says, code=code, spoil=lambda p: (p / "veedor.toml").write_text(text))


def indicator(name: str, file: str, data: bytes, within: str) -> Case:
    """An indicator file of the project's own that cannot be used."""
    return Case(
        name=f"indicator {name}", words=JUDGE, says=f"IND001.*{within}", spoil=lambda p: (p / "indicators" / file).write_bytes(data)
    )


def accord(name: str, old: str, new: str, within: str) -> Case:
    """An accord file that was changed into one that cannot be used."""

    def spoil(project: Path) -> None:
        file = project / "accord" / "ssa.yaml"
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    return Case(name=f"accord {name}", words=JUDGE, says=f"ACC000.*{within}", spoil=spoil)


def altered(name: str, what: str, says: str, *words: str) -> Case:
    """Evidence in which a bit was turned."""

    def spoil(project: Path) -> None:
        held = {json.loads(path.read_bytes())["source"]: path.stem for path in (project / "evidence" / "snapshots").iterdir()}
        digest = held["sesnsp-idefc"]
        for path in (project / "evidence").glob(what.format(digest=digest)):
            data = bytearray(path.read_bytes())
            data[len(data) // 2] ^= 1
            path.write_bytes(data)

    return Case(name=f"altered {name}", words=words or JUDGE, says=says, code=INTEGRITY, spoil=spoil)


def spoilt(name: str, words: tuple[str, ...], says: str, spoil: Callable[[Path], object], code: int = USAGE) -> Case:
    """A project that was spoilt in some other way."""
    return Case(name=name, words=words, says=says, spoil=spoil, code=code)


def _file_for_evidence(project: Path) -> None:
    shutil.rmtree(project / "evidence")
    (project / "evidence").write_text("mine", encoding="utf-8")


PROJECT = '[project]\naccord = "accord/ssa.yaml"\n'
MINE = (Path(taking.__file__).parents[1] / "indicators/builtin/homicide_files.sql").read_bytes().replace(b"homicide_files", b"mine")
BUILT_IN = Path(taking.__file__).parents[1] / "indicators" / "builtin" / "homicide_files.sql"
CASES = (
    Case(name="add nothing", words=("add",), says="CLI001"),
    Case(name="add what is not there", words=("add", "{dir}/nothing.csv"), says="SRC101"),
    Case(name="add a folder", words=("add", "{dir}"), says="SRC101"),
    Case(name="add the folder that one is in", words=("add", "."), says='SRC101.*"\\."'),
    Case(name="add a name that is too long", words=("add", "x" * 5000), says="SRC101"),
    adding("an empty file", b"", "SRC003"),
    adding("blanks", b" \r\n\t\n", "SRC003"),
    adding("a picture", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "SRC001", file="a.png"),
    adding("a web page", b"<!doctype html><html><title>\x1b[2J\xe2\x80\xaeMoved</title>", "SRC004"),
    adding("a table of nobody", b"a,b\n1,2\n", "SRC001"),
    adding("a sheet without --as", ACTS.encode(), "SRC001.*--as KIND"),
    adding("an archive of nothing", zipped(), "SRC008", file="a.zip"),
    adding("an archive cut off", zipped(a=b"x" * 9000)[:60], "SRC007", file="a.zip"),
    adding("archives in archives", zipped(**{"a.zip": zipped(**{"b.zip": zipped(c=b"x")})}), "SRC011", file="a.zip"),
    adding("an archive that leads out", zipped(**{"../../a.csv": b"a,b\n1,2\n"}), "SRC009", file="a.zip"),
    adding("a day that is none", b"a,b\n", "CLI001", "--published", "yesterday"),
    adding("an option that is none", b"a,b\n", "CLI001", "--force"),
    sheet("of no kind", ACTS, "CLI001|KER001", "--as", "acts"),
    sheet("without rows", "actor,action,object,at\n", "REC002.*REC017"),
    sheet("with bad cells", ACTS.replace("2026-03-02", "soon"), "REC002.*D2 +REC037"),
    sheet("without a column that it needs", ACTS.replace("action", "what"), "SRC103"),
    sheet("with a heading twice", ACTS.replace("document", "actor"), "REC002.*REC014"),
    sheet("with a comma too many", ACTS.replace("minutes", "minutes, of the day"), "REC002.*REC016"),
    sheet("with a grade that is none", ACTS, "SRC105", "--grade", "A7"),
    sheet("with a blank grade", ACTS, "SRC105", "--grade", ""),
    sheet("with a blank controller", ACTS, "SRC106", "--controller", " "),
    sheet("that is binary", "a\0b\0", "REC001"),
    adding("a workbook that is none", zipped(a=b"x"), "REC001", "--as", "act", "--yes", file="a.xlsx"),
    adding("a workbook of the old form", b"\xd0\xcf\x11\xe0" + bytes(600), "REC001", "--as", "act", "--yes", file="a.xls"),
    mapped("of a column that is not there", b"column,field\nwho,actor\n", "REC003"),
    mapped("to a field that is not there", b"column,field\nactor,actors\n", "REC004"),
    mapped("to one field twice", b"column,field\nactor,actor\naction,actor\n", "REC004"),
    mapped("with three cells", b"column,field,more\n", "SRC104"),
    mapped("with one cell", b"column,field\nactor\n", "SRC104"),
    mapped("that is empty", b"", "SRC104"),
    mapped("with a heading only", b"column,field\n", "SRC104"),
    mapped("in no encoding", b"\xff\xfe\x80", "SRC104"),
    mapped("with a quotation mark left open", b'column,field\n"actor,actor\n', "SRC104"),
    Case(
        name="map that is not there",
        words=("add", "{dir}/acts.csv", "--as", "act", "--map", "{dir}/none.csv"),
        says="SRC101",
        beside=(("acts.csv", ACTS.encode()),),
    ),
    Case(name="lint what is not there", words=("lint", "{dir}/none.yaml"), says="ACC001"),
    Case(name="lint a folder", words=("lint", "{dir}"), says="ACC001"),
    Case(name="lint bytes", words=("lint", "{dir}/a.yaml"), says="ACC003", beside=(("a.yaml", b"\xff\xfe\0\0"),)),
    Case(name="lint nothing", words=("lint", "{dir}/a.yaml"), says="ACC004", beside=(("a.yaml", b"# only this\n"),)),
    Case(name="lint no YAML", words=("lint", "{dir}/a.yaml"), says="ACC000", beside=(("a.yaml", b"a: [1\n"),)),
    Case(name="lint a list", words=("lint", "{dir}/a.yaml"), says="ACC000", beside=(("a.yaml", b"- 1\n- 2\n"),)),
    Case(name="lint brackets without end", words=("lint", "{dir}/a.yaml"), says="ACC0", beside=(("a.yaml", b"[" * 9000),)),
    Case(name="lint aliases without end", words=("lint", "{dir}/a.yaml"), says="ACC0", beside=(("a.yaml", b"a: &a [*a, *a]\n"),)),
    Case(name="lint hostile text", words=("lint", "{dir}/a.yaml"), says="ACC000", beside=(("a.yaml", b'"\\e[2J\\u202e": 1\n'),)),
    Case(name="new on nothing", words=("new", "{dir}/p", "--accord", "nothing"), says="KER001"),
    Case(name="new on a file that is not there", words=("new", "{dir}/p", "--accord", "{dir}/none.yaml"), says="SRC101"),
    Case(name="new on a bad file", words=("new", "{dir}/p", "--accord", "{dir}/a.yaml"), says="ACC000", beside=(("a.yaml", b"a: 1\n"),)),
    Case(name="new in a folder in use", words=("new", "{p}"), says="PRO002"),
    Case(name="new where a file is", words=("new", "{dir}/a"), says="PRO004", beside=(("a", b"mine"),)),
    Case(name="new below a file", words=("new", "{dir}/a/p"), says="PRO004", beside=(("a", b"mine"),)),
    Case(name="start in a folder in use", words=("start", "{p}"), says="PRO002"),
    Case(name="judge on a day that is none", words=("judge", "--as-of", "2026-02-30"), says="CLI001"),
    Case(name="judge on a day beyond", words=("judge", "--starts", "9999-12-31"), says="CLI001"),
    Case(name="judge again what is not stored", words=("judge", "--at", "0" * 64), says="PRO005"),
    Case(name="judge again by no digits", words=("judge", "--at", "x"), says="PRO005"),
    Case(name="explain what is not there", words=("explain", "nothing", *DAYS), says="KER001"),
    Case(name="diff by no digits", words=("diff", "sat-69b", "x", "y"), says="EVD007"),
    Case(name="indicator that is none", words=("indicators", "nothing"), says="KER001"),
    Case(name="template of nothing", words=("template", "nothing"), says="KER001"),
    Case(name="report since nothing", words=("report", "changes", "--since", "ffff"), says="PRO005|REP"),
    Case(name="command that is none", words=("jugde",), says="CLI001"),
    settings("is no TOML", "[project\n"),
    settings("is empty", "", says='PRO003.*"project" is missing'),
    settings("with a key that is none", f"{PROJECT}acord = 1\n", says='PRO003.*"project.acord" is not a known key \\("accord"\\?\\)'),
    settings("with a table that is none", f"{PROJECT}[adresses]\n", says='PRO003.*"adresses" is not a known key \\("addresses"\\?\\)'),
    settings("with a number for a path", "[project]\naccord = 1\n", says='PRO003.*"project.accord" cannot be 1'),
    settings("with a language that is none", f'{PROJECT}language = "xx"\n', says='PRO003.*"project.language" cannot be xx'),
    settings("on an accord that is not there", '[project]\naccord = "none.yaml"\n', says="ACC001"),
    settings("on a folder", '[project]\naccord = "accord"\n', says="ACC001"),
    settings("on a path that cannot be", '[project]\naccord = "a\\u0000b"\n', says="ACC001"),
    settings("on a file that is no accord", '[project]\naccord = "veedor.toml"\n', says="ACC0"),
    settings("with a state that is none", f'{PROJECT}state = "nowhere://x"\n', says="STO"),
    settings("with an address", f'{PROJECT}[addresses]\nsat-69b = "ftp://x/"\n', words=("fetch", "sat-69b"), says="SRC051", code=5),
    indicator("empty", "mine.sql", b"", "mine.sql:1 +IND017"),
    indicator("binary", "mine.sql", b"\xff\xfe", "mine.sql:1 +IND017"),
    indicator("without a header", "mine.sql", b"SELECT 1", "mine.sql:1 +IND011"),
    indicator("of a built-in name", "homicide_files.sql", BUILT_IN.read_bytes(), "IND016"),
    indicator("in a file of another name", "mine.sql", BUILT_IN.read_bytes(), "IND013"),
    indicator("that writes a file", "mine.sql", MINE + b"; COPY incidence TO 'x.csv'", "IND020"),
    accord("with a key that is none", "status: hypothetical", "status: hypothetical\nfoo: 1", "ACC020"),
    accord("in force without signatures", "status: hypothetical", "status: in-force", "ACC071"),
    accord("with a start beyond", "starts: 2026-02-01", "starts: 9999-12-31", "ACC029"),
    altered("bytes", "bytes/*/{digest}", "EVD004"),
    altered("records", "records/{digest}/*", "EVD008"),
    altered("manifest", "snapshots/{digest}.json", "EVD009"),
    altered("capture", "captures/{digest}/*", "EVD015"),
    altered("manifest on adding", "snapshots/{digest}.json", "EVD009", "add", "{p}/files/synthetic-sesnsp-idefc.csv"),
    altered("manifest on explaining", "snapshots/{digest}.json", "EVD009", "explain", "homicide-fall", *DAYS),
    altered("judgement", "kept/judgement/*", "EVD012", "judge", "--at", "0000"),
    spoilt("manifests gone", ("diff", "sat-69b", "0000", "0001"), "EVD005", lambda p: shutil.rmtree(p / "evidence" / "snapshots")),
    spoilt("captures gone", JUDGE, "EVD018", lambda p: shutil.rmtree(p / "evidence" / "captures"), INTEGRITY),
    spoilt("evidence is a file", ("add", "{p}/files/synthetic-sat-69b.csv"), "EVD013", _file_for_evidence),
    spoilt("state is no database", JUDGE, "STO", lambda p: (p / "state.db").write_bytes(b"nothing of the kind" * 99), INTEGRITY),
    spoilt("no project at all", JUDGE, "PRO001", lambda p: (p / "veedor.toml").unlink()),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_one_clear_error_and_the_project_is_as_it_was(
    veedor: Veedor, starter: Path, contents: Contents, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: Case
) -> None:
    beside = tmp_path / "beside"
    beside.mkdir()
    for name, data in case.beside:
        (beside / name).write_bytes(data)
    monkeypatch.chdir(beside)
    case.spoil(starter)
    before, around = contents(starter), contents(beside)
    said = veedor(*(word.replace("{dir}", str(beside)).replace("{p}", str(starter)) for word in case.words), project=starter)
    one_line = said.err.replace("\n", " ")
    assert re.search(rf"error\[({case.says})" if "|" in case.says else rf"error\[{case.says.replace('.*', '].*', 1)}", one_line), said.err
    assert (said.code, said.out) == (case.code, "")
    assert said.err.count("error[") == 1
    assert all(f"  {label} " in said.err for label in ("effect", "next", "more"))
    assert "Traceback" not in said.err
    assert not set(said.err) & set("\x1b\x9b\u202e\r\0")
    assert (contents(starter), contents(beside)) == (before, around)


def test_a_device_without_end_is_not_read_to_its_end(
    veedor: Veedor, starter: Path, contents: Contents, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "LARGEST", 1 << 16)
    before = contents(starter)
    said = veedor("add", "/dev/zero", project=starter)
    assert (said.code, said.out) == (USAGE, "")
    assert "error[SRC102]" in said.err
    assert contents(starter) == before


def test_a_file_that_is_too_large_is_not_read(veedor: Veedor, starter: Path, contents: Contents, tmp_path: Path) -> None:
    with (tmp_path / "huge.csv").open("wb") as stream:
        stream.truncate(taking.LARGEST + 1)
    before = contents(starter)
    said = veedor("add", str(tmp_path / "huge.csv"), project=starter)
    assert said.code == USAGE
    assert "error[SRC102]" in said.err
    assert contents(starter) == before


# A disk that does not take it --------------------------------------------------------------------------------------------------------


def elsewhere(before: str, *words: str, prefix: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own, after a few lines of Python."""
    run = f"import sys; sys.path[:0] = [{SRC!r}]\n{before}\nfrom veedor.cli.main import run; run()"
    return subprocess.run(
        [*prefix, sys.executable, "-c", run, *words],
        capture_output=True, text=True, check=False, timeout=120, env={**os.environ, "VEEDOR_LANG": "en"},
    )  # fmt: skip


def test_a_disk_without_room(starter: Path, contents: Contents, tmp_path: Path) -> None:
    """The operating system refuses files above 64 KiB; nothing of the new one is left behind, and the old ones are whole."""
    file = tmp_path / "estatal_2024-07-20.csv"
    file.write_bytes((starter / "files" / "synthetic-sesnsp-idefc.csv").read_bytes() + b"\r\n")
    before = contents(starter)
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 16, 1 << 16))"
    done = elsewhere(limit, "--project", str(starter), "add", str(file))
    assert (done.returncode, done.stdout) == (USAGE, ""), done.stderr
    assert "error[EVD002]" in done.stderr
    assert "Traceback" not in done.stderr
    assert contents(starter) == before


def read_only(folder: Path) -> tuple[str, ...]:
    """Take away the right to write; what has to stand before a command so that the superuser is refused as well."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    if os.geteuid() != 0:
        return ()
    tool = shutil.which("setpriv")
    if tool is None:
        pytest.skip("the superuser may write everywhere, and there is no setpriv to take that away")
    return (tool, "--bounding-set", "-dac_override,-dac_read_search,-fowner", "--inh-caps", "-all")


@pytest.fixture
def frozen(starter: Path) -> Path:
    """A project that nobody may write to."""
    yield starter
    for path in (starter, *starter.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)


def test_a_read_only_project_is_read_and_judged_and_says_so_when_it_is_written(frozen: Path, contents: Contents) -> None:
    prefix, before = read_only(frozen), contents(frozen)
    taken = elsewhere("", "--project", str(frozen), "add", str(frozen / "files" / "synthetic-sat-69b.csv"), prefix=prefix)
    assert (taken.returncode, taken.stdout) == (USAGE, ""), taken.stderr
    assert "error[EVD003]" in taken.stderr
    judged = elsewhere("", "--project", str(frozen), "judge", *DAYS, "--format", "json", prefix=prefix)
    assert judged.returncode == 1, judged.stderr
    assert json.loads(judged.stdout)["verdicts"]
    assert judged.stderr.startswith("This judgement is not stored: the evidence folder may not be written to")
    checked = elsewhere("", "--project", str(frozen), "snapshots", "--check", prefix=prefix)
    assert checked.returncode == 0, checked.stderr
    assert contents(frozen) == before
