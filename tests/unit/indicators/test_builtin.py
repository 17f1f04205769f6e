"""Every built-in indicator on a few synthetic rows, among which stand those that a wrong filter would count.

Decoys: totals beside their parts, blanks, other methods, other categories, other places, other types of the same money. Beside those
written out, `decoys` repeats a row that counts with one of its marks changed, so that each filter is needed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from veedor.indicators.registry import indicators
from veedor.indicators.series import Series
from veedor.kernel.months import add_months

JAN, FEB, MAR = date(2020, 1, 1), date(2020, 2, 1), date(2020, 3, 1)
Row = dict[str, Any]


@dataclass
class Case:
    """Rows by source and kind, a place, and what is expected of it: (amount, base, reported, expected) by first day."""

    rows: dict[tuple[str, str], list[Row]]
    place: str
    points: dict[date, tuple[Any, ...]]
    intervals: dict[date, tuple[Any, Any]] = field(default_factory=dict)


def over(starts: date, months: int = 1) -> Row:
    return {"valid_from": starts, "valid_to": add_months(starts, months)}


def on(day: date) -> Row:
    return {"valid_from": day, "valid_to": day + timedelta(days=1)}


# --- files -----------------------------------------------------------------------------------------------------------


def opened(place: str, count: int | None, *, starts: date = JAN, **given: object) -> Row:
    plain = {"measure": "investigation-files", "method": "idefc-2015", "status": "reported" if count is not None else "not-reported"}
    return {**plain, **over(starts), "place": place, "count": count, **given}


def of_files(category: str, method: str = "idefc-2015", source: str = "sesnsp-idefc") -> Case:
    other_method = "rnid-2026" if method == "idefc-2015" else "idefc-2015"
    rows = [
        opened("MX09", 3, category=category, modality="a", method=method),
        opened("MX09", 4, category=category, modality="b", method=method),
        opened("MX15", 5, category=category, method=method),
        opened("MX11", 6, category=category, modality="a", method=method),
        opened("MX11", None, category=category, modality="b", method=method),  # a state with a blank has not reported
        opened("MX09", None, starts=FEB, category=category, method=method),  # nobody reported: no point, not a zero
        opened("MX09", 100, category=category, method=other_method),
        opened("MX09", 100, category=category, method=method, measure="victims"),
        opened("MX09", 100, category="something-else", method=method),
        opened("MX09", 100, category=category, method=method, status="total"),
        opened("MX09015", 100, category=category, method=method),  # a municipality, counted in its state already
        opened("MX", 100, category=category, method=method),
    ]
    return Case({(source, "incidence"): rows}, "MX", {JAN: (12, None, 2, 32)})


def people(place: str, value: int | None, *, starts: date = JAN, **given: object) -> Row:
    plain = {"series": "population", "unit": "people", "status": "estimated"}
    return {**plain, **over(starts), "place": place, "value": None if value is None else Decimal(value), **given}


PEOPLE = [
    people("MX09", 1000),
    people("MX15", 500),
    people("MX09", 999, starts=FEB),
    people("MX09015", 70, series="population-municipal"),
    people("MX", 9999, status="total"),
    people("MX09", 5, series="population-census"),
    people("MX11", 0),  # nobody is no denominator
]

RATE = Case(
    {
        ("sesnsp-idefc", "incidence"): [
            opened("MX09", 3, category="homicide-intentional"),
            opened("MX15", 5, category="homicide-intentional"),
            opened("MX11", 6, category="homicide-intentional"),  # no population is known: in neither numerator nor denominator
            opened("MX09", 100, category="homicide-culpable"),
            opened("MX15", 9, starts=FEB, category="homicide-intentional"),
            opened("MX09", None, starts=FEB, category="homicide-intentional", modality="a"),
            opened("MX09", 4, starts=FEB, category="homicide-intentional", modality="b"),
        ],
        ("conapo-population", "statistic"): PEOPLE,
    },
    "MX",
    {JAN: (8, 1500, 2, 32)},
)

FIREARM = Case(
    {
        ("sesnsp-idefc", "incidence"): [
            opened("MX09", 6, category="homicide-intentional", modality="Con arma de fuego"),
            opened("MX09", 2, category="homicide-intentional", modality="Con arma blanca"),
            opened("MX15", 0, category="homicide-intentional", modality="Con arma de fuego"),
            opened("MX15", 0, category="homicide-intentional", modality="Con arma blanca"),
            opened("MX11", 50, category="homicide-intentional", modality="Con arma de fuego"),
            opened("MX11", None, category="homicide-intentional", modality="Con arma blanca"),
            opened("MX09", 90, category="injury-intentional", modality="Con arma de fuego"),
            opened("MX09", 90, category="homicide-intentional", modality="Con arma de fuego", method="rnid-2026"),
        ]
    },
    "MX",
    {JAN: (6, 8, 2, 32)},
)
OTHER_LIFE = Case(
    {
        ("sesnsp-idefc", "incidence"): [
            opened("MX09", 1, category="other-crimes-against-life"),
            opened("MX09", 2, category="homicide-intentional"),
            opened("MX09", 3, category="homicide-culpable"),
            opened("MX09", 4, category="femicide"),
            opened("MX09", 90, category="abortion"),
            opened("MX09", 90, category="injury-intentional"),
            opened("MX09", 90, category="other-crimes-against-liberty"),
            opened("MX15", 5, category="femicide"),
            opened("MX15", None, category="homicide-intentional"),
            opened("MX15", 0, starts=FEB, category="femicide"),
        ]
    },
    "MX",
    {JAN: (1, 10, 1, 32)},
)

# --- deaths and victims ----------------------------------------------------------------------------------------------


def died(place: str, count: int | None, *, starts: date = JAN, **given: object) -> Row:
    plain = {"category": "homicide-intentional", "measure": "death-certificates", "method": "inegi-registration", "status": "reported"}
    return {**plain, **over(starts), "place": place, "count": count, **given}


DEATHS = [
    died("MX09001", 2),
    died("MX09002", 3),
    died("MX09", 5, status="total"),
    died("MX15001", 4),
    died("MX15", 4, status="total"),
    died("MX", 1, region="Extranjero"),
    died("MX", 10, status="total"),
    died("MX09001", 90, method="inegi-occurrence"),
    died("MX09001", 90, measure="investigation-files"),
    died("MX09001", None, starts=FEB, status="not-reported"),
]


def killed(place: str, count: int | None, *, starts: date = JAN, **given: object) -> Row:
    return died(place, count, starts=starts, measure="victims", method="sesnsp-victims", **given)


VICTIMS = [
    killed("MX", 50),  # the national row where one is given …
    killed("MX09", 20),
    killed("MX15", 20),
    killed("MX09", 7, starts=FEB),  # … else the sum of the states
    killed("MX15", 8, starts=FEB),
    killed("MX11", None, starts=FEB, status="not-reported"),
    killed("MX09001", 90, starts=FEB),
    killed("MX", 90, starts=FEB, category="femicide"),
    opened("MX09", 90, starts=FEB, category="homicide-intentional"),
]
STATES = [f"MX{number:02d}" for number in range(1, 33)]

# --- missing persons -------------------------------------------------------------------------------------------------


def missing(subcategory: str) -> Case:
    def row(place: str, count: int, **given: object) -> Row:
        plain = {"category": "missing-person", "subcategory": subcategory, "measure": "persons", "method": "rnpdno", "status": "reported"}
        return {**plain, **over(JAN), "place": place, "count": count, **given}

    other = "not-located" if subcategory == "located-alive" else "located-alive"
    rows = [
        row("MX09001", 2, grouping="female"),
        row("MX09001", 3, grouping="male"),
        row("MX09001", 5, status="total"),
        row("MX15001", 1, grouping="male", **over(FEB)),
        row("MX", 1, grouping="male", region="unknown"),
        row("MX09001", 90, grouping="male", subcategory=other),
        row("MX09001", 90, grouping="male", category="detained-person"),
    ]
    return Case({("rnpdno", "incidence"): rows}, "MX", {JAN: (6, None, 1, 1), FEB: (1, None, 1, 1)})


# --- seizures, overdoses, traces ---------------------------------------------------------------------------------------


def seized(drug: str, *, events: bool = False) -> Case:
    def row(amount: str, count: int, **given: object) -> Row:
        plain = {"category": "drug-seizure", "measure": "seizure-events", "method": "cbp-fy", "subcategory": drug, "place": "US"}
        plain |= {"modality": "U.S. Border Patrol", "status": "reported", "unit": "lb"}
        return {**plain, **over(JAN), "quantity": Decimal(amount), "count": count, **given}

    rows = [
        row("1.5", 2),
        row("2.25", 3, modality="Office of Field Operations", status="provisional"),
        row("90", 90, modality="Air and Marine Operations"),
        row("90", 90, subcategory="Marijuana"),
        row("90", 90, status="total"),
        row("90", 90, category="weapon-seizure"),
    ]
    amount = Decimal(5) if events else Decimal("3.75")
    return Case({("cbp-drug-seizures", "incidence"): rows}, "US", {JAN: (amount, None, 1, 1)})


def overdose(subcategory: str, modality: str) -> Case:
    def row(count: int | None, **given: object) -> Row:
        plain = {
            "category": "overdose-death",
            "measure": "deaths-12-months",
            "method": "vsrr-reported",
            "status": "reported",
            "place": "US",
        }
        return {**plain, **over(JAN, 12), "subcategory": subcategory, "modality": modality, "count": count, **given}

    rows = [
        row(100),
        row(110, **over(FEB, 12), status="provisional"),
        row(999, method="vsrr-predicted", status="estimated"),
        row(9, subcategory="Heroin (T40.1)", modality="T40.1"),
        row(9, subcategory="Number of Deaths", modality="", category="death"),
        row(None, **over(MAR, 12), status="suppressed"),
        row(9, place="US3651000"),  # a city inside its state
        row(None, **over(add_months(MAR, 1), 12)),
    ]
    return Case({("cdc-vsrr", "incidence"): rows}, "US", {JAN: (100, None, 1, 1), FEB: (110, None, 1, 1)})


def traced(place: str, category: str, count: int | None, **given: object) -> Row:
    plain = {"status": "reported" if count is not None else "not-reported", "recovery_place": place}
    return {**plain, **over(JAN, 12), "place": place, "category": category, "count": count, **given}


TRACES = [
    traced("US48", "firearm-type", 10, weapon_type="Pistols"),
    traced("US48", "firearm-type", 4, weapon_type="Rifles"),
    traced("US06", "firearm-type", 6, weapon_type="Pistols"),
    traced("US04", "firearm-type", None, weapon_type="Pistols"),
    traced("US48", "calibre", 14, calibre="9mm"),
    traced("US48", "source-state", 9, status="total"),
    traced("US48", "source-state", 6, purchase_place="US48"),
    traced("US48", "source-state", 2, purchase_place="US06"),
    traced("US06", "source-state", 5, status="total"),
    traced("US06", "source-state", 4, purchase_place="US06"),
    traced("US04", "source-state", 3, status="total"),  # its own share is not on the list: in neither numerator nor denominator
    traced("US48", "time-to-crime", 1, time_to_crime="Under 3 Months"),
    traced("US48", "time-to-crime", 2, time_to_crime="3 Months to Under 7 Months"),
    traced("US48", "time-to-crime", 3, time_to_crime="7 Months to Under 1 Year"),
    traced("US48", "time-to-crime", 4, time_to_crime="1 Year to Under 2 Years"),
    traced("US48", "time-to-crime", 5, time_to_crime="3 Years and Over"),
    traced("US06", "time-to-crime", 5, time_to_crime="3 Years and Over"),
    traced("US06", "time-to-crime", None, time_to_crime="Under 3 Months"),
    traced("US06", "time-to-crime", 0, time_to_crime="Under 3 Months", **over(date(2021, 1, 1), 12)),
    traced("US06", "source-state", 0, status="total", **over(date(2021, 1, 1), 12)),
    traced("US06", "source-state", 0, purchase_place="US06", **over(date(2021, 1, 1), 12)),
    traced("US08", "source-state", None, status="total"),
    traced("US08", "source-state", 4, purchase_place="US08"),
    traced("US09", "source-state", 4, status="total"),
    traced("US09", "source-state", None, purchase_place="US09"),
    traced("US10", "recovery-city", 4, purchase_place="US10", status="total"),
    traced("US48", "recovery-city", 90, purchase_place="US48"),
    traced("US48", "time-to-crime", 90, time_to_crime="Under 3 Months", status="total"),
]
YEAR = JAN

# --- crossings, encounters, money ----------------------------------------------------------------------------------------


def crossed(measure: str, direction: str = "northbound", place: str = "US", source: str = "bts-crossings") -> Case:
    def row(count: int | None, **given: object) -> Row:
        plain = {"border": "us-mexico-border", "direction": direction, "measure": measure, "status": "reported", "place": "US48"}
        return {**plain, **over(JAN), "count": count, **given}

    wrong_way = "southbound" if direction == "northbound" else "northbound"
    rows = [
        row(5, port="A"),
        row(6, port="B", place="US04"),
        row(None, port="C", status="not-reported"),
        row(90, border="us-canada-border", direction="southbound"),
        row(90, direction=wrong_way),
        row(90, measure="trains"),
        row(90, measure=f"{measure}-passengers"),
        row(90, status="total"),
    ]
    return Case({(source, "crossing"): rows}, place, {JAN: (11, None, 1, 1)})


def met(count: int, **given: object) -> Row:
    plain = {"category": "encounter", "region": "Southwest Land Border", "measure": "encounters", "method": "cbp-fy", "status": "reported"}
    return {**plain, **over(JAN), "place": "US48", "count": count, **given}


def stopped(count: int | None, **given: object) -> Row:
    plain = {"category": "apprehension", "measure": "apprehensions", "method": "usbp-apprehensions", "status": "reported", "place": "US"}
    return {**plain, **over(JAN), "region": "Southwest Border / Tucson", "count": count, **given}


def aid(kind: str) -> Case:
    def row(amount: int | None, **given: object) -> Row:
        plain = {"provider": "US", "recipient": "MEX", "transaction_type": kind, "currency": "USD", "price_basis": "current"}
        plain |= {"status": "reported", "place": "MX"}
        return {**plain, **over(date(2019, 10, 1), 12), "amount": None if amount is None else Decimal(amount), **given}

    others = {"obligation", "disbursement", "appropriation", "request"} - {kind}
    rows = [
        row(700),
        row(-50, sector="refund"),
        row(999, price_basis="constant-2022"),
        row(999, currency="MXN"),
        row(999, place="", recipient="WLD"),
        row(999, provider="DE"),
        row(3, **over(date(2020, 10, 1), 12), status="provisional"),
        row(None, **over(date(2021, 10, 1), 12), status="not-reported"),
        row(None, **over(date(2022, 10, 1), 12)),
        *(row(999, transaction_type=other) for other in others),
    ]
    return Case({("foreign-assistance", "disbursement"): rows}, "MX", {date(2019, 10, 1): (650, None, 1, 1)})


# --- indices, lists, acts ------------------------------------------------------------------------------------------------


def index(source: str, series: str, method: str) -> Case:
    def row(value: str | None, **given: object) -> Row:
        plain = {"series": series, "method": method, "status": "estimated", "place": "MX"}
        numbers = {"value": value, "low": value and "-1", "high": value and "2"}
        made = {name: None if number is None else Decimal(number) for name, number in numbers.items()}
        return {**plain, **over(JAN, 12), **made, **given}

    rows = [
        row("0.5"),
        row(None, **over(date(2021, 1, 1), 12), status="not-reported"),
        row(None, **over(date(2022, 1, 1), 12)),
        row("9", series="wgi-voice-and-accountability"),
        row("9", place="Mexico City"),
        row("9", status="total"),
        *([row("9", method="cpi-1995")] if source == "transparency-cpi" else []),
    ]
    return Case({(source, "statistic"): rows}, "MX", {JAN: (Decimal("0.5"), None, 1, 1)}, {JAN: (-1, 2)})


def fought(best: int | None, **given: object) -> Row:
    plain = {"event_type": "violence", "sub_event_type": "ucdp-nonstate-23.1", "status": "estimated", "place": "MX"}
    return {**plain, **over(JAN, 12), "best": best, "low": 1, "high": 90, **given}


def listed(entity: str, day: date, programme: str = "SDNTK", **given: object) -> Row:
    plain = {"list_name": "ofac-sdn", "listing_status": "listed", "entity": entity, "programme": programme}
    return {**plain, **on(day), **given}


def taxed(entity: str, status: str, day: date | None, **given: object) -> Row:
    plain = {"list_name": "sat-69b", "programme": "69-B", "place": "MX", "entity": entity, "listing_status": status, "listed_from": day}
    return {**plain, "valid_from": day or MAR, "valid_to": date(2020, 3, 16), **given}


TAXPAYERS = [
    taxed("a", "presumed", date(2020, 1, 5)),
    taxed("b", "presumed", date(2020, 1, 5)),
    taxed("a", "definitive", date(2020, 2, 3)),
    taxed("a", "definitive", date(2020, 2, 20)),  # published anew
    taxed("b", "definitive", date(2020, 2, 3)),
    taxed("b", "rebutted", date(2020, 2, 9)),
    taxed("c", "court-ruled", date(2020, 2, 9)),
    taxed("d", "definitive", None),
    taxed("e", "definitive", date(2020, 3, 2)),  # the list ends within March, so that March is no month yet
    taxed("f", "definitive", date(2020, 2, 3), list_name="ofac-sdn"),
]


def decided(kind: str, stage: str, day: date | None, reference: str, **given: object) -> Row:
    plain = {"proceeding_type": kind, "stage": stage, "decided": day, "reference": reference, "requested_of": "MX", "place": "MX"}
    return {**plain, **on(day or JAN), **given}


def recorded(action: str, label: str, day: date) -> Row:
    return {**on(day), "action": action, "object": label}


# --- every built-in --------------------------------------------------------------------------------------------------------

CASES: dict[str, Case] = {
    "homicide_files": of_files("homicide-intentional"),
    "homicide_files_rnid": of_files("homicide-intentional", "rnid-2026", "sesnsp-rnid"),
    "culpable_homicide_files": of_files("homicide-culpable"),
    "femicide_files": of_files("femicide"),
    "kidnapping_files": of_files("kidnapping"),
    "extortion_files": of_files("extortion"),
    "trafficking_person_files": of_files("human-trafficking"),
    "drug_dealing_files": of_files("drug-dealing"),
    "homicide_rate": RATE,
    "firearm_homicide_share": FIREARM,
    "other_life_crimes_share": OTHER_LIFE,
    "homicide_deaths": Case({("inegi-homicides", "incidence"): DEATHS}, "MX", {JAN: (10, None, 2, 32)}),
    "homicide_death_rate": Case(
        {("inegi-homicides", "incidence"): DEATHS, ("conapo-population", "statistic"): PEOPLE}, "MX", {JAN: (9, 1500, 2, 32)}
    ),
    "homicide_victims": Case({("user:v.csv", "incidence"): VICTIMS}, "MX", {JAN: (50, None, 32, 32), FEB: (15, None, 2, 32)}),
    "homicide_victim_rate": Case(
        {
            ("user:v.csv", "incidence"): VICTIMS,
            ("conapo-population", "statistic"): [people(state, 10, starts=start) for state in STATES for start in (JAN, FEB)],
        },
        "MX",
        {JAN: (50, 320, 32, 32)},
    ),
    "missing_persons": missing("not-located"),
    "located_alive": missing("located-alive"),
    "fentanyl_seized": seized("Fentanyl"),
    "meth_seized": seized("Methamphetamine"),
    "cocaine_seized": seized("Cocaine"),
    "heroin_seized": seized("Heroin"),
    "fentanyl_seizure_events": seized("Fentanyl", events=True),
    "overdose_deaths": overdose("Number of Drug Overdose Deaths", ""),
    "synthetic_opioid_deaths": overdose("Synthetic opioids, excl. methadone (T40.4)", "T40.4"),
    "traced_guns": Case({("atf-traces", "trace"): TRACES}, "US", {YEAR: (20, None, 2, 51)}),
    "traced_guns_out_of_state_share": Case({("atf-traces", "trace"): TRACES}, "US", {YEAR: (4, 14, 2, 51)}),
    "short_time_to_crime_share": Case({("atf-traces", "trace"): TRACES}, "US", {YEAR: (6, 15, 1, 51)}),
    "traced_guns_mexico_us_share": Case(
        {
            ("user:traces.csv", "trace"): [
                traced("MX", "source-country", 7, purchase_place="US"),
                traced("MX", "source-country", 2, purchase_place="DE"),
                traced("MX", "source-country", 1, purchase_place=""),
                traced("MX", "firearm-type", 90, weapon_type="Pistols"),
                traced("US48", "source-country", 90, purchase_place="US"),
                traced("MX", "source-country", 90, purchase_place="US", status="total"),
                traced("MX", "source-country", 5, purchase_place="US", **over(date(2021, 1, 1), 12)),
                traced("MX", "source-country", None, purchase_place="DE", **over(date(2021, 1, 1), 12)),
                traced("MX", "source-country", 0, purchase_place="DE", **over(date(2022, 1, 1), 12)),
            ]
        },
        "MX",
        {YEAR: (7, 10, 1, 1)},
    ),
    "northbound_trucks": crossed("trucks"),
    "northbound_vehicles": crossed("personal-vehicles"),
    "northbound_pedestrians": crossed("pedestrians"),
    "southbound_crossings": crossed("personal-vehicles", "southbound", "MX", "user:south.csv"),
    "southwest_encounters": Case(
        {
            ("cbp-encounters", "incidence"): [
                met(5),
                met(6, place="US04", status="provisional"),
                met(7, place="US"),
                met(90, region="Northern Land Border"),
                met(90, status="total"),
                met(90, method="usbp-encounters"),
            ]
        },
        "US",
        {JAN: (18, None, 1, 1)},
    ),
    "border_apprehensions": Case(
        {
            ("usbp-months", "incidence"): [
                stopped(5),
                stopped(6, region="Southwest Border / Yuma"),
                stopped(11, region="Southwest Border", status="total"),
                stopped(60, **over(JAN, 12)),  # a whole year
                stopped(60, **over(date(2020, 2, 1), 2)),
                stopped(None, region="Southwest Border / Del Rio", status="not-reported"),
                stopped(90, region="Northern Border / Blaine"),
                stopped(90, category="encounter", measure="encounters", method="usbp-encounters"),
            ]
        },
        "US",
        {JAN: (11, None, 2, 9)},
    ),
    "aid_obligated": aid("obligation"),
    "aid_disbursed": aid("disbursement"),
    "aid_appropriated": aid("appropriation"),
    "rule_of_law": index("worldbank-wgi", "wgi-rule-of-law", "wgi-2020-update"),
    "control_of_corruption": index("worldbank-wgi", "wgi-control-of-corruption", "wgi-2020-update"),
    "corruption_perception": index("transparency-cpi", "cpi", "cpi-2012"),
    "nonstate_conflict_deaths": Case(
        {
            ("ucdp-nonstate", "event"): [
                fought(25),
                fought(30),
                fought(90, place=""),
                fought(90, sub_event_type="ucdp-onesided-23.1"),
                fought(90, event_type="agreement"),
                fought(None),
                fought(26, low=None),
                fought(26, high=None),
            ]
        },
        "MX",
        {YEAR: (55, None, 1, 1)},
        {YEAR: (2, 180)},
    ),
    "designations_listed": Case(
        {
            ("ofac-sdn", "listing"): [
                listed("1", JAN),
                listed("1", JAN, "SDNTK ; TCO"),
                listed("2", JAN, "ILLICIT-DRUGS-EO14059"),
                listed("3", JAN, "TCO"),
                listed("4", JAN, "UKRAINE-EO13662"),
                listed("5", JAN, list_name="ofac-consolidated"),
                listed("1", FEB),
            ]
        },
        "US",
        {JAN: (3, None, 1, 1), FEB: (1, None, 1, 1)},
    ),
    "delistings": Case(
        {
            ("ofac-sdn", "listing"): [
                listed("1", JAN),
                listed("2", JAN),
                listed("3", JAN, "UKRAINE-EO13662"),
                listed("1", FEB),
                listed("4", FEB),
                listed("4", MAR),
                listed("4", date(2022, 6, 1)),  # more than a year later: nobody can say when others went
            ]
        },
        "US",
        {YEAR: (2, None, 2, 12)},
    ),
    "shell_company_listings": Case({("sat-69b", "listing"): TAXPAYERS}, "MX", {JAN: (0, None, 1, 1), FEB: (2, None, 1, 1)}),
    "shell_company_rebuttals": Case({("sat-69b", "listing"): TAXPAYERS}, "MX", {JAN: (0, None, 1, 1), FEB: (2, None, 1, 1)}),
    "meetings_held": Case(
        {
            ("user:a.csv", "act"): [
                recorded("met", "group", date(2020, 1, 9)),
                recorded("met", "group", date(2020, 1, 23)),
                recorded("met", "board", date(2020, 1, 23)),
                recorded("signed", "group", date(2020, 1, 24)),
            ],
            ("user:b.csv", "act"): [recorded("met", "group", date(2020, 1, 9))],
        },
        "MX",
        {JAN: (3, None, 1, 1)},
    ),
    "extraditions": Case(
        {
            ("user:north.csv", "proceeding"): [
                decided("extradition", "granted", date(2020, 1, 9), "x-1"),
                decided("extradition", "granted", date(2020, 1, 9), "x-2"),
                decided("extradition", "granted", date(2020, 1, 9), ""),
                decided("extradition", "refused", date(2020, 1, 9), "x-3"),
                decided("extradition", "requested", None, "x-4"),
                decided("extradition", "granted", date(2020, 1, 9), "x-5", requested_of="US"),
                decided("prosecution", "granted", date(2020, 1, 9), "x-6"),
            ],
            ("user:south.csv", "proceeding"): [decided("extradition", "granted", date(2020, 1, 9), "x-1")],
        },
        "MX",
        {JAN: (3, None, 1, 1)},
    ),
    "proceedings_concluded": Case(
        {
            ("user:north.csv", "proceeding"): [
                decided("prosecution", "sentenced", date(2020, 1, 9), "x-1", place="MX09"),
                decided("forfeiture", "closed", date(2020, 1, 9), "x-2"),
                decided("prosecution", "opened", date(2020, 1, 9), "x-3"),
                decided("extradition", "closed", date(2020, 1, 9), "x-4"),
                decided("prosecution", "sentenced", date(2020, 1, 9), "x-5", place="US"),
                decided("prosecution", "sentenced", date(2020, 1, 9), "x-6", place=""),
            ],
            ("user:south.csv", "proceeding"): [decided("prosecution", "sentenced", date(2020, 1, 9), "x-1", place="MX09")],
        },
        "MX",
        {JAN: (2, None, 1, 1)},
    ),
    "population": Case(
        {
            ("conapo-population", "statistic"): [
                *(people(state, 10) for state in STATES),
                *(people(state, 10, starts=FEB) for state in STATES[:31]),  # one state short: no national figure
                *(people(state, None, starts=MAR) for state in STATES),
                people("MX", 9999, status="total"),
                people("MX09", 9999, series="population-census"),
            ]
        },
        "MX",
        {JAN: (320, None, 32, 32)},
    ),
}
SHEETS = sorted(name for name in indicators() if name not in CASES)


MARKS = {  # by kind, what tells rows apart: change one of these and the row must no longer count
    "incidence": ("category", "measure", "method", "place", "status"),
    "statistic": ("series", "place", "status"),
    "trace": ("category", "place", "status"),
    "crossing": ("border", "direction", "measure", "status"),
    "disbursement": ("provider", "transaction_type", "price_basis", "currency", "status"),
    "event": ("event_type", "sub_event_type", "status"),
    "listing": ("list_name", "listing_status"),
    "proceeding": ("proceeding_type", "stage"),
    "act": ("action",),
}
UNMARKED = {"homicide_victims": {"method"}, "homicide_victim_rate": {"method"}}  # whatever method: two of them leave a month undecided
ALSO = {"corruption_perception": ("method",), "extraditions": ("requested_of",), "southwest_encounters": ("region",)}
NUMBERS = {"count": 90, "quantity": Decimal(90), "amount": Decimal(90), "value": Decimal(90), "best": 90}


def decoys(name: str, kind: str, rows: list[Row]) -> list[Row]:
    """The first row that counts, once for each of its marks with that mark changed and a large figure."""
    first = next(
        row for row in rows if row.get("status") != "total" and all(row[number] is not None for number in NUMBERS if number in row)
    )
    marks = [mark for mark in (*MARKS[kind], *ALSO.get(name, ())) if mark not in UNMARKED.get(name, ())]
    large = {number: value for number, value in NUMBERS.items() if number in first}
    named = {mark: f"{mark}-decoy" for mark in ("entity", "reference") if mark in first}  # else it would be one with the row it copies
    return [{**first, **large, **named, mark: {"status": "total", "place": "BR09"}.get(mark, "other")} for mark in marks]


def check(found: Series, case: Case) -> None:
    given = {point.period.starts: (point.amount, point.base, point.reported, point.expected) for point in found.points}
    assert given == case.points
    for starts, interval in case.intervals.items():
        assert next((point.low, point.high) for point in found.points if point.period.starts == starts) == interval


@pytest.mark.parametrize("name", sorted(CASES))
def test_only_the_rows_that_are_meant_are_counted(shelf, name):
    case = CASES[name]
    for (source, kind), rows in case.rows.items():
        shelf.put(source, kind, [*rows, *decoys(name, kind, rows)])
    found = shelf.series(name, case.place)
    check(found, case)
    assert {use.source for use in found.uses} == {source for source, _ in case.rows}


@pytest.mark.parametrize("name", SHEETS)
def test_a_users_own_sheet_answers(shelf, name):
    """What nobody publishes openly: rows of the series that carries the indicator's name, and no others."""
    indicator = indicators()[name]
    assert (indicator.sources, indicator.kinds) == ((), ("statistic",))
    length = {"month": 1, "quarter": 3, "year": 12}[indicator.rhythm]
    series = name.replace("_", "-")

    def row(value: str | None, **given: object) -> Row:
        plain = {"series": series, "status": "reported", "place": indicator.place}
        numbers = {column: None if value is None else Decimal(value) for column in ("value", "low", "high")}
        return {**plain, **over(JAN, length), **numbers, **given}

    following = add_months(JAN, length)
    rows = [
        row("12.5"),
        row("90", series=f"{series}-other"),
        row("90", status="total"),
        row(None, **over(following, length), status="not-reported"),
        row("90", place=""),
    ]
    shelf.put(f"user:{series}.csv", "statistic", rows)
    found = shelf.series(name, indicator.place)
    check(found, Case({}, "", {JAN: (Decimal("12.5"), None, 1, 1)}, {JAN: (Decimal("12.5"), Decimal("12.5"))}))


def test_states_have_series_of_their_own(shelf):
    shelf.put("sesnsp-idefc", "incidence", CASES["homicide_rate"].rows["sesnsp-idefc", "incidence"])
    shelf.put("conapo-population", "statistic", PEOPLE)
    point = shelf.series("homicide_rate", "MX15").points[0]
    assert (point.amount, point.base, point.reported, point.expected) == (5, 500, 1, 1)


def test_a_state_without_missing_people_in_a_month_of_the_register_has_none(shelf):
    for (source, kind), rows in missing("not-located").rows.items():
        shelf.put(source, kind, rows)
    assert [point.amount for point in shelf.series("missing_persons", "MX09").points] == [5, 0]


def test_a_state_without_homicides_has_no_share(shelf):
    for (source, kind), rows in FIREARM.rows.items():
        shelf.put(source, kind, rows)
    assert set(shelf.run("firearm_homicide_share")) == {"MX", "MX09"}
