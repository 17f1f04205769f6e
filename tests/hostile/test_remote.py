"""Fetching from a server that does everything a bad server does; it runs on loopback, in this process."""

from __future__ import annotations

import gzip
import http.server
import threading
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veedor.kernel.errors import UNREACHABLE, VeedorError
from veedor.sources import answers, remote, remote_errors
from veedor.sources.addresses import Address, addresses
from veedor.sources.remote import Conditional, Fetched, Limits, NotModified, Waiting, fetch

NOTE = addresses({})["bts-crossings"].note
TABLE = b"Place,Month,Count\r\nNorte,2026-01,12\r\nSur,2026-01,0\r\n"

Answer = Callable[["Bad"], None]


class Bad(http.server.BaseHTTPRequestHandler):
    """Answers each path as the test laid down; everything a test asks for beyond that is written raw."""

    protocol_version = "HTTP/1.1"
    server: Server  # type: ignore[assignment]

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        return

    def do_GET(self) -> None:
        self.server.asked.append((self.path, {name.casefold(): value for name, value in self.headers.items()}))
        try:
            self.server.answers[self.path](self)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def reply(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in {"Content-Length": str(len(body)), **named}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = True

    def raw(self, data: bytes) -> None:
        self.wfile.write(data)
        self.wfile.flush()
        self.close_connection = True


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Bad)
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.over = threading.Event()  # set when the test ends, so that no slow answer outlives it

    def on(self, path: str, *steps: Answer) -> Address:
        """Lay down what a path answers: each step once, the last one for ever. Returns its address."""
        left = list(steps)

        def next_step(handler: Bad) -> None:
            step = left.pop(0) if len(left) > 1 else left[0]
            step(handler)

        self.answers[path] = next_step
        return self.address(path)

    def address(self, path: str) -> Address:
        return Address(source="example", url=f"http://127.0.0.1:{self.server_port}{path}", note=NOTE)


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield made
    made.over.set()
    made.shutdown()
    made.server_close()
    thread.join(5)


@dataclass
class Paused:
    """Waiting that only notes how long it was asked to wait."""

    pauses: list[float] = field(default_factory=list)

    def waiting(self) -> Waiting:
        return Waiting(sleep=self.pauses.append)


def good(handler: Bad) -> None:
    handler.reply(200, TABLE, Content_Type="text/csv", ETag='"a1"', Last_Modified="Sun, 01 Feb 2026 00:00:00 GMT")


def status(code: int, **headers: str) -> Answer:
    return lambda handler: handler.reply(code, b"busy", **headers)


def body(data: bytes, **headers: str) -> Answer:
    return lambda handler: handler.reply(200, data, **headers)


def sent_raw(data: bytes) -> Answer:
    return lambda handler: handler.raw(data)


def no_wait(**limits: float) -> dict[str, Any]:
    return {"waiting": Waiting(sleep=lambda _: None), "limits": Limits(**limits)}


def test_a_whole_file_comes_with_what_its_server_says_about_it(server: Server) -> None:
    seen: list[tuple[int, int | None]] = []
    got = fetch(server.on("/a.csv", good), on_progress=lambda done, whole: seen.append((done, whole)))
    assert isinstance(got, Fetched)
    assert got.data == TABLE
    assert got.conditional == Conditional(etag='"a1"', last_modified="Sun, 01 Feb 2026 00:00:00 GMT")
    assert got.facts["content-type"] == "text/csv"
    assert got.facts["content-length"] == str(len(TABLE))
    assert seen[-1] == (len(TABLE), len(TABLE))
    assert server.asked[0][1]["accept-encoding"] == "identity"
    assert server.asked[0][1]["user-agent"].startswith("veedor/")


def test_not_modified_is_said_only_after_a_conditional_question(server: Server) -> None:
    address = server.on("/a.csv", status(304, ETag='"a1"'))
    got = fetch(address, previous=Conditional(etag='"a1"', last_modified="Sun, 01 Feb 2026 00:00:00 GMT"))
    assert isinstance(got, NotModified)
    assert server.asked[0][1]["if-none-match"] == '"a1"'
    assert server.asked[0][1]["if-modified-since"] == "Sun, 01 Feb 2026 00:00:00 GMT"
    with pytest.raises(remote_errors.UnexpectedAnswerError):
        fetch(address)
    with pytest.raises(remote_errors.UnexpectedAnswerError):
        fetch(address, previous=Conditional())


def test_a_failure_that_passes_is_waited_out(server: Server) -> None:
    paused = Paused()
    got = fetch(server.on("/a.csv", status(500), status(503), good), waiting=paused.waiting())
    assert isinstance(got, Fetched)
    assert got.data == TABLE
    first, second = paused.pauses
    assert 0.75 <= first <= 1.25
    assert 1.5 <= second <= 2.5


def test_pauses_are_the_same_in_every_repetition_and_differ_between_addresses() -> None:
    limits = Limits()
    assert remote._pause("https://a.example/x", 1, limits) == remote._pause("https://a.example/x", 1, limits)
    assert len({remote._pause(f"https://a.example/{i}", 1, limits) for i in range(20)}) == 20
    assert remote._pause("https://a.example/x", 40, limits) == limits.longest_wait_seconds


def test_a_failure_that_stays_ends_after_all_attempts(server: Server) -> None:
    address = server.on("/a.csv", status(500))
    with pytest.raises(remote_errors.ServerFailedError) as caught:
        fetch(address, **no_wait(attempts=3))
    assert len(server.asked) == 3
    assert caught.value.exit_code == UNREACHABLE
    assert "500" in caught.value.render("what", "en")


@pytest.mark.parametrize("code", [400, 401, 403, 404, 410, 418])
def test_a_refusal_is_not_asked_again(server: Server, code: int) -> None:
    with pytest.raises(remote_errors.RefusedError):
        fetch(server.on("/a.csv", status(code)), **no_wait())
    assert len(server.asked) == 1


@pytest.mark.parametrize("code", [201, 204, 206, 300, 305, 501])
def test_other_statuses_are_not_data(server: Server, code: int) -> None:
    with pytest.raises(remote_errors.UnexpectedAnswerError):
        fetch(server.on("/a.csv", lambda h: h.raw(f"HTTP/1.1 {code} X\r\nContent-Length: 0\r\n\r\n".encode())), **no_wait())


def test_the_wait_a_server_asks_for_is_kept(server: Server) -> None:
    paused = Paused()
    fetch(server.on("/a.csv", status(429, Retry_After="7"), good), waiting=paused.waiting())
    assert paused.pauses == [7]


def test_a_wait_may_be_a_date_counted_from_the_servers_own_clock(server: Server) -> None:
    paused = Paused()
    raw = (
        b"HTTP/1.1 503 Busy\r\nDate: Sun, 01 Feb 2026 00:00:00 GMT\r\n"
        b"Retry-After: Sun, 01 Feb 2026 00:00:09 GMT\r\nContent-Length: 0\r\n\r\n"
    )
    fetch(server.on("/a.csv", sent_raw(raw), good), waiting=paused.waiting())
    assert paused.pauses == [9]


@pytest.mark.parametrize("asked", ["121", "999999", "9" * 5000], ids=["a second over", "days", "for ever"])
def test_a_wait_beyond_the_limit_ends_the_errand(server: Server, asked: str) -> None:
    with pytest.raises(remote_errors.AskedToWaitError):
        fetch(server.on("/a.csv", status(503, Retry_After=asked), good), **no_wait())
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "junk",
    ["soon", "-5", "٣", "1.5", "Sun, 99 Foo 2026", "\x01"],
    ids=["word", "negative", "other digits", "fraction", "no date", "control"],
)
def test_a_wait_that_is_no_time_is_passed_over(server: Server, junk: str) -> None:
    paused = Paused()
    raw = b"HTTP/1.1 503 Busy\r\nRetry-After: " + junk.encode() + b"\r\nContent-Length: 0\r\n\r\n"
    fetch(server.on("/a.csv", sent_raw(raw), good), waiting=paused.waiting())
    assert 0.75 <= paused.pauses[0] <= 1.25


def test_a_cut_off_body_is_never_returned(server: Server) -> None:
    def cut(handler: Bad) -> None:
        handler.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nContent-Length: 1000\r\n\r\n" + TABLE)

    with pytest.raises(remote_errors.CutOffError) as caught:
        fetch(server.on("/a.csv", cut), **no_wait(attempts=2))
    assert len(server.asked) == 2
    assert str(len(TABLE)) in caught.value.render("what", "en")
    got = fetch(server.on("/b.csv", cut, good), **no_wait())
    assert isinstance(got, Fetched)
    assert got.data == TABLE


def test_a_cut_off_chunked_body_is_never_returned(server: Server) -> None:
    raw = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc,d\r\nff\r\nshort"
    with pytest.raises(remote_errors.CutOffError):
        fetch(server.on("/a.csv", sent_raw(raw)), **no_wait(attempts=1))


def test_bytes_beyond_the_announced_length_are_not_the_file(server: Server) -> None:
    raw = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\na,b\r\nHTTP/1.1 200 OK\r\nsmuggled: yes\r\n\r\n"
    got = fetch(server.on("/a.csv", sent_raw(raw)))
    assert isinstance(got, Fetched)
    assert got.data == b"a,b\r\n"


@pytest.mark.parametrize(
    "raw",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\nok",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nok",
        b"HTTP/1.1 abc\r\n\r\n",
        b"\xff\xfe\xfd",
        b"",
        b"HTTP/1.1 200 OK\r\nX: " + b"a" * 200_000,
    ],
    ids=["length of letters", "two lengths", "negative length", "no status", "no http", "nothing", "endless header"],
)
def test_an_answer_against_the_rules_is_an_error(server: Server, raw: bytes) -> None:
    with pytest.raises((remote_errors.GarbledAnswerError, remote_errors.CutOffError)):
        fetch(server.on("/a.csv", sent_raw(raw)), **no_wait(attempts=2))
    assert len(server.asked) == 2


def test_junk_in_headers_is_kept_clean_and_never_sent_back(server: Server) -> None:
    raw = (
        b'HTTP/1.1 200 OK\r\nServer: \xff\xfe\x1b[31m\xe2\x80\xae evil\r\nETag: "\xe9"\r\n'
        b"Last-Modified: \xf0\x9f\x98\x80\r\nContent-Length: 4\r\n\r\na,b\n"
    )
    got = fetch(server.on("/a.csv", sent_raw(raw), good))
    assert isinstance(got, Fetched)
    assert got.conditional == Conditional()
    assert "\x1b" not in "".join(got.facts.values())
    assert "\u202e" not in "".join(got.facts.values())
    again = fetch(server.address("/a.csv"), previous=got.conditional)
    assert isinstance(again, Fetched)
    assert "if-none-match" not in server.asked[-1][1]


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("text/html; charset=utf-8", b"<html><body>moved</body></html>"),
        ("TEXT/HTML", TABLE),
        ("application/xhtml+xml", b"<?xml version='1.0'?>"),
        ("text/csv", b"\xef\xbb\xbf\r\n <!DOCTYPE HTML><title>Sign in</title>"),
        ("application/octet-stream", b"<HTML><head>"),
    ],
    ids=["page", "called a page", "xhtml", "page called csv", "page called bytes"],
)
def test_a_web_page_with_status_200_is_not_a_table(server: Server, kind: str, data: bytes) -> None:
    with pytest.raises(remote_errors.WebPageError):
        fetch(server.on("/a.csv", body(data, Content_Type=kind)), **no_wait())
    assert len(server.asked) == 1


def test_changed_columns_are_not_the_business_of_fetching(server: Server) -> None:
    """The bytes arrive as they are: recognising and parsing judge the table, and need them to say what changed."""
    changed = TABLE.replace(b"Count", b"Total")
    got = fetch(server.on("/a.csv", good, body(changed, Content_Type="text/csv", ETag='"a2"')))
    again = fetch(server.address("/a.csv"), previous=got.conditional)
    assert isinstance(again, Fetched)
    assert again.data == changed


def test_a_compressed_answer_is_unpacked_even_unasked(server: Server) -> None:
    got = fetch(server.on("/a.csv", body(gzip.compress(TABLE), Content_Encoding="gzip")))
    assert isinstance(got, Fetched)
    assert got.data == TABLE


def test_a_small_answer_that_unpacks_to_a_flood_is_refused(server: Server) -> None:
    bomb = gzip.compress(bytes(64 << 20))
    assert len(bomb) < 100_000
    with pytest.raises(remote_errors.TooLargeError):
        fetch(server.on("/a.csv", body(bomb, Content_Encoding="gzip")), **no_wait(max_bytes=1 << 20))


def test_an_announced_size_beyond_the_limit_is_refused_before_reading(server: Server) -> None:
    raw = b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\na"
    with pytest.raises(remote_errors.TooLargeError):
        fetch(server.on("/a.csv", sent_raw(raw)), **no_wait())


def test_an_unannounced_size_beyond_the_limit_is_refused_while_reading(server: Server) -> None:
    raw = b"HTTP/1.0 200 OK\r\n\r\n" + bytes(3 << 20)
    with pytest.raises(remote_errors.TooLargeError):
        fetch(server.on("/a.csv", sent_raw(raw)), **no_wait(max_bytes=1 << 20))


@pytest.mark.parametrize(
    "data",
    [b"not gzip at all", gzip.compress(TABLE)[:-12], gzip.compress(TABLE) + b"tail"],
    ids=["no gzip", "cut off", "tail"],
)
def test_damaged_compression_is_an_error(server: Server, data: bytes) -> None:
    with pytest.raises((remote_errors.GarbledAnswerError, remote_errors.CutOffError)):
        fetch(server.on("/a.csv", body(data, Content_Encoding="gzip")), **no_wait(attempts=2))
    assert len(server.asked) == 2


def test_an_encoding_that_is_not_known_is_not_stored(server: Server) -> None:
    with pytest.raises(remote_errors.UnexpectedAnswerError):
        fetch(server.on("/a.csv", body(b"xx", Content_Encoding="br")), **no_wait())


def test_an_empty_file_is_not_a_report_of_nothing(server: Server) -> None:
    with pytest.raises(remote_errors.EmptyAnswerError):
        fetch(server.on("/a.csv", body(b"", Content_Type="text/csv")), **no_wait())


def points_to(where: str, code: int = 302) -> Answer:
    return lambda handler: handler.reply(code, b"", Location=where)


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_redirects_are_followed_and_the_last_address_is_kept(server: Server, code: int) -> None:
    server.on("/b.csv", good)
    got = fetch(server.on("/a.csv", points_to("/b.csv", code)))
    assert isinstance(got, Fetched)
    assert got.url.endswith("/b.csv")


@pytest.mark.parametrize(
    "where", ["file:///etc/hostname", "ftp://127.0.0.1/a", "data:text/csv,a", "gopher://x/", "http://[::1", "javascript:0"]
)
def test_redirects_off_the_web_are_refused(server: Server, where: str) -> None:
    with pytest.raises(remote_errors.RedirectOffWebError):
        fetch(server.on("/a.csv", points_to(where)), **no_wait())
    assert len(server.asked) == 1


def test_a_circle_of_redirects_ends(server: Server) -> None:
    server.on("/b.csv", points_to("/a.csv"))
    with pytest.raises(remote_errors.TooManyRedirectsError):
        fetch(server.on("/a.csv", points_to("/b.csv")), **no_wait(redirects=4))
    assert len(server.asked) == 5


@pytest.mark.parametrize("url", ["file:///etc/hostname", "ftp://example.org/a", "example.org/a.csv", "http://"])
def test_addresses_off_the_web_are_refused(url: str) -> None:
    with pytest.raises(remote_errors.NotAWebAddressError):
        fetch(Address(source="example", url=url, note=NOTE))


def test_a_source_without_address_says_where_a_person_finds_the_file() -> None:
    with pytest.raises(remote_errors.NoAddressError) as caught:
        fetch(Address(source="example", url="", note=NOTE, page="https://example.org/data"))
    assert caught.value.where == "https://example.org/data"
    assert "veedor add" in caught.value.render("next", "en")


INSIDE = ["http://127.0.0.1/", "http://[::1]/", "http://localhost:8080/x", "http://10.1.2.3/", "http://192.168.0.1/",
          "http://169.254.169.254/latest/meta-data/", "http://[::ffff:10.0.0.1]/", "http://0.0.0.0/", "http://a.localhost/"]  # fmt: skip


@pytest.mark.parametrize("inside", INSIDE)
def test_a_server_outside_cannot_send_us_to_machines_inside(inside: str) -> None:
    asked = []

    def outside(request: httpx2.Request) -> httpx2.Response:
        asked.append(str(request.url))
        return httpx2.Response(302, headers={"location": inside})

    with pytest.raises(remote_errors.RedirectRefusedError):
        fetch(
            Address(source="example", url="https://data.example.org/a.csv".replace("https", "http"), note=NOTE),
            transport=httpx2.MockTransport(outside),
        )
    assert asked == ["http://data.example.org/a.csv"]


def test_a_name_that_turns_out_to_lie_inside_is_refused_on_connecting() -> None:
    """Names can be made to resolve inside after they were checked; whom the connection reached decides."""
    errand = remote._Errand(previous=None, limits=Limits(), on_progress=lambda *_: None, transport=None, waiting=Waiting(), deadline=1e12)

    class Stream:
        def get_extra_info(self, name: str) -> object:
            return ("192.168.7.7", 80) if name == "server_addr" else None

    line = remote._Line(errand=errand, url=httpx2.URL("http://rebound.example.org/"), first=False)
    line.trace("connection.connect_tcp.started", {"host": "rebound.example.org"})
    with pytest.raises(remote_errors.RedirectRefusedError):
        line.trace("connection.connect_tcp.complete", {"return_value": Stream()})


def test_https_is_not_given_up_on_the_way() -> None:
    def outside(request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(301, headers={"location": "http://data.example.org/a.csv"})

    with pytest.raises(remote_errors.RedirectOffWebError):
        fetch(Address(source="example", url="https://data.example.org/a.csv", note=NOTE), transport=httpx2.MockTransport(outside))


def drip(before: bytes) -> Answer:
    def slowly(handler: Bad) -> None:
        handler.wfile.write(before)
        while not handler.server.over.wait(0.02):
            handler.wfile.write(b"x")
            handler.wfile.flush()
        handler.close_connection = True

    return slowly


@pytest.mark.parametrize(
    "before", [b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", b"HTTP/1.1 200 OK\r\nX-Slow: "], ids=["body", "header"]
)
def test_an_answer_that_drips_ends_with_the_time_allowed(server: Server, before: bytes) -> None:
    with pytest.raises(remote_errors.TooSlowError):
        fetch(server.on("/a.csv", drip(before)), limits=Limits(total_seconds=0.3, read_seconds=30))


def test_silence_ends_with_the_time_allowed_for_reading(server: Server) -> None:
    with pytest.raises(remote_errors.TooSlowError):
        fetch(server.on("/a.csv", lambda h: h.server.over.wait(20) and None), **no_wait(read_seconds=0.1, attempts=2))
    assert len(server.asked) == 2


def test_no_pause_is_begun_that_outlasts_the_errand(server: Server) -> None:
    paused = Paused()
    with pytest.raises(remote_errors.ServerFailedError):
        fetch(server.on("/a.csv", status(503, Retry_After="60")), limits=Limits(total_seconds=30), waiting=paused.waiting())
    assert paused.pauses == []


def test_nobody_listening_is_an_error_after_all_attempts() -> None:
    gone = Server()
    address = gone.address("/a.csv")
    gone.server_close()
    paused = Paused()
    with pytest.raises(remote_errors.NotReachedError):
        fetch(address, limits=Limits(attempts=3), waiting=paused.waiting())
    assert len(paused.pauses) == 2


def test_names_passwords_and_keys_in_addresses_are_not_shown(server: Server) -> None:
    server.on("/a.csv?key=abc", status(404))
    url = server.address("/a.csv?key=abc").url.replace("http://", "http://ana:secret@")
    with pytest.raises(remote_errors.RefusedError) as caught:
        fetch(Address(source="example", url=url, note=NOTE))
    told = caught.value.where + caught.value.render("what", "en")
    assert "secret" not in told
    assert "ana" not in told
    assert "abc" not in told
    server.on("/b.csv?key=abc", good)
    got = fetch(Address(source="example", url=url.replace("/a.csv", "/b.csv"), note=NOTE))
    assert "secret" not in got.url


@given(st.binary(max_size=3000), st.integers(1, 400), st.integers(1, 2000))
@settings(deadline=None, max_examples=60)
def test_unpacking_gives_back_what_was_packed_or_refuses(data: bytes, step: int, limit: int) -> None:
    packed = gzip.compress(data)
    chunks = [packed[i : i + step] for i in range(0, len(packed), step)]
    if len(data) > limit:
        with pytest.raises(remote_errors.TooLargeError):
            answers.unpacked(chunks, "gzip", max_bytes=limit, where="x")
    else:
        assert answers.unpacked(chunks, "gzip", max_bytes=limit, where="x") == data


@given(st.dictionaries(st.sampled_from(["retry-after", "date", "content-length", "etag", "content-type", "server"]), st.text(max_size=40)))
def test_no_header_can_make_reading_it_fail(headers: dict[str, str]) -> None:
    wait = answers.asked_wait(headers)
    assert wait is None or wait >= 0
    length = answers.declared_length(headers)
    assert length is None or length >= 0
    assert not {unicodedata.category(c) for value in answers.facts(headers).values() for c in value} & {"Cc", "Cs", "Co"}
    assert answers.repeatable(headers.get("etag", "")).isascii()
    answers.page_kind(headers)


def test_every_error_of_fetching_says_all_it_must() -> None:
    classes = [c for c in vars(remote_errors).values() if isinstance(c, type) and issubclass(c, VeedorError) and c is not VeedorError]
    assert len({c.code for c in classes}) == len(classes) == 16
    for found in classes:
        assert "SRC050" <= found.code <= "SRC079"
        assert found.what
        assert found.effect
        assert found.next
        assert found.more
