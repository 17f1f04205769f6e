"""The algebra of markings: a join that forgets nothing, an order that it makes, and a top for whatever is not understood."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from veedor.kernel import canonical
from veedor.kernel.markings import KNOWN, UNKNOWN, Handling, Label, Marking, Policy, Tlp, join, joined, of_marking, parse

A = Policy(name="a", levels=("OPEN", "CONFIDENTIAL", "SECRET", "TOP SECRET"))
B = Policy(name="b", levels=("PUBLICA", "RESERVADA", "SECRETA"))
POLICIES = {**KNOWN, "a": A, "b": B}
NAMES = st.sampled_from(["US", "MX", "observers", "XA"])
SETS = st.frozensets(NAMES, max_size=4)


@st.composite
def known_labels(draw: st.DrawFn) -> Label:
    ranks = {name: draw(st.integers(0, len(policy.levels) - 1)) for name, policy in POLICIES.items()}
    originators = draw(SETS)
    handling = draw(st.frozensets(st.sampled_from(Handling)))
    words = st.frozensets(st.sampled_from(["two copies", "by hand"]), min_size=1)
    return Label(
        ranks=tuple(sorted((name, rank) for name, rank in ranks.items() if rank)),
        releasable_to=draw(st.none() | SETS),
        originators=originators,
        controlled_by=draw(st.frozensets(st.sampled_from(sorted(originators)))) if originators else frozenset(),
        purposes=draw(st.none() | st.frozensets(st.sampled_from(["verification", "prosecution", "research"]))),
        expires=draw(st.none() | st.dates(date(2026, 1, 1), date(2030, 1, 1))),
        tlp=draw(st.sampled_from(Tlp)),
        handling=handling,
        conditions=draw(words) if Handling.H3 in handling else frozenset(),
    )


labels = st.one_of(known_labels(), known_labels(), known_labels(), st.just(UNKNOWN))


@given(labels, labels, labels)
def test_the_join_does_not_depend_on_order_grouping_or_repetition(a: Label, b: Label, c: Label) -> None:
    assert joined(a, joined(b, c)) == joined(joined(a, b), c) == joined(a, b, c)
    assert joined(a, b) == joined(b, a)
    assert joined(a, a) == a
    assert joined() == Label()
    assert joined(a, Label()) == a


@given(st.lists(labels, min_size=1, max_size=5))
def test_what_is_derived_is_never_below_any_input(inputs: list[Label]) -> None:
    derived = joined(*inputs)
    for label in inputs:
        assert label.is_at_most(derived)
        _restricts_at_least(derived, label)
    assert derived.marking == join(*(label.marking for label in inputs))


def _restricts_at_least(derived: Label, label: Label) -> None:
    """Said once more part by part, without the join."""
    if derived.is_unknown:
        return
    assert not label.is_unknown
    assert all(dict(derived.ranks).get(name, 0) >= rank for name, rank in label.ranks)
    assert label.releasable_to is None or (derived.releasable_to is not None and derived.releasable_to <= label.releasable_to)
    assert label.purposes is None or (derived.purposes is not None and derived.purposes <= label.purposes)
    assert label.expires is None or (derived.expires is not None and derived.expires <= label.expires)
    assert derived.needs_leave_of() >= label.needs_leave_of()
    assert derived.handling >= label.handling
    assert derived.conditions >= label.conditions
    assert derived.tlp >= label.tlp


@given(labels, labels, labels)
def test_at_most_is_an_order(a: Label, b: Label, c: Label) -> None:
    assert a.is_at_most(a)
    assert Label().is_at_most(a)
    assert a.is_at_most(UNKNOWN)
    assert not (a.is_at_most(b) and b.is_at_most(a)) or a == b
    assert not (a.is_at_most(b) and b.is_at_most(c)) or a.is_at_most(c)
    assert not (a.is_at_most(c) and b.is_at_most(c)) or joined(a, b).is_at_most(c), "the join is the least that covers both"
    assert not a.is_at_most(b) or a.marking <= b.marking


@given(labels)
def test_a_label_survives_being_written(label: Label) -> None:
    assert parse(label.plain(), POLICIES) == label
    assert parse(canonical.read(canonical.canonical(label)), POLICIES) == label


@given(known_labels(), st.sampled_from(["extra", "levels", "releasable_to", "tlp", "handling", "expires", "controlled_by", "purposes"]))
def test_one_part_that_is_not_understood_makes_the_whole_unknown(label: Label, part: str) -> None:
    strange: dict[str, Any] = {
        "extra": 1, "levels": {"c": "SECRET"}, "releasable_to": "US", "tlp": "AMBER+", "handling": ["H4"],
        "expires": "soon", "controlled_by": ["nobody"], "purposes": [""],
    }  # fmt: skip
    assert parse({**label.plain(), part: strange[part]}, POLICIES) == UNKNOWN


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5) | st.sampled_from(["levels", "tlp"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(json)
def test_whatever_is_not_a_label_is_the_top(said: object) -> None:
    found = parse(said, POLICIES)
    assert found == UNKNOWN or parse(found.plain(), POLICIES) == found
    assert parse(said, POLICIES) == UNKNOWN or isinstance(said, dict)


def test_levels_are_compared_by_their_place_and_never_as_text() -> None:
    opened, confidential, top = (parse({"levels": {"a": level}}, POLICIES) for level in A.levels if level != "SECRET")
    assert opened.is_at_most(confidential), "though OPEN comes after CONFIDENTIAL in the alphabet"
    assert not confidential.is_at_most(opened)
    assert confidential.is_at_most(top)
    assert parse({"levels": {"a": "SECRET"}}, POLICIES) == parse({"levels": {"a": 2}}, POLICIES)
    other = parse({"levels": {"b": "SECRETA"}}, POLICIES)
    assert not other.is_at_most(top), "levels of two policies do not compare"
    assert joined(other, top).ranks == (("a", 3), ("b", 2))


def test_a_level_of_a_policy_that_nobody_stated_is_unknown() -> None:
    assert parse({"levels": {"a": "OPEN"}}) == UNKNOWN
    assert parse({"levels": {"a": "OPEN"}}, POLICIES) == Label()
    assert parse({"levels": {"a": "secret"}}, POLICIES) == UNKNOWN
    assert parse({"levels": {"a": True}}, POLICIES) == UNKNOWN
    assert parse({"levels": ["a"]}, POLICIES) == UNKNOWN


@pytest.mark.parametrize("marking", list(Marking))
def test_the_integer_column_and_its_label_say_the_same(marking: Marking) -> None:
    assert of_marking(marking).marking is marking
    assert UNKNOWN.marking is Marking.SEALED


def test_the_releases_of_two_originators_that_share_nobody_leave_nobody() -> None:
    one, other = Label(releasable_to=frozenset({"US"})), Label(releasable_to=frozenset({"MX"}))
    assert joined(one, other).releasable_to == frozenset()
    assert joined(one, other) != Label()


def test_with_h2_everybody_whose_information_it_rests_on_is_asked() -> None:
    label = Label(originators=frozenset({"US", "MX"}), controlled_by=frozenset({"US"}))
    assert label.needs_leave_of() == {"US"}
    assert joined(label, Label(handling=frozenset({Handling.H2}))).needs_leave_of() == {"US", "MX"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"ranks": (("b", 1), ("a", 1))},
        {"ranks": (("a", 0),)},
        {"controlled_by": frozenset({"US"})},
        {"handling": frozenset({Handling.H3})},
        {"conditions": frozenset({"by hand"})},
        {"is_unknown": True},
    ],
)
def test_a_label_that_contradicts_itself_cannot_be_made(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        Label(**wrong)
