"""The indicators there are: the built-in files and those of the project's own folder, each one checked before any is used."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

from veedor.indicators import dialect, errors, header
from veedor.indicators.binding import complaints
from veedor.kernel.language import N_
from veedor.kernel.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from veedor.indicators.series import Indicator
    from veedor.kernel.errors import Problem

SUFFIX = ".sql"
_LARGEST = 1 << 16


class _File(NamedTuple):
    name: str  # file name, shown before the line
    data: bytes


class _Read(NamedTuple):
    indicators: tuple[Indicator, ...]
    problems: tuple[Problem, ...]


def indicators(extra_folder: Path | None = None) -> Registry[Indicator]:
    """Every indicator by name: the built-in ones, and the `.sql` files of the project's own folder where there is one.

    Raises:
        IndicatorFilesError: at least one file cannot be used; all problems of all files are in it.
    """
    built_in = _built_in()
    own = _read(_own_files(extra_folder), taken=frozenset(one.name for one in built_in.indicators))
    problems = (*built_in.problems, *own.problems)
    if problems:
        where = str(extra_folder) if own.problems else "veedor.indicators.builtin"
        raise errors.IndicatorFilesError(where=where, problems=problems, count=len(problems))
    return Registry(N_("indicator"), {one.name: one for one in (*built_in.indicators, *own.indicators)})


@lru_cache(maxsize=1)
def _built_in() -> _Read:
    folder = resources.files("veedor.indicators").joinpath("builtin")
    files = sorted((one for one in folder.iterdir() if one.name.endswith(SUFFIX)), key=lambda one: one.name)
    return _read([_File(one.name, one.read_bytes()) for one in files], taken=frozenset())


def own_files(folder: Path | None) -> tuple[Path, ...]:
    """The indicator files of a project's own folder, by name; none where there is no such folder."""
    return tuple(path for path in sorted(folder.glob(f"*{SUFFIX}")) if path.is_file()) if folder is not None else ()


def _own_files(folder: Path | None) -> list[_File]:
    return [_File(path.name, path.read_bytes()) for path in own_files(folder)]


def _read(files: Iterable[_File], *, taken: frozenset[str]) -> _Read:
    found: list[tuple[_File, Indicator, int]] = []
    problems: list[Problem] = []
    for file in files:
        wrong, parsed = _parsed(file, taken)
        problems += [_at(file, one) for one in wrong]
        if not wrong and parsed is not None and parsed.indicator is not None:
            found.append((file, parsed.indicator, parsed.query_line))
    said = complaints(indicator.query for _, indicator, _ in found) if found else []
    for (file, _, line), why in zip(found, said, strict=True):
        if why:
            words = N_("the database does not accept the query: {why}")
            problems.append(_at(file, errors.problem(errors.QueryDoesNotBindError, line, words, why=why)))
    return _Read(tuple(indicator for _, indicator, _ in found), tuple(problems))


def _parsed(file: _File, taken: frozenset[str]) -> tuple[tuple[Problem, ...], header.Parsed | None]:
    try:
        text = file.data.decode("utf-8") if len(file.data) <= _LARGEST else ""
    except UnicodeDecodeError as error:
        return (_no_text(str(error)),), None
    if not text:
        return (_no_text(f"{len(file.data)} bytes"),), None
    parsed = header.parse(text)
    if parsed.indicator is None:
        return parsed.problems, None
    named = _name_problems(parsed.indicator.name, file.name.removesuffix(SUFFIX), taken)
    return (*named, *dialect.check(parsed.indicator.query, parsed.indicator.kinds, parsed.query_line)), parsed


def _no_text(why: str) -> Problem:
    return errors.problem(errors.NotTextError, 1, N_("the file cannot be read as UTF-8 text of at most 64 KiB: {why}"), why=why)


def _name_problems(name: str, stem: str, taken: frozenset[str]) -> tuple[Problem, ...]:
    if name != stem:
        words, repair = N_('the indicator "{name}" stands in a file named "{stem}.sql"'), N_("rename the file to {name}.sql")
        return (errors.problem(errors.HeaderValueError, 1, words, repair, name=name, stem=stem),)
    if name in taken:
        words, repair = N_('"{name}" is the name of a built-in indicator'), N_("give the indicator of the project a name of its own")
        return (errors.problem(errors.NameTakenError, 1, words, repair, name=name),)
    return ()


def _at(file: _File, problem: Problem) -> Problem:
    """The problem with its file before its line, since the list shows several files."""
    return replace(problem, cell=f"{file.name}:{problem.line}")
