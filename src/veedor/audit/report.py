"""An audit on paper: the class first, then every check with its number, in English and Spanish side by side, then what it comes to."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import zip_longest

from veedor.audit.findings import Check, Finding, Gap, Report, Saying, Status
from veedor.audit.words import WORDS
from veedor.kernel.language import LANGUAGES, Sentence
from veedor.kernel.text import clean

COLUMN = 56  # of each language
SHOWN = 10  # findings of each check on paper; the JSON form has all that were kept
_LANGUAGES = (0, 1)


def text(report: Report) -> str:
    """The whole report, in both languages."""
    return "".join(f"{line.rstrip()}\n" for line in _lines(report))


def plain(report: Report) -> dict[str, object]:
    """The report as plain data, for JSON."""
    return {
        "format_version": 1,
        "class": report.grade,
        "exercise": report.is_exercise,
        "exercise_label": {"en": WORDS["exercise"][0], "es": WORDS["exercise"][1]} if report.is_exercise else None,
        "subject": report.subject,
        "outcome": report.outcome,
        "checks": [
            {"code": c.saying.code, "status": c.status.value, **_said(c.saying), "findings": [_plain(one) for one in c.findings]}
            for c in report.checks
        ],
        "remarks": [{"code": remark.code, **_said(remark)} for remark in report.remarks],
        "exit_code": report.exit_code,
    }


def words(saying: Saying, language: int) -> str:
    """One sentence in English (0) or Spanish (1), its gaps filled with cleaned values."""
    return WORDS[saying.code][language].format(**{name: _shown(value, language) for name, value in saying.values})


def _lines(report: Report) -> Iterator[str]:
    grade = WORDS[f"class.{report.grade}"]
    yield from _beside(f"CLASS: {grade[0]}", f"CLASE: {grade[1]}")
    if report.is_exercise:
        yield from _beside(*WORDS["exercise"])
    if report.outcome:
        yield from _beside(*(f"{WORDS['verdict'][at]}: {clean(report.outcome)}" for at in _LANGUAGES))
    if report.subject:
        yield clean(report.subject)
    yield ""
    for number, check in enumerate(report.checks, 1):
        yield from _check(number, check)
    for remark in report.remarks:
        yield from _beside(*(f"{WORDS['remark'][at]}: {words(remark, at)}" for at in _LANGUAGES))
    yield ""
    counts = {status.value: report.count(status) for status in Status}
    yield from _beside(*(WORDS["result"][at].format(count=len(report.checks), **counts) for at in _LANGUAGES))


def _check(number: int, check: Check) -> Iterator[str]:
    yield from _beside(*(f"{number:2}. {WORDS[check.status.value][at]}: {words(check.saying, at)}" for at in _LANGUAGES))
    for one in check.findings[:SHOWN]:
        yield from _finding(one)
    if len(check.findings) > SHOWN:
        yield from _beside(*(f"      {WORDS['more'][at].format(count=len(check.findings) - SHOWN)}" for at in _LANGUAGES))


def _finding(one: Finding) -> Iterator[str]:
    if one.where:
        yield f"      {clean(one.where)}"
    yield from _beside(*(f"      {words(one.saying, at)}" for at in _LANGUAGES))
    for label, value in (("expected", one.expected), ("found", one.found)):
        if value:
            yield f"      {WORDS[label][0]} / {WORDS[label][1]}: {clean(value)}"


def _beside(english: str, spanish: str) -> Iterator[str]:
    """Two texts in two columns, each folded at its own width."""
    indent = " " * max(len(english) - len(english.lstrip()), 4)
    columns = [textwrap.wrap(words, COLUMN, subsequent_indent=indent) for words in (english, spanish)]
    for left, right in zip_longest(*columns, fillvalue=""):
        yield f"{left:<{COLUMN}}  {right}"


def _said(saying: Saying) -> dict[str, str]:
    return {"en": words(saying, 0), "es": words(saying, 1)}


def _plain(one: Finding) -> dict[str, str]:
    return {"where": one.where, "code": one.saying.code, **_said(one.saying), "expected": one.expected, "found": one.found}


def _shown(value: Gap, language: int) -> str:
    if isinstance(value, Sentence):
        return clean(value.render(LANGUAGES[language]))
    return clean(", ".join(value) if isinstance(value, tuple) else str(value))
