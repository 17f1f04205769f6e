"""Documentation is a test subject: what it says about the program is compared with the program."""

from __future__ import annotations

import re
import runpy
import tomllib
from datetime import date
from pathlib import Path

import pytest

from veedor.kernel.ids import is_name
from veedor.kernel.language import translate

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
CHANGES = ("security", "removed", "deprecated", "added", "changed", "fixed")
LONGEST_FRAGMENT = 25  # words


def _rows(heading: str) -> list[list[str]]:
    """The cells of the glossary's table under a heading."""
    text = (DOCS / "glossary.md").read_text(encoding="utf-8")
    section = text.partition(f"# {heading}\n")[2].split("\n#")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_every_error_is_documented() -> None:
    page = runpy.run_path(str(DOCS / "errors.py"))["page"]()
    assert (DOCS / "errors.md").read_text(encoding="utf-8") == page, "run: just errors"


def test_the_glossary_has_one_line_a_concept() -> None:
    terms = [row[0] for row in _rows("Glossary")]
    assert len(terms) > 30
    assert terms == sorted(set(terms))
    assert [row for row in _rows("Glossary") if not all(row[:3])] == [], "English, Spanish and meaning are all needed"


def test_the_glossary_names_every_verdict() -> None:
    from veedor.verdicts.verdict import Outcome

    assert [row[0] for row in _rows("Verdicts")] == [outcome.value for outcome in Outcome]
    assert [row[1] for row in _rows("Verdicts")] == [translate(outcome.value, "es") for outcome in Outcome]


def test_security_says_which_version_was_reviewed_and_when() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    fields = dict(re.findall(r"^(Version|Reviewed): (\S+)$", text, flags=re.MULTILINE))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert fields.keys() == {"Version", "Reviewed"}
    assert fields["Version"] == project["version"], "a new version has its threats reviewed first"
    assert date.fromisoformat(fields["Reviewed"]) >= date(2026, 11, 25)


def _decisions() -> list[Path]:
    return sorted(path for path in (DOCS / "decisions").glob("*.md") if path.name != "README.md")


def test_decisions_are_numbered_without_gaps() -> None:
    assert [path.name[:4] for path in _decisions()] == [f"{number:04d}" for number in range(1, len(_decisions()) + 1)]
    assert [path.name for path in _decisions() if not is_name(f"n{path.stem}")] == []


@pytest.mark.parametrize("path", _decisions(), ids=lambda path: path.stem)
def test_a_decision_has_its_parts(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.match(rf"# {path.name[:4]}\. \S.*\n\nDate: \d{{4}}-\d\d-\d\d\nStatus: (in force|replaced by \d{{4}})\n", text)
    assert re.findall(r"^## (.*)$", text, flags=re.MULTILINE) == ["Why a decision was needed", "Decision", "What follows"]


def _fragments() -> list[Path]:
    return sorted(path for path in (ROOT / "changes").glob("*.md") if path.name != "README.md")


def test_fragments_are_one_short_sentence() -> None:
    """A release gathers them, so there may be none; each that is there is well named and short."""
    for path in _fragments():
        assert re.fullmatch(rf"(\d+|\+[a-z0-9-]+)\.({'|'.join(CHANGES)})\.md", path.name), path.name
        text = path.read_text(encoding="utf-8").strip()
        assert len(text.split()) <= LONGEST_FRAGMENT, path.name
        assert text.endswith("."), path.name


def test_towncrier_knows_the_same_types() -> None:
    types = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["towncrier"]["type"]
    assert tuple(kind["directory"] for kind in types) == CHANGES


def _pages() -> list[Path]:
    return [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md"))]


@pytest.mark.parametrize("path", _pages(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_between_pages_lead_somewhere(path: Path) -> None:
    linked = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", path.read_text(encoding="utf-8"))
    assert [target for target in linked if not (path.parent / target).exists()] == []


@pytest.mark.parametrize("path", _pages(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_recipes_that_are_named_exist(path: Path) -> None:
    recipes = set(re.findall(r"^([a-z]+)(?: \*\w+)?:", (ROOT / "justfile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    named = set(re.findall(r"`just ([a-z]+)", path.read_text(encoding="utf-8")))
    assert named - recipes == set()


IN_CODE = re.compile(r"(?:`|\$ |uv run )veedor ([a-z]+)")
IN_NEXT = re.compile(r"(?:^|: |`)veedor ([a-z]+)")  # the next step is a command, or ends in one


def _exist() -> set[str]:
    from veedor.cli.main import COMMANDS

    return set(COMMANDS)


def test_commands_that_messages_name_exist() -> None:
    runpy.run_path(str(DOCS / "errors.py"))["page"]()  # imports every module
    from veedor.kernel.errors import CODES
    from veedor.kernel.language import templates

    ours = {code: cls for code, cls in CODES.items() if cls.__module__.startswith("veedor.")}
    named = {f"{code}.next": IN_NEXT.findall(cls.next) for code, cls in ours.items()}
    named |= {f"{code}.{part}": IN_CODE.findall(getattr(cls, part)) for code, cls in ours.items() for part in ("effect", "more")}
    named |= {code: IN_CODE.findall(words) for code, words in templates().items()}
    assert {where: found for where, found in named.items() if not set(found) <= _exist()} == {}


@pytest.mark.parametrize("path", _pages(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_commands_that_pages_name_exist(path: Path) -> None:
    assert set(IN_CODE.findall(path.read_text(encoding="utf-8"))) - _exist() == set()
