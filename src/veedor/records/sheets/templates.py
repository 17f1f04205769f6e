"""Empty sheets to fill in, one for each kind of record, with instructions in English and Spanish."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime

from openpyxl import Workbook
from openpyxl.styles import Font

from veedor.records.sheets.fields import Field, fields
from veedor.records.sheets.sheet import COMMENT
from veedor.records.sheets.writing import write_csv

_FIXED = datetime(2026, 1, 1)  # noqa: DTZ001, workbooks keep dates without a zone; fixed, so that the same template has the same bytes
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_STARS = ("* = needed", "* = necesario")
_HEADINGS = ("field / campo", "needed / necesario", "English", "Español", "example / ejemplo")


def template_csv(kind: str) -> bytes:
    """A CSV sheet with the headings of the kind and three rows of instructions, which begin with # and are not read back."""
    columns = fields(kind)
    english = [f"{field.says.en}{'*' if field.required else ''}" for field in columns]
    spanish = [f"{field.says.es}{'*' if field.required else ''}" for field in columns]
    rows = [[field.name for field in columns]]
    for text, cells in zip((*_STARS, "example / ejemplo"), (english, spanish, [field.example for field in columns]), strict=True):
        rows.append([f"{COMMENT} {text}: {cells[0]}", *cells[1:]])
    return write_csv(rows)


def template_xlsx(kind: str) -> bytes:
    """A workbook with the headings of the kind on its first sheet and the instructions on its second, which is not read back."""
    book = Workbook()
    blank, instructions = book.worksheets[0], book.create_sheet("instructions - instrucciones")
    blank.title = kind
    blank.append([field.name for field in fields(kind)])
    blank.freeze_panes = "A2"
    instructions.append([COMMENT, *_HEADINGS])
    for field in fields(kind):
        instructions.append([COMMENT, *_described(field)])
    for row in (blank[1], instructions[1]):
        for cell in row:
            cell.font = Font(bold=True)
    for column, width in zip("BCDEF", (18, 12, 60, 60, 24), strict=True):
        instructions.column_dimensions[column].width = width
    book.properties.created = _FIXED
    out = io.BytesIO()
    book.save(out)
    return _settled(out.getvalue())


def _described(field: Field) -> tuple[str, ...]:
    return field.name, "*" if field.required else "", field.says.en, field.says.es, field.example


def _settled(workbook: bytes) -> bytes:
    """The same workbook without the hour it was saved at, so that equal templates are equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as packed, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as settled:
        for name in packed.namelist():
            content = packed.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + _FIXED.strftime("%Y-%m-%dT%H:%M:%SZ").encode() + rb"\g<2>", content)
            settled.writestr(zipfile.ZipInfo(name, _FIXED.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
