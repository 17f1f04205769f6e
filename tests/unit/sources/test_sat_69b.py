"""The list of article 69-B, on invented taxpayers."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from veedor.records.kinds import check
from veedor.sources.sat_69b import COLUMNS, SOURCE, days_in
from veedor.sources.source import Parsed, Raw, Sample

CUT = date(2026, 2, 28)
TITLE = "Información actualizada al 28 de febrero de 2026"
SAT = {"presumed": 5, "rebutted": 9, "definitive": 13, "court-ruled": 17}


def row(number: int, rfc: str, situation: str, *, name: str = "EJEMPLO UNO SA DE CV", **published: str) -> list[str]:
    cells = [""] * len(COLUMNS)
    cells[:4] = [str(number), rfc, name, situation]
    for status, day in published.items():
        at = SAT[status.replace("_", "-")]
        cells[at - 1 : at + 3] = [f"500-05-{status}", day, f"500-05-{status}", day]
    return cells


ROWS = [
    row(1, "EUN010101AA1", "Definitivo", presumed="01/02/2020", definitive="01/06/2020"),
    row(2, "EDO010101AA2", "Desvirtuado", presumed="01/02/2020", rebutted="15/06/2020"),
    row(3, "ETR010101AA3", "Sentencia Favorable", presumed="01/02/2020", definitive="01/06/2020", court_ruled="01/03/2021"),
    row(4, "PEPP700101AA4", "Presunto", name="PRUEBA PERSONA INVENTADA", presumed="31/01/2026"),
    row(5, "XXXXXXXXXXXX", "Definitivo", name="Suspendido por orden de un juzgado", presumed="01/02/2020", definitive="01/06/2020"),
    row(6, "XXXXXXXXXXXX", "Presunto", name="Suspendido por orden de un juzgado", presumed="01/02/2020"),
    row(7, "EUN010101AA1", "Definitivo", presumed="05/05/2018", definitive="12/12/2019 - 20/09/2018", court_ruled="18/10/2019"),
    row(8, "ECU010101AA8", "Definitivo", presumed="01/02/2020"),
]  # fmt: skip


def table(rows: list[list[str]], header: tuple[str, ...] = COLUMNS, title: str = TITLE) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([title, *[""] * (len(header) - 1)])
    writer.writerow(["Listado completo de contribuyentes (Artículo 69-B del CFF)", *[""] * (len(header) - 1)])
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode("latin-1")


def parse(data: bytes, stated: date | None = None) -> Parsed:
    return SOURCE.parse(Raw(name="x.csv", data=data, snapshot="ab", stated=stated))


def history(number: int) -> list[dict[str, object]]:
    """The listings of the n-th invented taxpayer, in order."""
    rows = parse(table(ROWS)).tables["listing"].to_pylist()
    return [found for found in rows if found["row"] == number + 3]


def test_the_list_is_recognised_dated_and_made_of_records() -> None:
    data = table(ROWS)
    assert SOURCE.recognise(Sample(name="x", head=data, size=len(data)))
    parsed = parse(data)
    assert parsed.vintage == CUT
    assert parsed.covers.starts == date(2018, 5, 5)
    assert parsed.covers.ends == date(2026, 3, 1)
    for kind, found in parsed.tables.items():
        check(kind, found)
    assert parsed.tables["entity"].num_rows == len(ROWS)


def test_each_stage_ends_when_the_next_begins() -> None:
    presumed, definitive = history(1)
    assert (presumed["listing_status"], presumed["listed_from"], presumed["listed_to"]) == ("presumed", date(2020, 2, 1), date(2020, 6, 1))
    assert (definitive["listing_status"], definitive["listed_from"], definitive["listed_to"]) == ("definitive", date(2020, 6, 1), None)
    assert definitive["reference"] == "500-05-definitive"
    assert presumed["valid_to"] == definitive["valid_from"]
    assert definitive["valid_to"] == date(2026, 3, 1)


@pytest.mark.parametrize(("number", "status", "day"), [(2, "rebutted", date(2020, 6, 15)), (3, "court-ruled", date(2021, 3, 1))])
def test_being_listed_ends(number: int, status: str, day: date) -> None:
    rows = history(number)
    assert rows[-1]["listing_status"] == status
    on_list = [row for row in rows if row["listed_to"] is None or row["listed_from"] < row["listed_to"]]  # type: ignore[operator]
    assert all(row["listed_to"] is not None and row["listed_to"] <= day for row in on_list)  # type: ignore[operator]
    assert rows[-1]["listed_from"] == rows[-1]["listed_to"] == day


def test_a_masked_rfc_is_no_key_and_keeps_no_name() -> None:
    parsed = parse(table(ROWS))
    masked = [row for row in parsed.tables["entity"].to_pylist() if row["row"] in {8, 9}]
    assert {row["entity"] for row in masked} == {"masked:8", "masked:9"}
    assert all(row["caption"] == row["identifiers"] == "" and row["schema"] == "LegalEntity" for row in masked)
    assert any(note.sentence.code == "src.69b-masked" and note.rows == 2 for note in parsed.notes)


def test_forgetting_replaces_what_was_known() -> None:
    """A later list that masks a taxpayer covers everything the earlier one covered, so that nothing of the name is left in use."""
    forgotten = [[*ROWS[0][:1], "XXXXXXXXXXXX", "", *ROWS[0][3:]], *ROWS[1:]]
    before, after = parse(table(ROWS[:6])), parse(table(forgotten, title=TITLE.replace("28 de febrero", "31 de marzo")))
    assert after.covers.covers(before.covers)
    assert after.part == before.part
    assert "EUN010101AA1" not in str(after.tables["listing"].slice(0, 2).to_pylist())


def test_one_taxpayer_may_have_several_rows() -> None:
    parsed = parse(table(ROWS))
    assert parsed.tables["entity"]["entity"].to_pylist().count("EUN010101AA1") == 2
    assert any(note.sentence.code == "src.69b-twice" and note.rows == 2 for note in parsed.notes)


def test_firms_and_persons_are_told_by_the_length_of_the_rfc() -> None:
    schemas = parse(table(ROWS)).tables["entity"]["schema"].to_pylist()
    assert schemas[0] == "Organization"
    assert schemas[3] == "Person"


def test_stages_published_anew_are_kept_in_their_order() -> None:
    rows = history(7)
    assert [(row["listing_status"], row["listed_from"], row["listed_to"]) for row in rows] == [
        ("presumed", date(2018, 5, 5), date(2018, 9, 20)),
        ("definitive", date(2018, 9, 20), date(2019, 10, 18)),
        ("court-ruled", date(2019, 10, 18), date(2019, 10, 18)),
        ("definitive", date(2019, 12, 12), None),
    ]


def test_a_stage_without_date_is_open_not_invented() -> None:
    presumed, definitive = history(8)
    assert definitive["listed_from"] is None
    assert definitive["valid_from"] == CUT
    assert presumed["listed_to"] is None
    assert presumed["valid_to"] == CUT


@pytest.mark.parametrize(
    ("cell", "days"),
    [
        ("", ()),
        ("01/02/2020", (date(2020, 2, 1),)),
        ("12/12/2019 - 20/09/2018", (date(2019, 12, 12), date(2018, 9, 20))),
        ("14-08-19 // 20/09/2018", (date(2019, 8, 14), date(2018, 9, 20))),
        ("17/10/2019    27/08/2018", (date(2019, 10, 17), date(2018, 8, 27))),
        ("44014", (date(2020, 7, 2),)),
        ("31/02/2020", ()),
        ("pendiente", ()),
    ],
)
def test_dates_as_they_are_really_written(cell: str, days: tuple[date, ...]) -> None:
    assert days_in(cell) == days


def test_a_day_on_which_nothing_can_have_been_published_is_passed_over() -> None:
    for slip in ("01/02/0220", "01/02/1920", "01/02/2206", "99999"):
        parsed = parse(table([row(1, "EUN010101AA1", "Definitivo", presumed="01/02/2020", definitive=slip)]))
        assert parsed.covers.ends == date(2026, 3, 1)
        assert parsed.covers.starts == date(2020, 2, 1)
        assert any(note.sentence.code == "src.69b-unread" and note.rows == 2 for note in parsed.notes)


def test_the_gazette_stands_in_for_a_missing_day_on_the_page() -> None:
    cells = row(1, "EUN010101AA1", "Presunto", presumed="01/02/2020")
    cells[5], cells[7] = "", "20/02/2020"
    (listing,) = parse(table([cells])).tables["listing"].to_pylist()
    assert listing["listed_from"] == date(2020, 2, 20)


def test_a_new_stage_is_never_taken_for_a_known_one() -> None:
    parsed = parse(table([*ROWS, row(9, "ENU010101AA9", "Revocado", presumed="01/02/2020")]))
    assert [problem.code for problem in parsed.unusable] == ["SRC084"]


def test_a_lost_column_makes_the_file_unusable() -> None:
    renamed = tuple("Estatus" if name == "Situación del contribuyente" else name for name in COLUMNS)
    parsed = parse(table(ROWS, renamed))
    assert parsed.tables == {}
    assert [problem.code for problem in parsed.unusable] == ["SRC010"]
    assert parsed.unusable[0].line == 3


def test_a_list_without_its_date_needs_one_stated() -> None:
    data = table(ROWS, title="Información")
    assert [problem.code for problem in parse(data).unusable] == ["SRC080"]
    assert parse(data, stated=date(2026, 3, 5)).vintage == date(2026, 3, 5)


def test_a_file_in_utf8_is_read_alike() -> None:
    data = table(ROWS).decode("latin-1").encode("utf-8-sig")
    assert parse(data).tables["listing"].drop_columns("snapshot") == parse(table(ROWS)).tables["listing"].drop_columns("snapshot")


@given(st.text(max_size=30))
def test_no_cell_can_make_reading_dates_fail(cell: str) -> None:
    assert all(isinstance(day, date) for day in days_in(cell))


@given(st.lists(st.sampled_from(["", "01/02/2020", "01/03/2020 - 01/02/2020", "nada", "44014", "01/02/2026"]), min_size=4, max_size=4),
       st.sampled_from(["Definitivo", "Presunto", "Desvirtuado", "Sentencia Favorable"]))  # fmt: skip
def test_every_history_is_records_without_gaps_and_ends_in_the_published_stage(cells: list[str], situation: str) -> None:
    published = dict(zip(("presumed", "rebutted", "definitive", "court_ruled"), cells, strict=True))
    parsed = parse(table([row(1, "EUN010101AA1", situation, **published)]))
    rows = check("listing", parsed.tables["listing"]).to_pylist()
    statuses = {"Definitivo": "definitive", "Presunto": "presumed", "Desvirtuado": "rebutted", "Sentencia Favorable": "court-ruled"}
    assert rows[-1]["listing_status"] == statuses[situation]
    assert rows[-1]["valid_to"] == date(2026, 3, 1)
