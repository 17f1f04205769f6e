"""What is an archive, what is in it, under which name; workbooks stay whole."""

from __future__ import annotations

import bz2
import gzip
import io
import zipfile

import pytest

from veedor.sources.errors import ArchiveBrokenError, NoReadableMemberError
from veedor.sources.unpack import Member, is_archive, unpack


def zipped(**members: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    return target.getvalue()


def test_a_plain_file_is_its_own_only_member():
    assert unpack("a.csv", b"a,b\n") == (Member("a.csv", b"a,b\n"),)
    assert unpack("empty", b"") == (Member("empty", b""),)
    assert unpack("notes.txt", b"BZh is no archive") == (Member("notes.txt", b"BZh is no archive"),)


@pytest.mark.parametrize(
    ("name", "inner"), [("a.csv.gz", "a.csv"), ("a.GZ", "a.GZ"), ("a", "a"), (".gz", ".gz"), ("dir/a.csv.gz", "a.csv")]
)
def test_gzip_gives_the_inner_name(name, inner):
    assert unpack(name, gzip.compress(b"x", mtime=0)) == (Member(inner, b"x"),)


def test_streams_that_follow_each_other_are_one_file_and_zero_padding_is_passed_over():
    two = gzip.compress(b"a" * 300000, mtime=0) + gzip.compress(b"b" * 10, mtime=0)
    assert unpack("a.gz", two + b"\0" * 512)[0].data == b"a" * 300000 + b"b" * 10
    assert unpack("a.bz2", bz2.compress(b"a") + bz2.compress(b"b"))[0].data == b"ab"
    assert unpack("a.bz2", bz2.compress(b""))[0].data == b""


def test_zip_members_come_in_the_order_of_their_names_without_folders():
    names = [m.name for m in unpack("x.zip", zipped(**{"b.csv": b"2", "folder__a.csv": b"1", "folder__.DS_Store": b"x"}))]
    assert names == ["a.csv", "b.csv"]


def test_hidden_files_of_systems_are_passed_over():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("__MACOSX/._a.csv", b"x")
        archive.writestr("folder/", b"")
        archive.writestr("folder/a.csv", b"1")
    assert unpack("x.zip", target.getvalue()) == (Member("a.csv", b"1"),)


def test_an_archive_in_an_archive_is_opened():
    assert unpack("x.zip", zipped(**{"a.csv.gz": gzip.compress(b"1", mtime=0)})) == (Member("a.csv", b"1"),)
    assert unpack("x.zip", zipped(**{"inner.zip": zipped(**{"a.csv": b"1"})})) == (Member("a.csv", b"1"),)


def test_a_workbook_is_one_file():
    book = zipped(**{"[Content_Types].xml": b"<Types/>", "xl__workbook.xml": b"<workbook/>"})
    assert not is_archive(book)
    assert unpack("a.xlsx", book) == (Member("a.xlsx", book),)
    assert unpack("x.zip", zipped(**{"a.xlsx": book})) == (Member("a.xlsx", book),)


@pytest.mark.parametrize("data", [zipped(), zipped(**{".DS_Store": b"x"})])
def test_an_archive_without_a_file_is_refused(data):
    with pytest.raises(NoReadableMemberError):
        unpack("x.zip", data)


@pytest.mark.parametrize(
    "data",
    [
        gzip.compress(b"x" * 1000, mtime=0)[:-4],
        gzip.compress(b"x", mtime=0)[:12],
        gzip.compress(b"x", mtime=0) + b"tail",
        bz2.compress(b"x" * 1000)[:-4],
        zipped(**{"a.csv": b"1" * 100})[:-10],
        b"PK\x03\x04" + b"\0" * 40,
    ],
)
def test_a_cut_off_archive_is_refused(data):
    with pytest.raises(ArchiveBrokenError):
        unpack("x", data)


def test_a_changed_byte_is_found_by_the_check_sum():
    data = bytearray(gzip.compress(b"1,2,3\n" * 50, mtime=0))
    data[-6] ^= 1
    with pytest.raises(ArchiveBrokenError):
        unpack("x.gz", bytes(data))
