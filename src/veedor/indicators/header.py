"""An indicator file read: comment lines `-- key: value` that say what it measures, then the query."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, NamedTuple, get_args

from veedor.indicators import errors
from veedor.indicators.errors import problem
from veedor.indicators.series import Direction, Indicator, Model, Rhythm
from veedor.kernel import quantity
from veedor.kernel.canonical import digest
from veedor.kernel.errors import Problem, nearest
from veedor.kernel.ids import is_indicator_name, is_name
from veedor.kernel.language import N_, Text
from veedor.records.kinds import KINDS
from veedor.records.places import catalogue

if TYPE_CHECKING:
    from collections.abc import Callable

_KEY = re.compile(r"^-- ?(?P<key>[a-z][a-z.-]*):(?: (?P<value>.*))?$")
_MORE = re.compile(r"^--  +(?P<value>\S.*)$")
_TEXTS = ("title", "measures", "denominator", "assumes", "not-for", "needs")
_LANGUAGES = ("en", "es")
OPTIONAL = ("ambiguous.en", "ambiguous.es")
KEYS = (
    "indicator", *(f"{text}.{lang}" for text in _TEXTS[:2] for lang in _LANGUAGES), "unit",
    *(f"denominator.{lang}" for lang in _LANGUAGES), "sources", "kinds", "period", "model", "place", "direction", *OPTIONAL,
    *(f"{text}.{lang}" for text in _TEXTS[3:] for lang in _LANGUAGES), "scale", "annual",
)  # fmt: skip
"""Every key of a header, in the order in which the built-in files give them."""
_MAY_BE_EMPTY = ("sources",)  # nobody publishes it: a user's own sheet answers


class Entry(NamedTuple):
    """A value of the header and the line it begins on."""

    value: str
    line: int


class Header(NamedTuple):
    """The header as written, the query below it, and the line the query begins on."""

    entries: dict[str, Entry]
    query: str
    query_line: int
    problems: tuple[Problem, ...]


def split(text: str) -> Header:
    """Header and query of a file apart; whatever line of the header cannot be read is a problem, and reading goes on."""
    lines = text.replace("\r\n", "\n").split("\n")
    end = next((i for i, line in enumerate(lines) if line.strip() and not line.startswith("--")), len(lines))
    entries: dict[str, Entry] = {}
    problems: list[Problem] = []
    key = ""
    for number, line in enumerate(lines[:end], 1):
        if not line.strip() or line.rstrip() == "--":
            key = ""
        elif (more := _MORE.match(line)) is not None and key:
            entries[key] = Entry(f"{entries[key].value} {more['value'].strip()}".strip(), entries[key].line)
        elif (found := _KEY.match(line)) is None:
            problems.append(_no_key(number, line))
        else:
            key = found["key"]
            problems += _key_problems(key, number, entries)
            entries.setdefault(key, Entry((found["value"] or "").strip(), number))
    query = normalised("\n".join(lines[end:]))
    if not query:
        problems.append(problem(errors.NoQueryError, max(end, 1), N_("there is no query below the header")))
    return Header(entries, query, end + 1, tuple(problems))


def normalised(query: str) -> str:
    """The query without trailing blanks and without empty lines at its end: what the digest is made of."""
    return "\n".join(line.rstrip() for line in query.split("\n")).rstrip()


def _no_key(number: int, line: str) -> Problem:
    words = N_('"{written}" is neither a key with its value nor the continuation of one')
    return problem(errors.HeaderLineError, number, words, N_('write "-- key: value"'), written=line)


def _key_problems(key: str, number: int, entries: dict[str, Entry]) -> list[Problem]:
    if key not in KEYS:
        words = N_('"{key}" is not a key of an indicator')
        close = nearest(key, KEYS)
        repair = N_('write "{nearest}"') if close else N_("the keys are {keys}")
        return [problem(errors.HeaderKeyUnknownError, number, words, repair, key=key, nearest=close, keys=", ".join(KEYS))]
    if key in entries:
        words = N_('"{key}" stands here and on line {first}')
        return [problem(errors.HeaderKeyTwiceError, number, words, key=key, first=str(entries[key].line))]
    return []


class Parsed(NamedTuple):
    """An indicator, or the problems that keep it from being one; and the line its query begins on."""

    indicator: Indicator | None
    problems: tuple[Problem, ...]
    query_line: int


def parse(text: str) -> Parsed:
    """The indicator that a file describes, its query not yet checked; every problem of the header at once."""
    header = split(text)
    missing = [
        problem(errors.HeaderKeyMissingError, 1, N_('the key "{key}" is absent or empty'), N_('add "-- {key}: …"'), key=key)
        for key in KEYS
        if key not in (*OPTIONAL, *_MAY_BE_EMPTY) and not _value(header, key)
    ]
    if "sources" not in header.entries:
        words = N_('the key "{key}" is absent')
        repair = N_('add "-- {key}:" and leave it empty where nobody publishes it')
        missing.append(problem(errors.HeaderKeyMissingError, 1, words, repair, key="sources"))
    wrong = [found for key, check in _CHECKS.items() if _value(header, key) for found in _wrong(header, key, check)]
    if bool(_value(header, OPTIONAL[0])) != bool(_value(header, OPTIONAL[1])):
        words = N_('"ambiguous" is given in one language only')
        wrong.append(problem(errors.HeaderKeyMissingError, 1, words, N_("give ambiguous.en and ambiguous.es, or neither")))
    problems = (*header.problems, *missing, *wrong)
    made = None if problems else _made(header)
    return Parsed(made, tuple(sorted(problems, key=lambda found: found.line)), header.query_line)


def _value(header: Header, key: str) -> str:
    return header.entries[key].value if key in header.entries else ""


def _list(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",")) if value else ()


def _decimal(value: str) -> Decimal | None:
    try:
        found = Decimal(value)
    except InvalidOperation:
        return None
    return found if found.is_finite() and found > 0 else None


_CHECKS: dict[str, tuple[Callable[[str], bool], str]] = {
    "indicator": (is_indicator_name, N_("lower-case words joined by underscores are expected, such as homicide_rate")),
    "unit": (lambda value: quantity.unit(value) == value, N_("units have one spelling, such as %, lb, USD, per 100000 people per year")),
    "sources": (lambda value: all(map(is_name, _list(value))), N_("names of sources joined by commas are expected, such as sesnsp-idefc")),
    "kinds": (lambda value: all(kind in KINDS for kind in _list(value)), N_("the record kinds are {known}")),
    "period": (lambda value: value in get_args(Rhythm), N_("one of {known} is expected")),
    "model": (lambda value: value in get_args(Model), N_("one of {known} is expected")),
    "place": (lambda value: value in catalogue(), N_("the code of a country or a state is expected, such as MX or US48")),
    "direction": (lambda value: value in get_args(Direction), N_("one of {known} is expected")),
    "scale": (lambda value: _decimal(value) is not None, N_("a number above zero is expected, such as 100000")),
    "annual": (lambda value: value in {"yes", "no"}, N_("yes or no is expected")),
}
_KNOWN = {"kinds": tuple(KINDS), "period": get_args(Rhythm), "model": get_args(Model), "direction": get_args(Direction)}


def _wrong(header: Header, key: str, check: tuple[Callable[[str], bool], str]) -> list[Problem]:
    is_right, repair = check
    entry = header.entries[key]
    if is_right(entry.value):
        return []
    known = ", ".join(_KNOWN.get(key, ()))
    return [
        problem(errors.HeaderValueError, entry.line, N_('"{key}" cannot be "{value}"'), repair, key=key, value=entry.value, known=known)
    ]


def _made(header: Header) -> Indicator:
    def text(key: str) -> Text:
        return Text(en=_value(header, f"{key}.en"), es=_value(header, f"{key}.es"))

    written = {key: _value(header, key) for key in KEYS}
    return Indicator(
        name=written["indicator"],
        title=text("title"),
        measures=text("measures"),
        unit=written["unit"],
        denominator=text("denominator"),
        sources=_list(written["sources"]),
        kinds=_list(written["kinds"]),
        rhythm=written["period"],  # type: ignore[arg-type]  # checked against the same literals above
        model=written["model"],  # type: ignore[arg-type]  # the same
        place=written["place"],
        direction=written["direction"],  # type: ignore[arg-type]  # the same
        ambiguous=text("ambiguous"),
        assumes=text("assumes"),
        not_for=text("not-for"),
        needs=text("needs"),
        scale=Decimal(written["scale"]),
        annual=written["annual"] == "yes",
        query=header.query,
        digest=digest("indicator/1", {"header": written, "query": header.query}),
    )
