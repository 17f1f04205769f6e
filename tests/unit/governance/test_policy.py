"""Decisions: what they say, what would change them, and what happens where nobody can decide."""

from __future__ import annotations

import builtins
import dataclasses
from datetime import date
from typing import Any

import pytest

from veedor.governance import engine
from veedor.governance.basis import LegalBasis, covered
from veedor.governance.engine import Request
from veedor.governance.items import described
from veedor.governance.policy import decide, explain, require
from veedor.governance.policy_errors import ItemMalformedError, NotAllowedError, PolicyEngineMissingError, PolicyFaultyError
from veedor.governance.predicate import NO, YES, All, Below, Fixed, Meets, Not, OfItem, OneOf, Some, Within, ask, compiled
from veedor.governance.quorum import Standing
from veedor.governance.roles import Action, Role
from veedor.governance.subjects import ANYBODY, Circumstances, Item, Principal
from veedor.kernel.markings import UNKNOWN, Label, Marking, of_marking

DAY = date(2026, 6, 1)
NOW = Circumstances(day=DAY)
ANALYST = Principal(name="ana", party="US", party_kind="state", roles=frozenset({Role.ANALYST}))
REVIEWER = dataclasses.replace(ANALYST, name="rob", roles=frozenset({Role.REVIEWER}))
OFFICER = dataclasses.replace(ANALYST, name="olga", roles=frozenset({Role.OFFICER}), organs=frozenset({"council"}))
VERDICT = Item(kind="verdict", owner="US", label=of_marking(Marking.RESTRICTED), made_by=frozenset({"rob"}))


def said(who: Principal, action: Action, item: Item, now: Circumstances = NOW) -> tuple[bool, tuple[str, ...], set[str]]:
    found = explain(who, action, item, now)
    return found.is_allowed, found.by, {" and ".join(map(str, group)) for group in found.would_change}


def test_nothing_is_allowed_that_nothing_permits() -> None:
    allowed, by, change = said(ANALYST, Action.REVIEW, VERDICT)
    assert (allowed, by) == (False, ("deny-by-default",))
    assert change == {"if ana held the role reviewer", "if ana held the role board member"}


def test_nobody_reviews_their_own_finding_and_the_answer_says_what_would_help() -> None:
    allowed, by, change = said(REVIEWER, Action.REVIEW, VERDICT)
    assert (allowed, by) == (False, ("own-finding",))
    assert change == {"if it were somebody who did not take in, make or hold the item"}
    assert said(dataclasses.replace(REVIEWER, name="rita"), Action.REVIEW, VERDICT)[:2] == (True, ("review-issued",))
    deputy = dataclasses.replace(REVIEWER, name="rita", acting_for="rob")
    assert said(deputy, Action.REVIEW, VERDICT)[1] == ("own-finding",), "neither does whoever acts for the one who found it"


def test_a_yes_says_what_would_make_it_a_no() -> None:
    allowed, by, change = said(REVIEWER, Action.SEE, VERDICT)
    assert (allowed, by) == (True, ("see-restricted-own",))
    assert "if rob did not hold the role reviewer" in change
    assert "if the item were marked sealed" in change


def test_an_administrator_is_kept_apart_whatever_else_they_are() -> None:
    both = dataclasses.replace(OFFICER, roles=frozenset({Role.OFFICER, Role.ADMINISTRATOR}))
    assert said(both, Action.SEE, VERDICT) == (False, ("administrator-sees-no-content",), {
        "if olga did not hold the role administrator", "if the item were marked public",
    })  # fmt: skip
    assert said(both, Action.SHARE, VERDICT)[1][0] == "unseen"


def test_a_decision_names_whose_assent_is_missing() -> None:
    item = dataclasses.replace(VERDICT, state="reviewed", organ="council")
    standing = Standing(required=frozenset({"US", "MX"}), missing=frozenset({"MX"}), is_board_missing=True)
    allowed, by, change = said(OFFICER, Action.DECIDE, item, dataclasses.replace(NOW, standing=standing))
    assert (allowed, by) == (False, ("one-party-alone", "without-board"))
    assert change == {"if these assented: MX, a member of the board"}
    met = dataclasses.replace(standing, missing=frozenset(), is_board_missing=False)
    assert decide(OFFICER, Action.DECIDE, item, dataclasses.replace(NOW, standing=met)).is_allowed
    assert not decide(OFFICER, Action.DECIDE, item, NOW).is_allowed, "nobody was asked"


def test_what_is_about_a_person_needs_a_legal_basis_in_force() -> None:
    item = dataclasses.replace(VERDICT, is_personal=True, scope="case-7")
    assert said(REVIEWER, Action.SEE, item) == (False, ("personal-without-basis",), {"if a legal basis in force covered case-7"})
    basis = LegalBasis(authority="court", document="a" * 64, scope=frozenset({"case-7"}), begins=date(2026, 1, 1), expires=date(2026, 6, 2))
    assert decide(REVIEWER, Action.SEE, item, dataclasses.replace(NOW, bases=(basis,))).is_allowed
    assert not decide(REVIEWER, Action.SEE, item, dataclasses.replace(NOW, bases=(basis,), day=date(2026, 6, 2))).is_allowed
    assert covered([basis], DAY) == {"case-7"}


@pytest.mark.parametrize(
    "wrong",
    [{"authority": " "}, {"scope": frozenset()}, {"scope": frozenset({""})}, {"document": "A" * 64}, {"expires": date(2026, 1, 1)}],
)
def test_a_legal_basis_is_whole_or_none(wrong: dict[str, Any]) -> None:
    whole = {
        "authority": "court",
        "document": "a" * 64,
        "scope": frozenset({"case-7"}),
        "begins": date(2026, 1, 1),
        "expires": date(2027, 1, 1),
    }
    LegalBasis(**whole)
    with pytest.raises(ValueError, match=r"."):
        LegalBasis(**{**whole, **wrong})


def test_an_unknown_marking_is_seen_by_nobody() -> None:
    for role in Role:
        who = dataclasses.replace(ANALYST, roles=frozenset({role}))
        assert not decide(who, Action.SEE, dataclasses.replace(VERDICT, label=UNKNOWN), NOW).is_allowed


def test_marking_conditions_are_explained() -> None:
    label = Label(
        ranks=(("a", 2),), releasable_to=frozenset({"MX"}), originators=frozenset({"MX"}), controlled_by=frozenset({"MX"}),
        purposes=frozenset({"verification"}), expires=date(2026, 5, 1),
    )  # fmt: skip
    item = dataclasses.replace(VERDICT, label=label)
    found = explain(REVIEWER, Action.SEE, item, NOW)
    assert found.by == ("marking-expired", "marking-not-cleared", "marking-not-released", "marking-other-purpose")
    sharable = dataclasses.replace(label, ranks=(), purposes=None, expires=None, releasable_to=frozenset({"US"}))
    allowed, by, change = said(
        OFFICER, Action.SHARE, dataclasses.replace(VERDICT, label=sharable), dataclasses.replace(NOW, recipient="MX")
    )
    assert (allowed, by) == (False, ("marking-no-leave", "marking-other-recipient"))
    assert change == {"if the item were marked public", "if the item were marked shared"}
    asked = explain(OFFICER, Action.SHARE, dataclasses.replace(VERDICT, label=sharable), dataclasses.replace(NOW, recipient="US"))
    assert ["if MX gave leave"] in [[str(sentence) for sentence in group] for group in asked.would_change]


def test_nothing_is_shared_with_an_armed_group_and_it_sees_only_what_is_public() -> None:
    now = dataclasses.replace(NOW, recipient="group", recipient_kind="armed-group")
    assert "armed-group-recipient" in decide(OFFICER, Action.SHARE, dataclasses.replace(VERDICT, label=Label()), now).by
    group = Principal(name="voice", party="group", party_kind="armed-group", roles=frozenset({Role.OFFICER}))
    public = dataclasses.replace(VERDICT, label=Label(), parties=frozenset({"group"}))
    assert decide(group, Action.SEE, public, NOW).is_allowed
    assert decide(group, Action.REPLY, public, NOW).is_allowed
    assert not decide(group, Action.SEE, dataclasses.replace(public, label=of_marking(Marking.SHARED)), NOW).is_allowed
    assert not decide(group, Action.RETRACT, dataclasses.replace(public, owner="group"), NOW).is_allowed


def test_anybody_sees_what_is_public_and_does_nothing() -> None:
    public = dataclasses.replace(VERDICT, label=Label())
    assert [action for action in Action if decide(ANYBODY, action, public, NOW).is_allowed] == [Action.SEE]


def test_a_refusal_speaks_of_the_act_and_not_of_the_item() -> None:
    with pytest.raises(NotAllowedError) as raised:
        require(ANALYST, Action.REVIEW, dataclasses.replace(VERDICT, scope="secret-case", organ="secret-organ"), NOW)
    assert "secret" not in str(raised.value)
    assert "ana may not do this (review)" in str(raised.value)


def test_without_the_engine_nothing_is_allowed_and_the_message_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        if name == "cedarpy":
            raise ImportError("No module named 'cedarpy'")
        return whole(name, *args, **kwargs)

    engine._engine.cache_clear()
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(PolicyEngineMissingError) as raised:
        decide(ANALYST, Action.SEE, dataclasses.replace(VERDICT, label=Label()), NOW)
    assert "officers" in raised.value.render("next", "en")
    monkeypatch.undo()
    assert decide(ANALYST, Action.SEE, dataclasses.replace(VERDICT, label=Label()), NOW).is_allowed


FAULTY = (
    "permit (principal, action, resource) when { resource.nothing };",
    "nonsense",
    'permit (principal, action == Action::"fly", resource);',
)


@pytest.mark.parametrize("text", FAULTY)
def test_faulty_policies_stop_everything(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    engine._engine.cache_clear()
    kept = engine._text
    monkeypatch.setattr(engine, "_text", lambda *names: kept(*names) if engine.SCHEMA in names else text)
    with pytest.raises(PolicyFaultyError):
        decide(ANALYST, Action.SEE, VERDICT, NOW)
    monkeypatch.undo()
    engine._engine.cache_clear()


def test_an_answer_does_not_depend_on_what_else_is_asked() -> None:
    asked = [Request(principal=who, action=Action.SEE, item=VERDICT, given=NOW) for who in (ANALYST, ANYBODY, REVIEWER)]
    assert [one.is_allowed for one in engine.answers(asked)] == [True, False, True]
    assert engine.answers([]) == []


# ---- what is compiled ----------------------------------------------------------------------------------------------

RESOURCE = {"unknown": [{"Value": "resource"}]}
LEVEL = {".": {"left": RESOURCE, "attr": "level"}}
NAMES = {".": {"left": RESOURCE, "attr": "names"}}


def one(body: Any, kind: str = "when") -> Any:  # noqa: ANN401
    return [[{"kind": kind, "body": body}]]


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ({"Value": True}, YES),
        ({"<": {"left": LEVEL, "right": {"Value": 2}}}, Below("level", 2)),
        ({"<=": {"left": LEVEL, "right": {"Value": 2}}}, Below("level", 3)),
        ({">": {"left": LEVEL, "right": {"Value": 2}}}, Not(Below("level", 3))),
        ({">=": {"left": LEVEL, "right": {"Value": 2}}}, Not(Below("level", 2))),
        ({"<": {"left": {"Value": 2}, "right": LEVEL}}, Not(Below("level", 3))),
        ({"<=": {"left": {"Value": 2}, "right": LEVEL}}, Not(Below("level", 2))),
        ({"==": {"left": {"Value": 2}, "right": LEVEL}}, OneOf("level", frozenset({2}))),
        ({"!=": {"left": LEVEL, "right": {"Value": 2}}}, Not(OneOf("level", frozenset({2})))),
        ({"contains": {"left": NAMES, "right": {"Value": "a"}}}, Meets("names", frozenset({"a"}))),
        ({"contains": {"left": {"Set": []}, "right": LEVEL}}, NO),
        ({"containsAny": {"left": {"Set": [{"Value": "a"}]}, "right": NAMES}}, Meets("names", frozenset({"a"}))),
        ({"containsAny": {"left": NAMES, "right": {"Set": []}}}, NO),
        ({"containsAll": {"left": NAMES, "right": {"Set": [{"Value": "a"}]}}}, Meets("names", frozenset({"a"}))),
        ({"containsAll": {"left": {"Set": [{"Value": "a"}]}, "right": NAMES}}, Within("names", frozenset({"a"}))),
        ({"isEmpty": {"arg": NAMES}}, Within("names", frozenset())),
        ({"!": {"arg": {"!": {"arg": {".": {"left": RESOURCE, "attr": "flag"}}}}}}, OneOf("flag", frozenset({True}))),
    ],
)
def test_every_form_of_expression_is_read_as_it_is_meant(body: Any, wanted: object) -> None:  # noqa: ANN401
    assert compiled(one(body), []) == wanted
    assert compiled(one(body, "unless"), []) == compiled([[{"kind": "when", "body": {"!": {"arg": body}}}]], [])


def test_no_permit_and_any_forbid_is_no() -> None:
    assert compiled([], []) == NO
    assert compiled(one({"Value": True}), one({"Value": True})) == NO
    assert compiled(one({"Value": True}), one({"<": {"left": LEVEL, "right": {"Value": 2}}})) == Not(Below("level", 2))
    either = [one({"==": {"left": LEVEL, "right": {"Value": number}}})[0] for number in (1, 2)]
    assert compiled(either, []) == Some((OneOf("level", frozenset({1})), OneOf("level", frozenset({2}))))


@pytest.mark.parametrize(
    "body",
    [
        {"in": {"left": LEVEL, "right": {"Value": 1}}}, {"Value": 1}, {"<": {"left": LEVEL}}, {"==": {"left": LEVEL, "right": LEVEL}},
        {"has": {"left": RESOURCE, "attr": "x"}}, {"Value": True, "!": {}}, {"unknown": [{"Value": "resource"}]},
        {"==": {"left": {"Value": 1}, "right": {"Value": 1}}}, {".": {"left": {"unknown": [{"Value": "principal"}]}, "attr": "x"}},
    ],
)  # fmt: skip
def test_a_form_that_is_not_known_stops_the_run(body: Any) -> None:  # noqa: ANN401
    with pytest.raises(PolicyFaultyError, match="unknown form"):
        compiled(one(body), [])


def test_a_predicate_asked_of_one_item() -> None:
    found = All((Below("level", 2), Some((Meets("names", frozenset({"a"})), Fixed(value=False))), Not(Within("names", frozenset()))))
    assert ask(found, OfItem({"level": 1, "names": ["a", "b"]})) is True
    assert ask(found, OfItem({"level": 2, "names": ["a"]})) is False
    assert ask(found, OfItem({"level": 1, "names": []})) is False


# ---- items by description ------------------------------------------------------------------------------------------


def test_an_item_is_described() -> None:
    found = described(
        "verdict:state=reviewed,marking=restricted,parties=US+MX,releasable_to=MX,expires=2027-01-01,personal=yes,scope=c", "US"
    )
    assert (found.kind, found.state, found.owner, found.parties) == ("verdict", "reviewed", "US", {"US", "MX"})
    assert (found.is_personal, found.scope, found.label.releasable_to) == (True, "c", {"MX"})
    assert (found.label.marking, found.label.expires) == (Marking.RESTRICTED, date(2027, 1, 1))
    assert described("case", "MX") == Item(kind="case", owner="MX")


ODD = (
    "",
    "thing",
    "verdict:state=odd",
    "verdict:marking=secret",
    "verdict:stat=issued",
    "verdict:expires=soon",
    "verdict:personal=perhaps",
)


@pytest.mark.parametrize("text", ODD)
def test_a_description_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(ItemMalformedError):
        described(text, "US")
