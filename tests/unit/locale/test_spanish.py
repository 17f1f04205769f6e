"""What a person reads in Spanish: whole verdicts, errors, help and wrong usage, with no English left in them."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from veedor.accord.field_errors import BETWEEN, NotAPercentageError
from veedor.cli.main import COMMANDS, main
from veedor.governance.errors import SignatureMalformedError
from veedor.kernel.errors import UnknownNameError
from veedor.kernel.known import Known, Unknown
from veedor.kernel.language import N_, Sentence, say, word
from veedor.kernel.quantity import Quantity, parse
from veedor.testing import build
from veedor.verdicts import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from veedor.verdicts.verdict import Judgement, Verdict

ENGLISH = re.compile(r"\b(?:the|of|is|are|was|at (?:least|most)|fall|rise|by|every|graded|from|to|not|with|per|year|month|files)\b")
RATE = build.indicator("homicide_rate", unit="per 100000 people per year", scale=100000, annual=True)
YEARLY = build.indicator("yearly", unit="deaths", rhythm="year")
TESTS = (
    ("level", "result", "{each: [MX]}", "{level: homicide_rate, at_most: 190 per 100000 people per year, by: month 24}"),
    ("floor", "result", "{each: [MX]}", "{level: homicide_rate, at_least: 900 per 100000 people per year, by: month 24}"),
    ("unit", "result", "{each: [MX]}", "{level: homicide_rate, at_least: 900 lb, by: month 24}"),
    ("yearly", "result", "{each: [MX]}", "{level: yearly, at_most: 9 deaths, by: month 24}"),
    ("fall", "result", "{each: [MX]}", "{change: homicide_rate, fall: 10 %, by: month 24}"),
    ("rise", "result", "{each: [MX]}", "{change: homicide_rate, rise: 10 %, by: month 90}"),
    ("share", "result", "{each: [MX]}", "{share: part, at_most: 25 %, by: month 24}"),
    ("milestone", "conduct", "{joint: [US, MX]}", "{milestone: office-opened, by: month 6}"),
    ("month", "conduct", "{joint: [US, MX]}", "{cadence: group-meeting, every: month, grace: 5 days}"),
    ("quarter", "conduct", "{joint: [US, MX]}", "{cadence: group-meeting, every: quarter, grace: 5 days}"),
    ("half-year", "conduct", "{joint: [US, MX]}", "{cadence: group-meeting, every: half-year}"),
    ("year", "conduct", "{joint: [US, MX]}", "{cadence: group-meeting, every: year}"),
    ("absence", "conduct", "{each: [US]}", "{absence: raid-without-consent}"),
    ("coded", "conduct", "{each: [MX]}", "{coded: intermediate, coders: 2, by: month 6}"),
    ("untested", "conduct", "{each: [MX]}", ""),
)
COMMITMENTS = "".join(
    build.commitment(test, kind=kind, owed_by=owed).replace("  it:", f"  {name}:", 1) for name, kind, owed, test in TESTS
)  # fmt: skip


@pytest.fixture(scope="module")
def judgement() -> Judgement:
    """Seventy-two made-up months through every kind of test."""
    series = {
        "homicide_rate": build.series([float(200 + (i * 37) % 41 - i) for i in range(72)], date(2016, 1, 1), RATE, base=1_250_000.0),
        "yearly": build.series([20.0, 21.0, 22.0, 19.0, 20.0, 21.0], date(2016, 1, 1), YEARLY),
        "part": build.series(
            [float(40 + i % 7) for i in range(72)],
            date(2016, 1, 1),
            build.indicator("part", model="share", unit="%", scale=100),
            base=200.0,
        ),
    }
    acts = [build.act(who, "opened", "office-opened", date(2020, 5, 4)) for who in ("US", "MX")]
    acts += [build.act("US", "met", "group-meeting", date(2020 + q // 4, 3 * (q % 4) + 2, 9)) for q in range(8)]
    codings = [build.coding(f"coder-{i}", 1 + i, date(2020, 7, 1), name="coded", controller=f"institute-{i}") for i in range(2)]
    return build.judged(build.accord(COMMITMENTS), series, as_of=date(2022, 3, 1), acts=acts, codings=codings)


def _sentences(verdict: Verdict) -> Iterator[Sentence]:
    yield verdict.bound
    yield from (*verdict.reasons, *verdict.left_out, *verdict.would_change, *(flag.sentence for flag in verdict.flags))
    for found in (
        verdict.did,
        verdict.worked,
        verdict.seen,
        verdict.estimate,
        verdict.probability,
        *(part for _, part in verdict.contributions),
    ):
        if isinstance(found, Unknown):
            yield found.reason
        elif isinstance(found, Known) and isinstance(found.value, Sentence):
            yield found.value


def _bare(words: str) -> str:
    """The words without the names of commitments, acts and indicators, which are the same in every language."""
    return re.sub(r"\S*[a-z]+[-_][a-z-]+\S*|veedor \w+|\b(?:part|yearly)\b", "", words)


def test_a_verdict_has_no_english_in_it(judgement: Judgement) -> None:
    left = {
        f"{verdict.commitment}: {words}"
        for verdict in judgement.verdicts
        for sentence in _sentences(verdict)
        if ENGLISH.search(_bare(words := sentence.render("es")))
    }
    assert left == set()


def test_the_check_for_english_finds_some(judgement: Judgement) -> None:
    found = [ENGLISH.search(_bare(sentence.render("en"))) for verdict in judgement.verdicts for sentence in _sentences(verdict)]
    assert sum(match is not None for match in found) > len(found) / 2


def test_what_the_accord_asks_for_reads_in_both_languages(judgement: Judgement) -> None:
    def asked(name: str) -> tuple[str, str]:
        bound = judgement.verdict(name).bound
        return bound.render("en"), bound.render("es")

    rate = "190 per 100000 people per year", "190 por cada 100 000 habitantes al año"
    assert asked("level") == (f"at most {rate[0]}", f"como máximo {rate[1]}")
    assert asked("fall") == ("a fall of at least 10 %", "una baja de al menos 10 %")
    assert asked("milestone") == ("office-opened by 2020-06-30", "office-opened a más tardar el 2020-06-30")
    assert asked("half-year") == ("group-meeting: 1 every half-year", "group-meeting: 1 cada semestre")
    assert asked("untested") == ("nothing that can be tested", "nada que pueda probarse")


def test_rows_carry_the_words_of_the_language(judgement: Judgement) -> None:
    row = rows.flat(judgement, judgement.verdict("level"), "es")
    assert row["bound"].startswith("como máximo 190")
    assert row["exercise"] == "ejercicio: ninguna parte ha firmado esto"
    assert row["unit"] == "per 100000 people per year"  # a column for programs: the one spelling that compares
    assert "por cada 100 000 habitantes al año" in rows.number(judgement.verdict("level"), "es")


def test_the_language_never_changes_a_digest(judgement: Judgement) -> None:
    verdict = judgement.verdict("unit")
    before = rows.verdict_digest(verdict)
    assert verdict.reasons[0].render("es") != verdict.reasons[0].render("en")
    assert rows.verdict_digest(verdict) == before
    assert word(N_("deaths")) == word(N_("deaths"))


def test_units_are_said_in_the_language() -> None:
    assert say(parse("18 per 100,000 people per year"), "es") == "18 por cada 100 000 habitantes al año"
    assert say(Quantity(parse("3 files").value, "files"), "es") == "3 carpetas"
    assert say(parse("3 nothing-known"), "es") == "3 nothing-known"


def test_values_of_an_error_are_said_in_the_language() -> None:
    unknown = UnknownNameError(kind=N_("indicator"), name="homicde_rate", known=("homicide_rate",))
    assert unknown.render("what", "es") == 'no existe indicador con el nombre "homicde_rate" ("homicide_rate"?)'
    share = NotAPercentageError(key="fall", value="3", limit=BETWEEN(low=0, high=100))
    assert share.render("what", "es") == '"fall" necesita un porcentaje entre 0 y 100 %; "3" no lo es'
    signature = SignatureMalformedError(party="MX", part=word(N_("the signature")), length=64)
    assert signature.render("what", "es") == "la firma de MX no tiene 64 bytes en base64"
    assert signature.render("what", "en") == "the signature of MX is not 64 bytes in base64"


@pytest.fixture
def spoken(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[object]:
    """The command line, called in this process; the environment is put back."""
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.setenv("COLUMNS", "100")

    def call(*argv: str) -> tuple[int, str, str]:
        code = main(list(argv))
        caught = capsys.readouterr()
        return code, caught.out, caught.err

    return call


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_is_spanish(spoken, name: str) -> None:
    code, out, _ = spoken("--lang", "es", *filter(None, [name]), "--help")
    assert code == 0
    assert out.startswith("Uso: veedor")
    assert "Opciones:" in out
    assert "Muestra este mensaje y termina." in out
    assert ENGLISH.findall(re.sub(r"(?s)\$ .*?\n\n|--[a-z-]+", "", out)) == []


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["frob"], "No existe el comando 'frob'."),
        (["judge", "--frob"], "No existe la opción '--frob'."),
        (["judge", "--as-of", "03/04/2029"], '"03/04/2029" no es una fecha; escríbala como 2026-02-01'),
        (["judge", "--format", "pdf"], "'pdf' no es ninguno de 'text', 'json', 'csv', 'md'."),
        (["add"], "Falta el argumento"),
        (["explain"], "Falta el argumento"),
        (["diff", "a", "b", "c", "d"], "Sobra un argumento (d)"),
        (["judge", "--at"], "La opción '--at' necesita un valor."),
    ],
)
def test_wrong_usage_is_said_in_spanish(spoken, argv: list[str], words: str) -> None:
    code, _, err = spoken("--lang", "es", *argv)
    assert code == 2
    assert words in " ".join(err.split())
    assert "No se leyó ni se escribió nada." in err


def test_a_call_in_english_follows_one_in_spanish(spoken) -> None:
    spoken("--lang", "es", "frob")
    assert "No such command 'frob'." in spoken("--lang", "en", "frob")[2]
