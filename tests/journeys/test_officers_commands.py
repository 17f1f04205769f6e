"""Keys, officers, seats and the question who may do what, on the command line: from the first officer to an opened pseudonym."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from veedor.cli.main import main
from veedor.governance import keyring

WORDS = "correct horse battery"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passphrases in the environment, and the least cost of a guess that key files may have."""
    monkeypatch.setenv("WORDS", WORDS)
    monkeypatch.setattr(keyring.new, "__kwdefaults__", {**keyring.new.__kwdefaults__, "cost": 1 << 14})


@dataclass(frozen=True)
class Said:
    """A command's exit code and what it wrote."""

    code: int
    out: str
    err: str


Run = Callable[..., Said]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in a new project of the party US on the accord ssa."""
    main(["--lang", "en", "new", str(tmp_path / "p"), "--accord", "ssa"])
    settings = tmp_path / "p" / "veedor.toml"
    settings.write_text(settings.read_text().replace('# party = "MX"', 'party = "US"'))
    monkeypatch.chdir(tmp_path / "p")
    capsys.readouterr()

    def called(*words: str, code: int = 0) -> Said:
        found = main(["--lang", "en", *words])
        told = capsys.readouterr()
        assert found == code, (words, told.out, told.err)
        return Said(found, told.out, told.err)

    return called


def seated(run: Run, name: str, party: str, organ: str, seat: str, by: tuple[str, ...] = ()) -> None:
    """Add an officer with a key and a seat."""
    acting = [word for one in by for word in ("--by", one, "--by-passphrase-from", "WORDS")]
    run("officers", "add", name, "--party", party, *acting)
    run("keys", "new", name, "--passphrase-from", "WORDS", *acting)
    run("officers", "seat", name, organ, seat, *acting)


def test_the_first_officers_are_entered_by_whoever_has_the_files_and_the_next_by_officers(run: Run) -> None:
    assert "ssa.node" in run("keys", "new", "--passphrase-from", "WORDS").out
    seated(run, "olga", "US", "bhlig", "US/officer/1")
    refused = run("officers", "add", "ben", "--party", "US", code=2)
    assert "PRO050" in refused.err
    assert "--by OFFICER" in refused.err
    seated(run, "ben", "US", "bhlig", "US/analyst/1", ("olga",))
    not_his = run("officers", "add", "eve", "--party", "US", "--by", "ben", "--by-passphrase-from", "WORDS", code=2)
    assert "GOV022" in not_his.err
    other = run("officers", "add", "mike", "--party", "MX")
    assert "mike of MX" in other.out, "the other party has no officer here yet"
    listed = json.loads(run("officers", "list", "--format", "json").out)["officers"]
    assert listed == [
        {"officer": "mike", "party": "MX", "seats": [], "keys": 0},
        {"officer": "ben", "party": "US", "seats": ["bhlig US/analyst/1"], "keys": 1},
        {"officer": "olga", "party": "US", "seats": ["bhlig US/officer/1"], "keys": 1},
    ]
    entries = json.loads(run("log", "--format", "json").out)["entries"]
    signed = {entry["kind"]: bool(entry["officer_key"]) for entry in entries if entry["actor"] == "olga"}
    assert signed == {"officer-added": True, "key-added": True, "seat-filled": True}


def test_those_who_sit_for_no_party_are_seated_by_both(run: Run) -> None:
    seated(run, "olga", "US", "bhlig", "US/officer/1")
    alone = ("--by", "olga", "--by-passphrase-from", "WORDS")
    assert "GOV022" in run("officers", "add", "ines", "--party", "independent", *alone, code=2).err
    seated(run, "mike", "MX", "bhlig", "MX/officer/1")
    both = (*alone, "--by", "mike", "--by-passphrase-from", "WORDS")
    run("officers", "add", "ines", "--party", "independent", *both)
    run("officers", "seat", "ines", "oversight", "independent/board-member/1", *both)
    assert "board-member" in run("officers", "list").out
    run("officers", "seat", "ines", "oversight", "independent/board-member/1", "--vacate", *both)
    assert "board-member" not in run("officers", "list").out
    assert "EVD068" in run("officers", "seat", "ines", "oversight", "independent/board-member/1", "--vacate", *both, code=2).err


def test_keys_are_rotated_and_revoked_and_the_ledger_knows(run: Run) -> None:
    seated(run, "olga", "US", "bhlig", "US/officer/1")
    first = json.loads(run("keys", "list", "--format", "json").out)["keys"][0]["key"]
    second = run("keys", "rotate", "olga", "--passphrase-from", "WORDS", "--new-passphrase-from", "WORDS").out.splitlines()[-1]
    keys = {row["key"]: row for row in json.loads(run("keys", "list", "--format", "json").out)["keys"]}
    assert keys[first]["replaced_by"] == second
    assert keys[second]["revoked_at"] is None
    assert "replaced on" in run("keys", "list").out
    assert "GOV046" in run("keys", "rotate", first, "--passphrase-from", "WORDS", code=2).err, "it is held, and no longer in force"
    run("keys", "revoke", second[:10], "--because", "the device was lost", "--by", "olga", "--by-passphrase-from", "WORDS")
    assert "GOV046" in run("keys", "revoke", second, "--because", "again", code=2).err
    rotated = [entry for entry in json.loads(run("log", "--format", "json").out)["entries"] if entry["kind"].startswith("key-")]
    assert [entry["kind"] for entry in rotated] == ["key-added", "key-rotated", "key-revoked"]
    assert [entry["officer_key"] for entry in rotated] == ["", first, second], "the old key signs its own end"


def test_private_keys_are_nobody_elses_to_read(run: Run) -> None:
    run("keys", "new", "--passphrase-from", "WORDS")
    [file] = Path("keys").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "GOV042" in run("keys", "new", code=2).err, "nobody is there to be asked"
    assert "GOV042" in run("keys", "new", "--passphrase-from", "NOT_SET", code=2).err
    assert [file] == list(Path("keys").iterdir())


def test_a_wrong_passphrase_signs_nothing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    seated(run, "olga", "US", "bhlig", "US/officer/1")
    monkeypatch.setenv("WRONG", "another passphrase")
    told = run("officers", "add", "ben", "--party", "US", "--by", "olga", "--by-passphrase-from", "WRONG", code=4)
    assert "GOV041" in told.err
    assert "ben" not in run("officers", "list").out


def test_a_pseudonym_is_opened_by_holders_of_both_parties_and_the_board(run: Run, tmp_path: Path) -> None:
    person = tmp_path / "person.txt"
    person.write_text("A. N. Example, synthetic\n")
    holders = [word for group in ("US=1/2", "MX=1/2", "board=1/2") for word in ("--holders", group)]
    shares = tmp_path / "handout"
    told = run("officers", "add", "o-1", "--party", "US", "--identity", str(person), *holders, "--shares", str(shares))
    files = sorted(shares.iterdir())
    assert [str(path) for path in files] == sorted(told.out.splitlines()[1:])
    assert len(files) == 6
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in files)
    by_group = {group: [path for path in files if f"-{group}-" in path.name] for group in ("US", "MX", "board")}
    few = run("officers", "open", "o-1", *map(str, (*by_group["US"], *by_group["MX"])), code=2)
    assert "GOV038" in few.err
    assert "board 0/1" in few.err
    enough = [str(paths[1]) for paths in by_group.values()]
    assert run("officers", "open", "o-1", *enough).out == "A. N. Example, synthetic\n"
    notes = [entry["body"] for entry in json.loads(run("log", "--format", "json").out)["entries"] if entry["kind"] == "note"]
    assert [note["about"] for note in notes] == ["identity-sealed", "identity-opened"]
    assert notes[1]["text"] == "o-1 MX/2 US/2 board/2"
    assert all("Example" not in path.read_text(errors="replace") for path in Path().rglob("*") if path.is_file())
    lacking = run("officers", "add", "o-2", "--party", "US", "--identity", str(person), *holders[:4], "--shares", str(shares), code=2)
    assert "GOV036" in lacking.err
    assert "o-2" not in run("officers", "list").out
    half = run("officers", "add", "o-2", "--party", "US", "--identity", str(person), code=2)
    assert "--shares" in half.err
    assert "US=2/3" in run("officers", "add", "o-2", "--party", "US", "--holders", "US", code=2).err


def test_may_says_yes_or_no_by_which_rule_and_what_would_change_it(run: Run) -> None:
    seated(run, "olga", "US", "bhlig", "US/officer/1")
    seated(run, "mike", "MX", "bhlig", "MX/officer/1")
    no = run("may", "olga", "review", "verdict:state=issued", code=1)
    assert no.out.splitlines()[0] == "no: olga may not"
    assert "deny-by-default" in no.out
    assert "if olga held the role reviewer" in no.out
    assert run("may", "olga", "share", "verdict:state=issued", "--recipient", "MX").out.startswith("yes: olga may")
    deciding = ("may", "olga", "decide", "verdict:state=reviewed,organ=bhlig")
    assert "if these assented: MX, US" in run(*deciding, code=1).out
    assert "if these assented: MX" in run(*deciding, "--assent", "olga", code=1).out
    assert run(*deciding, "--assent", "olga", "--assent", "mike").out.startswith("yes")
    found = json.loads(run("may", "mike", "see", "verdict:marking=restricted", "--format", "json", code=1).out)
    assert (found["allowed"], found["item"]["owner"], found["item"]["level"]) == (False, "US", 2)
    assert found["by"][0]["policy"] == "deny-by-default"
    assert [{"code": "gov.marked", "words": "if the item were marked shared"}] in found["would_change"]


def test_may_about_entries_of_the_ledger(run: Run) -> None:
    seated(run, "olga", "US", "bhlig", "US/officer/1")
    entries = json.loads(run("log", "--format", "json").out)["entries"]
    key = next(entry["commitment"] for entry in entries if entry["kind"] == "key-added")
    assert "key-own" in run("may", "olga", "key", key).out
    assert "EVD060" in run("may", "olga", "see", "f" * 64, code=2).err
    assert "GOV024" in run("may", "olga", "see", "verdict:colour=red", code=2).err
    assert "GOV030" in run("may", "olgo", "see", key, code=2).err


def test_a_list_as_an_officer_shows_what_that_officer_may_see(run: Run) -> None:
    seated(run, "olga", "US", "bhlig", "US/officer/1")
    run("officers", "add", "ben", "--party", "MX")
    whole = json.loads(run("officers", "list", "--format", "json").out)["officers"]
    assert json.loads(run("officers", "list", "--as", "olga", "--format", "json").out)["officers"] == whole
    assert json.loads(run("officers", "list", "--as", "ben", "--format", "json").out)["officers"] == [], (
        "without a seat one sees what is public"
    )
    assert json.loads(run("keys", "list", "--as", "ben", "--format", "json").out)["keys"] == []
    assert "GOV030" in run("keys", "list", "--as", "nobody", code=2).err
