"""Made-up files of publishers in the United States: seizures, encounters, overdoses, aid, traces. Every number is invented."""

from __future__ import annotations

from collections.abc import Iterator

from veedor.records.places import catalogue
from veedor.starter.draws import SEASON, draw, level, months, scatter
from veedor.starter.writing import Row, table

LAST = (2024, 5)
_NAMES = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_LONG = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_RUNNING = 2024  # the fiscal year that had not ended when the files were made

_DRUGS = {  # drug: pounds a month, seizures a month, course
    "Fentanyl": (1300, 140, {2018: 500, 2019: 700, 2020: 1000, 2021: 1100, 2022: 1300, 2023: 1500}),
    "Methamphetamine": (15500, 700, {2018: 1000}),
    "Cocaine": (5000, 260, {2018: 1000, 2022: 900}),
    "Heroin": (300, 110, {2018: 1600, 2020: 1000, 2022: 500, 2023: 350}),
}
_COMPONENTS = (("Office of Field Operations", "LAREDO FIELD OFFICE", 800), ("U.S. Border Patrol", "LAREDO SECTOR", 200))


def _fiscal(year: int, month: int) -> int:
    return year + (month >= 10)


def _written(fiscal_year: int) -> str:
    return f"{fiscal_year} (FYTD)" if fiscal_year == _RUNNING else f"{fiscal_year}"


def seizures() -> bytes:
    """The nationwide drug seizures by fiscal month, without Air and Marine Operations, which has a file of its own."""
    head = "FY,Month (abbv),Component,Region,Land Filter,Area of Responsibility,Drug Type,Count of Event,Sum Qty (lbs)"
    return table(head, _seizure_rows())


def _seizure_rows() -> Iterator[Row]:
    for year, month in months((2018, 10), LAST):
        when = (_written(_fiscal(year, month)), _NAMES[month - 1])
        for component, area, part in _COMPONENTS:
            for drug, (pounds, events, curve) in _DRUGS.items():
                share = part * level(curve, year, month) // 1000
                count = max(1, scatter(events * share, "events", drug, component, year, month, loose=2))
                tenths = pounds * share // 100 * (850 + draw(301, "pounds", drug, component, year, month)) // 1000
                yield (*when, component, "Southwest Border", "Land Only", area, drug, count, f"{tenths // 10}.{tenths % 10}")


_MET = {2019: 60, 2020: 70, 2021: 95, 2022: 110, 2023: 105, 2024: 90}  # thousands a month


def encounters() -> bytes:
    """Encounters by state and month; expulsions under Title 42 stand in rows of their own while they lasted."""
    head = "Fiscal Year,Month Grouping,Month (abbv),Land Border Region,State,Demographic,Citizenship,Title of Authority,Encounter Count"
    return table(head, _encounter_rows())


def _encounter_rows() -> Iterator[Row]:
    for year, month in months((2019, 10), LAST):
        expelled = 400 if (2020, 4) <= (year, month) <= (2023, 5) else 0
        for state, part in (("TX", 600), ("AZ", 400)):
            for title, share in (("Title 8", 1000 - expelled), ("Title 42", expelled)):
                if share:
                    mean = level({key: value * 1000 for key, value in _MET.items()}, year, month) * SEASON[month - 1] // 1000
                    count = scatter(mean * part * share // 1000, "met", state, title, year, month, loose=6)
                    when = (_written(_fiscal(year, month)), "FYTD", _NAMES[month - 1])
                    yield (*when, "Southwest Land Border", state, "Single Adults", "OTHER", title, count)


_DEATHS = {
    "Number of Drug Overdose Deaths": {2018: 70, 2019: 72, 2020: 90, 2021: 105, 2022: 108, 2023: 100},
    "Synthetic opioids, excl. methadone (T40.4)": {2018: 32, 2019: 36, 2020: 55, 2021: 70, 2022: 74, 2023: 68},
}  # thousands in twelve months
_TECHNICAL = "Numbers may differ from published reports using final data. See Technical Notes."


def overdoses() -> bytes:
    """Provisional overdose deaths of the whole country: twelve months ending with each month, so that rows overlap."""
    head = (
        "State,Year,Month,Period,Indicator,Data Value,Percent Complete,Percent Pending Investigation,State Name,"
        "Footnote,Footnote Symbol,Predicted Value"
    )
    return table(head, _overdose_rows(), end="\n")


def _overdose_rows() -> Iterator[Row]:
    for indicator, curve in _DEATHS.items():
        for year, month in months((2018, 12), (2023, 12)):
            deaths = level({key: value * 1000 for key, value in curve.items()}, year, month) + draw(200, indicator, year, month)
            window = ("US", year, _LONG[month - 1], "12 month-ending", indicator, deaths)
            yield (*window, 100, "0.1", "United States", _TECHNICAL, "**", deaths * 101 // 100)


_KINDS = {1: "Appropriated and Planned", 2: "Obligations", 3: "Disbursements", 18: "President's Budget Requests"}
_MILLIONS = {1: 2100, 2: 2050, 3: 1350, 18: 1900}
_PRICES = {2019: 90, 2020: 92, 2021: 95, 2022: 100, 2023: 104, 2024: 107}  # 2022 is the base year


def assistance() -> bytes:
    """Foreign assistance to Mexico by fiscal year: four views of the same money, in current prices and in those of 2022."""
    head = (
        "Country Code,Country Name,Region ID,Region Name,Income Group Acronym,Income Group Name,Transaction Type ID,"
        "Transaction Type Name,Fiscal Year,current_amount,constant_amount"
    )
    where = ("MEX", "Mexico", 6, "Western Hemisphere", "UMIC", "Upper Middle Income Country")
    rows = []
    for kind, name in _KINDS.items():
        for year, price in _PRICES.items():
            amount = (_MILLIONS[kind] + 10 * draw(11, "aid", kind, year)) * 1_000_000 // (20 if year == _RUNNING else 1)
            rows.append((*where, kind, name, year, amount, amount * 100 // price))
    return table(head, rows, quoted=True)


_TRACE_YEAR = 2022
_LAST_STATE = "56"  # codes beyond it are territories
_TYPES, _SPANS, _ORIGINS = (
    "Firearms Types Recovered in State",
    "Time-to-Crime for Firearms Recovered in State",
    "Top States Where Firearms Came From",
)


def traces() -> bytes:
    """Firearm traces by state of recovery, one year: types, time to crime, and where the firearms were first sold."""
    head = "State,Year,Section_raw,Category_or_Location,Value,Note,Note2,Section,Category_or_Place"
    return table(head, _trace_rows(), end="\n")


def _trace_rows() -> Iterator[Row]:
    names = [place.name for code, place in catalogue().items() if code.startswith("US") and "01" <= code[2:] <= _LAST_STATE]
    for at, state in enumerate(names):
        total = 100 * (10 + draw(90, "traces", state))
        quick, here = total * (26 + draw(5, "quick", state)) // 100, total * (70 + draw(8, "here", state)) // 100
        identified = total * 3 // 4
        sold_here = here * 3 // 4
        note = f"The source state was identified in {identified:,} total traces."
        for section, category, value, remark in (
            (_TYPES, "Pistols", total, ""),
            (_SPANS, "Under 3 Months", quick // 2, ""),
            (_SPANS, "3 Months to Under 7 Months", quick - quick // 2, ""),
            (_SPANS, "3 Years and over", total - quick, ""),
            (_ORIGINS, state, sold_here, ""),
            (_ORIGINS, names[at - 1], identified - sold_here, note),
        ):
            yield (state, _TRACE_YEAR, section, category, value, remark, "", section, category)
