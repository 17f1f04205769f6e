"""The accords that are shipped: complete in both languages, fair to both states, honest about what their sources do not say."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from importlib import resources
from pathlib import Path

import pytest
from pydantic import BaseModel

from veedor.accord.library import library, open_library
from veedor.accord.model import THEMES, Accord, Commitment, Words, readings_of
from veedor.accord.tests import AbsenceTest, AnyTest, ChangeTest, LevelTest, MilestoneTest, Moment, ShareTest
from veedor.kernel.ids import is_indicator_name
from veedor.kernel.months import add_months

NAMES = ("bicentennial-2021", "merida-conditions", "partnership-asks", "sig-2025", "ssa", "tact")
HYPOTHETICAL = ("partnership-asks", "ssa", "tact")
STATISTICS = (LevelTest, ChangeTest, ShareTest)
EXERCISE = date(2019, 1, 1)
SHORTEST = 36  # months of a series before anyone can say how much it moves by itself
HELD = {
    # What the publishers' files beside the project cover, first day and day after the last: facts about those files.
    "homicide_files": (date(2015, 1, 1), date(2024, 2, 1)),
    "homicide_rate": (date(2015, 1, 1), date(2024, 2, 1)),
    "firearm_homicide_share": (date(2015, 1, 1), date(2024, 2, 1)),
    "other_life_crimes_share": (date(2015, 1, 1), date(2024, 2, 1)),
    "culpable_homicide_files": (date(2015, 1, 1), date(2024, 2, 1)),
    "femicide_files": (date(2015, 1, 1), date(2024, 2, 1)),
    "kidnapping_files": (date(2015, 1, 1), date(2024, 2, 1)),
    "extortion_files": (date(2015, 1, 1), date(2024, 2, 1)),
    "trafficking_person_files": (date(2015, 1, 1), date(2024, 2, 1)),
    "drug_dealing_files": (date(2015, 1, 1), date(2024, 2, 1)),
    "missing_persons": (date(2015, 1, 1), date(2026, 1, 1)),
    "located_alive": (date(2015, 1, 1), date(2026, 1, 1)),
    "fentanyl_seized": (date(2018, 10, 1), date(2026, 1, 1)),
    "meth_seized": (date(2018, 10, 1), date(2026, 1, 1)),
    "cocaine_seized": (date(2018, 10, 1), date(2026, 1, 1)),
    "heroin_seized": (date(2018, 10, 1), date(2026, 1, 1)),
    "fentanyl_seizure_events": (date(2018, 10, 1), date(2026, 1, 1)),
    "southwest_encounters": (date(2019, 10, 1), date(2023, 10, 1)),
    "rule_of_law": (date(1996, 1, 1), date(2020, 1, 1)),
}


def accord(name: str) -> Accord:
    return open_library(name).accord


def words_in(thing: object) -> Iterator[Words]:
    """Every text of an accord that a person reads in their own language."""
    if isinstance(thing, Words):
        yield thing
    elif isinstance(thing, BaseModel):
        for field in type(thing).model_fields:
            yield from words_in(getattr(thing, field))
    elif isinstance(thing, dict):
        for value in thing.values():
            yield from words_in(value)
    elif isinstance(thing, tuple):
        for value in thing:
            yield from words_in(value)


def judged_by(commitment: Commitment) -> list[AnyTest]:
    return [test for _name, _says, test in readings_of(commitment) if test is not None]


def indicator_of(test: AnyTest) -> str:
    match test:
        case LevelTest():
            return test.level
        case ChangeTest():
            return test.change
        case ShareTest():
            return test.share
        case AbsenceTest() if "_" in test.absence and is_indicator_name(test.absence):
            return test.absence
        case _:
            return ""


def owed(found: Accord, party: str) -> list[str]:
    return [name for name, c in found.commitments.items() if party in (*c.owed_by.each, *c.owed_by.joint)]


def test_the_library_is_what_it_says() -> None:
    assert tuple(library()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_file_names_itself_and_begins_with_two_lines_of_comment(name: str) -> None:
    lines = resources.files("veedor.accord").joinpath("library", f"{name}.yaml").read_text(encoding="utf-8").splitlines()
    assert [line.startswith("# ") for line in lines[:3]] == [True, True, False]
    assert accord(name).accord == name


@pytest.mark.parametrize("name", NAMES)
def test_everything_is_said_in_english_and_spanish(name: str) -> None:
    texts = list(words_in(accord(name)))
    assert len(texts) > 10
    assert [text.en for text in texts if not text.es] == []
    assert [text.en for text in texts if text.en == text.es] == [], "a Spanish text that is the English one is not a translation"


@pytest.mark.parametrize("name", NAMES)
def test_its_themes_and_sections_are_known(name: str) -> None:
    found = accord(name)
    assert {c.theme for c in found.commitments.values()} <= set(THEMES)
    assert {c.cites.document for c in found.commitments.values()} <= set(found.documents)


@pytest.mark.parametrize("name", NAMES)
def test_every_indicator_exists_and_is_asked_in_its_own_unit(name: str) -> None:
    from veedor.indicators.registry import indicators

    known = indicators()
    tests = [(label, test) for label, c in accord(name).commitments.items() for test in judged_by(c) if indicator_of(test)]
    assert [(label, indicator_of(test)) for label, test in tests if indicator_of(test) not in known] == []
    bounded = [(label, test) for label, test in tests if isinstance(test, (LevelTest, ShareTest))]
    assert [(label, str(test.bound)) for label, test in bounded if test.bound.unit != known[indicator_of(test)].unit] == []


def test_nobody_is_bound_by_what_nobody_signed() -> None:
    statuses = {name: accord(name).status for name in NAMES}
    assert statuses == {
        "bicentennial-2021": "draft", "merida-conditions": "ended", "partnership-asks": "hypothetical",
        "sig-2025": "draft", "ssa": "hypothetical", "tact": "hypothetical",
    }  # fmt: skip
    assert all(not accord(name).adoption for name in NAMES)


@pytest.mark.parametrize("name", HYPOTHETICAL)
def test_the_worked_examples_are_complete(name: str) -> None:
    for label, commitment in accord(name).commitments.items():
        if commitment.unlawful is not None:
            continue
        assert len(judged_by(commitment)) == len(readings_of(commitment)), label
        assert commitment.if_broken, label
        wanted = 2 if commitment.kind == "conduct" else 1
        assert commitment.needs.independent_sources >= wanted, label


@pytest.mark.parametrize("name", HYPOTHETICAL)
def test_no_window_reaches_back_before_its_duty(name: str) -> None:
    found = accord(name)
    for label, commitment in found.commitments.items():
        begins = found.duty_period(label).starts
        for test in judged_by(commitment):
            if isinstance(test, STATISTICS) and test.by is not None:
                assert add_months(test.by.on(found.starts), -test.over) >= begins, label


@pytest.mark.parametrize("name", ["ssa", "tact"])
def test_every_result_has_conduct_that_serves_it(name: str) -> None:
    commitments = accord(name).commitments
    served = {other for c in commitments.values() if c.kind == "conduct" for other in c.serves}
    assert [label for label, c in commitments.items() if c.kind == "result" and label not in served] == []
    assert [other for other in served if commitments[other].kind != "result"] == []


# ssa


def test_ssa_binds_both_states_over_all_its_phases() -> None:
    ssa = accord("ssa")
    assert len(ssa.commitments) >= 45
    assert min(len(owed(ssa, "US")), len(owed(ssa, "MX"))) >= 15
    alone = Counter(c.owed_by.each[0] for c in ssa.commitments.values() if len(c.owed_by.each) == 1)
    assert alone["US"] >= 15
    assert alone["MX"] >= 15
    assert {c.phase for c in ssa.commitments.values()} == set(ssa.phases)
    assert [phase.months for phase in ssa.phases.values()] == ["1-6", "7-18", "19-36", "37-"]
    for party in ("US", "MX"):
        kinds = {ssa.commitments[label].kind for label in owed(ssa, party)}
        assert kinds == {"conduct", "result"}


def test_ssa_uses_every_kind_of_test_and_doubtful_readings() -> None:
    ssa = accord("ssa")
    kinds = {type(test).kind for c in ssa.commitments.values() for test in judged_by(c)}
    assert kinds == {"level", "change", "share", "milestone", "cadence", "absence", "coded"}
    assert {"fentanyl-flows", "tunnels"} <= {label for label, c in ssa.commitments.items() if len(c.readings) > 1}
    assert any(c.depends_on for c in ssa.commitments.values())
    assert any(c.access for c in ssa.commitments.values())


def test_ssa_deadlines_move_with_the_start_but_for_one_that_has_a_relative_twin() -> None:
    ssa = accord("ssa")
    fixed = [
        label
        for label, c in ssa.commitments.items()
        for test in judged_by(c)
        if isinstance(getattr(test, "by", None), Moment) and test.by.day is not None  # type: ignore[union-attr]  # guarded by getattr
    ]
    assert fixed == ["homicide-rate"]
    twin = ssa.commitments["homicide-lasting"].test
    assert isinstance(twin, LevelTest)
    assert twin.level == "homicide_rate"
    assert twin.by == Moment(month=60)


def is_held(commitment: Commitment) -> bool:
    """Whether one reading can be decided from the files beside the project when the accord starts on `EXERCISE`."""
    for test in judged_by(commitment):
        held = HELD.get(indicator_of(test))
        if held is None or not isinstance(test, STATISTICS) or test.by is None or test.by.day is not None:
            continue
        last = test.by.on(EXERCISE)
        first = test.against.on(EXERCISE).starts if isinstance(test, ChangeTest) else add_months(last, -test.over)
        if held[0] <= first and EXERCISE < last <= held[1] and add_months(held[0], SHORTEST) <= last:
            return True
    return False


def test_ssa_as_an_exercise_from_2019_meets_real_figures() -> None:
    results = {label: c for label, c in accord("ssa").commitments.items() if c.kind == "result"}
    within = [label for label, c in results.items() if c.needs.independent_sources == 1 and is_held(c)]
    assert len(within) >= 18, within


# tact


def test_tact_is_large_and_owed_by_all_three() -> None:
    tact = accord("tact")
    assert len(tact.commitments) >= 35
    assert all(owed(tact, party) for party in tact.parties)


def test_an_armed_group_has_a_channel_and_nothing_else() -> None:
    tact = accord("tact")
    groups = {name for name, party in tact.parties.items() if party.kind == "armed-group"}
    assert groups == {"cartels"}
    assert all(tact.parties[group].channel and not tact.parties[group].controls for group in groups)
    assert [key for key, organ in tact.organs.items() if groups & set(organ.seats)] == []
    for label, commitment in tact.commitments.items():
        assert not groups & set(commitment.owner), label
        assert not groups & {party for reading in commitment.readings for party in reading.held_by}, label
        assert commitment.access is None or commitment.access.by not in groups, label
        if groups & {*commitment.owed_by.each, *commitment.owed_by.joint} and commitment.unlawful is None:
            assert commitment.duty == "must-not", label
            assert commitment.needs.independent_sources >= 2, f"{label}: one source alone must not attribute an act"
            assert not commitment.owed_by.joint, f"{label}: a group answers for itself"
    assert {"representation-of-groups", "attribution", "self-policing"} <= set(tact.terms)


def test_unlawful_terms_are_recorded_without_a_test() -> None:
    tact = accord("tact")
    unlawful = {label: c for label, c in tact.commitments.items() if c.unlawful is not None}
    assert {"tolerated-routes", "non-interference", "immunity", "payments", "group-liaison"} <= set(unlawful)
    assert [label for label, c in unlawful.items() if judged_by(c) or c.if_broken or c.depends_on or c.serves] == []
    hanging = [label for label, c in tact.commitments.items() if set(unlawful) & {*c.depends_on, *c.serves}]
    assert hanging == [], "no lawful duty hangs on an unlawful one"


# the real ones


def test_sig_2025_adds_no_number_and_no_date() -> None:
    sig = accord("sig-2025")
    said = " ".join(text for c in sig.commitments.values() for text in (c.says.en, c.says.es))
    assert set(re.findall(r"\d+", said)) == {"32", "2026"}
    tested = {label: c.test for label, c in sig.commitments.items() if judged_by(c)}
    assert tested == {"ministerial": MilestoneTest(milestone="ministerial", by=Moment(day=date(2026, 2, 28)))}
    assert not sig.phases
    assert not sig.ladder
    assert all(not organ.seats and organ.meets is None for organ in sig.organs.values())


def test_bicentennial_tests_rest_on_dates_in_its_own_words() -> None:
    framework = accord("bicentennial-2021")
    assert all(c.quotes for c in framework.commitments.values())
    assert [label for label, c in framework.commitments.items() for test in judged_by(c) if isinstance(test, STATISTICS)] == []
    tested = [label for label, c in framework.commitments.items() if judged_by(c)]
    assert len(tested) < len(framework.commitments) / 2, "most of its lines give nobody a way to check them"


def test_merida_has_its_four_conditions_and_says_that_its_grades_are_ours() -> None:
    merida = accord("merida-conditions")
    conditions = {label: c for label, c in merida.commitments.items() if c.kind == "condition"}
    assert [c.cites.section[-3:] for c in conditions.values()] == ["(A)", "(B)", "(C)", "(D)"]
    assert all(c.owed_by.each == ("MX",) and c.post_hoc is not None for c in conditions.values())
    assert [label for label, c in merida.commitments.items() if c.owed_by.each == ("US",)] == ["share-withheld"]


def test_the_five_asks_fall_on_both_states() -> None:
    asks = accord("partnership-asks")
    demands = Counter(c.cites.section[-1] for c in asks.commitments.values())
    assert sorted(demands) == ["1", "2", "3", "4", "5"]
    for demand in demands:
        debtors = {p for c in asks.commitments.values() if c.cites.section[-1] == demand for p in (*c.owed_by.each, *c.owed_by.joint)}
        assert debtors == {"US", "MX"}, demand


# against the documents themselves


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>|\*\*", "", text))


@pytest.mark.real
def test_quotes_are_the_exact_words_of_the_document_with_that_digest(real_data: Path) -> None:
    held = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in (real_data / "11_accords" / "whitehouse").glob("*.md")}
    framework = accord("bicentennial-2021")
    checked = 0
    for label, commitment in framework.commitments.items():
        for quote in commitment.quotes.values():
            document = held[framework.documents[quote.document].digest]
            assert quote.text in _plain(document.read_text(encoding="utf-8")), label
            checked += 1
    assert checked == len(framework.commitments)


@pytest.mark.real
def test_no_run_of_eight_words_comes_from_a_founding_document(real_data: Path) -> None:
    seeds = real_data.parent / "seeds"
    if not seeds.is_dir():
        pytest.skip(f"the founding documents are not here: {seeds}")

    def runs(text: str) -> set[tuple[str, ...]]:
        words = [word.strip('.,;:()"“”—–-') for word in text.casefold().split()]
        return {tuple(words[i : i + 8]) for i in range(len(words) - 7)}

    known = {run for path in seeds.glob("*.txt") for run in runs(path.read_text(encoding="utf-8"))}
    for name in NAMES:
        found = accord(name)
        titles = {run for document in found.documents.values() for run in runs(document.title)} | runs(found.title.en)
        for text in words_in(found):
            assert not (runs(text.en) | runs(text.hi)) & known - titles, text.en
