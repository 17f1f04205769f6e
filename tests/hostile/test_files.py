"""Files made to exhaust, to escape or to deceive: each is refused with its own error, before it does harm."""

from __future__ import annotations

import bz2
import gzip
import io
import struct
import tracemalloc
import zipfile
import zlib

import pytest

from veedor.kernel.errors import VeedorError
from veedor.sources import registry, sesnsp, sesnsp_idefc
from veedor.sources import unpack as unpacking
from veedor.sources.errors import (
    ArchiveBrokenError,
    ArchiveLockedError,
    ArchiveTooLargeError,
    EmptyFileError,
    HtmlPageError,
    NestedArchiveError,
    NotRecognisedError,
    TooManyMembersError,
    UnreadableTextError,
    UnsafeMemberError,
)
from veedor.sources.reading import decode
from veedor.sources.recognise import recognise, sample_of
from veedor.sources.source import Raw
from veedor.sources.unpack import unpack

MEBIBYTE = 1 << 20


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return target.getvalue()


def zeros(mebibytes: int, kind: str) -> bytes:
    """An archive of that many MiB of zeros, made without holding them."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31) if kind == "gzip" else bz2.BZ2Compressor()
    return b"".join([packer.compress(b"\0" * MEBIBYTE) for _ in range(mebibytes)]) + packer.flush()


@pytest.mark.parametrize("kind", ["gzip", "bzip2"])
def test_a_bomb_is_refused_without_being_held(kind):
    bomb = zeros(400, kind)
    assert len(bomb) < MEBIBYTE
    tracemalloc.start()
    with pytest.raises(ArchiveTooLargeError, match="unpacks to more than 1"):
        unpack("bomb.gz", bomb)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 24 * MEBIBYTE


def test_a_bomb_of_many_streams_is_refused():
    with pytest.raises(ArchiveTooLargeError):
        unpack("bomb.gz", gzip.compress(b"\0" * MEBIBYTE) * 60)


def test_a_zip_bomb_is_refused_by_what_its_directory_declares():
    bomb = zipped({f"{n}.csv": b"\0" * (4 * MEBIBYTE) for n in range(8)})
    with pytest.raises(ArchiveTooLargeError):
        unpack("bomb.zip", bomb)


def test_a_zip_whose_directory_lies_about_sizes_is_refused():
    data = bytearray(zipped({"a.csv": b"\0" * (2 * MEBIBYTE)}))
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    with pytest.raises(ArchiveBrokenError):
        unpack("liar.zip", bytes(data))


def test_the_limits_are_those_the_message_names(monkeypatch):
    monkeypatch.setattr(unpacking, "LARGEST", 1000)
    with pytest.raises(ArchiveTooLargeError, match="more than 1,000 bytes"):
        unpack("a.gz", gzip.compress(b"1234567890" * 101))
    assert unpack("a.gz", gzip.compress(b"1234567890" * 100))[0].data == b"1234567890" * 100


def test_an_inner_archive_counts_against_the_same_limit(monkeypatch):
    monkeypatch.setattr(unpacking, "LARGEST", 5000)
    with pytest.raises(ArchiveTooLargeError):
        unpack("a.zip", zipped({"b.gz": gzip.compress(b"\0" * 6000)}))


@pytest.mark.parametrize("name", ["../a.csv", "/etc/a.csv", "a/../../b.csv", "C:/a.csv", "C:a.csv", "..\\a.csv", "a\\b.csv", "..", "x/.."])
def test_a_member_that_points_outside_refuses_the_whole_archive(name):
    with pytest.raises(UnsafeMemberError):
        unpack("slip.zip", zipped({"good.csv": b"1", name: b"2"}))


def test_a_link_is_refused():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        link = zipfile.ZipInfo("a.csv")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/hostname")
    with pytest.raises(UnsafeMemberError):
        unpack("link.zip", target.getvalue())


def test_archives_in_archives_in_archives_are_refused():
    inner = zipped({"a.csv": b"1"})
    with pytest.raises(NestedArchiveError):
        unpack("nest.zip", zipped({"b.zip": zipped({"c.zip": inner})}))
    with pytest.raises(NestedArchiveError):
        unpack("nest.gz", gzip.compress(gzip.compress(gzip.compress(b"1"))))


def test_too_many_members_are_refused():
    with pytest.raises(TooManyMembersError):
        unpack("many.zip", zipped({f"{n}.csv": b"" for n in range(1001)}))


def test_an_encrypted_or_oddly_packed_member_is_named():
    data = bytearray(zipped({"a.csv": b"1" * 50}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    with pytest.raises(ArchiveLockedError, match=r'"a\.csv"'):
        unpack("locked.zip", bytes(data))
    for method in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        with pytest.raises(ArchiveLockedError):
            unpack("odd.zip", zipped({"a.csv": b"1" * 50}, method))


def test_names_cannot_move_the_cursor():
    with pytest.raises(UnsafeMemberError) as caught:
        unpack("\x1b[2Jbad.zip", zipped({"../\x1b[31mred\u202e.csv": b""}))
    shown = caught.value.render("what", "en")
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_every_registered_source_survives_every_hostile_head():
    found = registry.sources()
    heads = [
        b"\x00" * 1000,
        b"\xff\xfe\x00\xd8",
        b"\xff\xfea",
        b"\xef\xbb\xbf\xff\xff",
        b'"' * 10001,
        b"," * 65536,
        b"a," * 40000,
        b"\r" * 5000 + b"a,b",
        bytes(range(256)) * 300,
        b"PK\x03\x04" + b"\x00" * 100,
        b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n",
        b"{" * 5000,
        "\u202e,\u0000,\U0001f600\n".encode(),
        (",".join(sesnsp.STATE_COLUMNS) + "\n" + "\u0661,1," * 50).encode(),
    ]
    for head in heads:
        for source in found.values():
            assert source.recognise(sample_of("hostile.csv", head)) in {True, False}


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyFileError),
        (b"\x00" * 5000, EmptyFileError),
        (b"<!doctype html><title>Log in</title>", HtmlPageError),
        (b"\x89PNG\r\n\x1a\n\x00\x00", NotRecognisedError),
        (b"a" * (2 * MEBIBYTE), NotRecognisedError),
        ("\ufeff".encode("utf-16-le") + b"\x00\xd8\x41", NotRecognisedError),
    ],
)
def test_what_is_no_data_has_its_own_refusal(data, error):
    with pytest.raises(error):
        recognise("a.csv", data, registry.sources())


def test_invalid_utf16_and_nuls_are_no_text():
    for data in (b"\xff\xfe\x00\xd8", b"\xfe\xff\xd8\x00\x00", b"a,b\n1,\x002\n"):
        with pytest.raises(UnreadableTextError):
            decode(data)


def test_a_huge_single_line_in_a_small_archive_is_refused_before_it_is_read():
    with pytest.raises(ArchiveTooLargeError):
        unpack("line.csv.gz", gzip.compress(b"a" * (100 * MEBIBYTE)))


def test_a_wide_single_line_that_claims_to_be_crimes_is_unusable():
    line = (",".join(sesnsp.STATE_COLUMNS) + "\n2020,1,x,y,z,Homicidio doloso,m," + "1" * (3 * MEBIBYTE) + ",,,,,,,,,,,\n").encode()
    parsed = sesnsp_idefc.SOURCE.parse(Raw(name="a", data=line, snapshot="0"))
    assert [problem.code for problem in parsed.unusable] == ["SRC030"]
    assert len(parsed.unusable[0].what("en")) < 2200


def test_a_formula_or_an_escape_in_a_cell_stays_a_value():
    rows = '2020,1,"=HYPERLINK(""http://x"")",v,t,Homicidio doloso,"\x1b[31m",1,,,,,,,,,,,\n'
    parsed = sesnsp_idefc.SOURCE.parse(Raw(name="a", data=(",".join(sesnsp.STATE_COLUMNS) + "\n" + rows).encode(), snapshot="0"))
    assert parsed.tables["incidence"]["modality"][0].as_py() == "\x1b[31m"
    assert "\x1b" not in " ".join(note.sentence.render("en") for note in parsed.notes)


def test_numbers_too_large_for_any_count_are_unusable():
    rows = f"2020,1,Aguascalientes,v,t,Homicidio doloso,m,{'9' * 30},,,,,,,,,,,\n"
    parsed = sesnsp_idefc.SOURCE.parse(Raw(name="a", data=(",".join(sesnsp.STATE_COLUMNS) + "\n" + rows).encode(), snapshot="0"))
    assert [problem.code for problem in parsed.unusable] == ["SRC030"]


def test_every_refusal_is_one_of_ours():
    for error in (EmptyFileError, HtmlPageError, ArchiveTooLargeError, UnsafeMemberError, UnreadableTextError):
        assert issubclass(error, VeedorError)
