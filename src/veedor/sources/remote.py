"""Fetching a publisher's file: politely, within limits, whole or not at all. Nothing else here opens a connection."""

from __future__ import annotations

import contextlib
import hashlib
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.metadata import version

import httpx2

from veedor.kernel.errors import VeedorError
from veedor.kernel.language import N_, Template
from veedor.kernel.text import clean
from veedor.sources.addresses import Address
from veedor.sources.answers import asked_wait, declared_length, facts, page_kind, repeatable, unpacked
from veedor.sources.remote_errors import (
    AskedToWaitError,
    CutOffError,
    EmptyAnswerError,
    GarbledAnswerError,
    NoAddressError,
    NotAWebAddressError,
    NotReachedError,
    RedirectOffWebError,
    RedirectRefusedError,
    RefusedError,
    ServerFailedError,
    TooLargeError,
    TooManyRedirectsError,
    TooSlowError,
    UnexpectedAnswerError,
    WebPageError,
)

_POINTS_ON = frozenset({301, 302, 303, 307, 308})
_CONDITIONS = frozenset({"if-none-match", "if-modified-since"})
_STATUS = Template("src.status", N_("status {status}"))
_TRY_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditional:
    """What the last answer said about itself, so that the next question can be "only if it changed"."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much a server may take of our time and memory."""

    max_bytes: int = 512 << 20  # unpacked
    connect_seconds: float = 15.0
    read_seconds: float = 60.0  # longest silence
    total_seconds: float = 900.0  # the whole errand: redirects, attempts and pauses
    attempts: int = 4
    redirects: int = 5
    first_pause_seconds: float = 1.0  # doubled after each attempt
    longest_wait_seconds: float = 120.0  # longest pause, our own or one a server asks for


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """The passing of time, injected so that tests need not wait."""

    sleep: Callable[[float], None] = time.sleep
    elapsed: Callable[[], float] = time.monotonic


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A whole file, where it came from in the end, and what its server said about it."""

    url: str
    data: bytes
    facts: Mapping[str, str]  # a few response headers, cleaned, for the capture
    conditional: Conditional


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    """The publisher says that nothing changed since the answer the question named."""

    url: str
    facts: Mapping[str, str]


class _AgainError(Exception):
    """One attempt failed in a way that a later one may not."""

    def __init__(self, error: VeedorError, asked: int | None = None) -> None:
        super().__init__()
        self.error = error
        self.asked = asked  # seconds the server asks us to wait


@dataclass(slots=True, kw_only=True)
class _Errand:
    """One fetch under way. `near`: the address itself lies in a private network, as learnt on connecting."""

    previous: Conditional | None
    limits: Limits
    on_progress: Callable[[int, int | None], None]
    transport: httpx2.BaseTransport | None
    waiting: Waiting
    deadline: float
    near: bool = False

    def left(self) -> float:
        return self.deadline - self.waiting.elapsed()

    def check_time(self, url: httpx2.URL) -> None:
        if self.left() <= 0:
            raise TooSlowError(where=shown(url), seconds=int(self.limits.total_seconds))


def _quiet(_received: int, _expected: int | None) -> None:
    return


def fetch(
    address: Address,
    *,
    previous: Conditional | None = None,
    limits: Limits = Limits(),
    on_progress: Callable[[int, int | None], None] = _quiet,
    transport: httpx2.BaseTransport | None = None,
    waiting: Waiting = Waiting(),
) -> Fetched | NotModified:
    """The whole file at an address, or the news that it has not changed; a partial answer is never returned.

    `on_progress` is told bytes received and bytes expected (None where the server does not say). Attempts that may end
    differently later are made again, with pauses that double; their jitter follows from the address.

    Raises:
        VeedorError: one of SRC050 to SRC064; nothing has been kept then.
    """
    if not address.url:
        raise NoAddressError(where=address.page, source=address.source, note=address.note)
    errand = _Errand(
        previous=previous,
        limits=limits,
        on_progress=on_progress,
        transport=transport,
        waiting=waiting,
        deadline=waiting.elapsed() + limits.total_seconds,
    )
    for attempt in range(1, limits.attempts + 1):
        try:
            return _follow(errand, address.url)
        except _AgainError as failed:
            pause = failed.asked if failed.asked is not None else _pause(address.url, attempt, limits)
            if attempt == limits.attempts or pause >= errand.left():
                raise failed.error from failed.__cause__
        waiting.sleep(pause)
    raise AssertionError("a fetch makes at least one attempt")


def shown(url: httpx2.URL | str) -> str:
    """An address as people may see it: without name, password and query, which may hold a key."""
    try:
        parsed = httpx2.URL(url)
    except (httpx2.InvalidURL, ValueError):
        return clean(str(url), limit=200)
    query = "?…" if parsed.query else ""
    return clean(str(parsed.copy_with(username=None, password=None, query=None, fragment=None)) + query, limit=200)


def _pause(url: str, attempt: int, limits: Limits) -> float:
    # Jitter keeps many sources from coming back at once; taken from the address, it is the same in every repetition.
    share = int.from_bytes(hashlib.sha256(f"{url}#{attempt}".encode()).digest()[:4]) / 2**32
    return min(limits.first_pause_seconds * float(1 << (attempt - 1)) * (0.75 + share / 2), limits.longest_wait_seconds)


def _follow(errand: _Errand, start: str) -> Fetched | NotModified:
    url = _web_address(start, None)
    errand.near = _is_near(url.host)
    for hop in range(errand.limits.redirects + 1):
        answer = _ask(errand, url, first=hop == 0)
        if not isinstance(answer, httpx2.URL):
            return answer
        if _is_near(answer.host) and not errand.near:
            raise RedirectRefusedError(where=shown(url), address=shown(answer))
        url = answer
    raise TooManyRedirectsError(where=shown(start), limit=errand.limits.redirects)


def _web_address(text: str, base: httpx2.URL | None) -> httpx2.URL:
    try:
        url = httpx2.URL(text) if base is None else base.join(text)
    except (httpx2.InvalidURL, ValueError) as error:
        refused = NotAWebAddressError if base is None else RedirectOffWebError
        raise refused(where=shown(base or text), address=shown(text)) from error
    if base is None and (url.scheme not in {"http", "https"} or not url.host):
        raise NotAWebAddressError(where=shown(url), address=shown(url))
    if base is not None and (url.scheme not in {"https", base.scheme} or not url.host):
        raise RedirectOffWebError(where=shown(base), address=shown(url))
    return url


def _is_near(host: str) -> bool:
    """Whether a host name or address, as written, lies on this machine or in a private network."""
    try:
        found = ipaddress.ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        return host.rstrip(".").casefold() == "localhost" or host.rstrip(".").casefold().endswith(".localhost")
    inner = getattr(found, "ipv4_mapped", None) or found
    return not inner.is_global


@dataclass(slots=True, kw_only=True)
class _Line:
    """One connection being made: it checks whom it reached before anything is sent, and can be cut when time is up.

    Limits on single reads do not end an answer that drips; closing the socket does, whatever the library waits for.
    """

    errand: _Errand
    url: httpx2.URL
    first: bool
    answered: bool = False
    received: int = 0
    expired: bool = False
    _host: str = ""
    _stream: object = field(default=None)

    def trace(self, event: str, info: Mapping[str, object]) -> None:
        if event == "connection.connect_tcp.started":
            self._host = str(info["host"])
        elif event.endswith(("connect_tcp.complete", "start_tls.complete")):
            self._stream = info["return_value"]
            self._check_peer()
            if self.expired:
                self.cut()

    def _extra(self, name: str) -> object:
        get = getattr(self._stream, "get_extra_info", None)
        return get(name) if get is not None else None

    def _check_peer(self) -> None:
        peer = self._extra("server_addr")
        if self._host != self.url.raw_host.decode("ascii") or not isinstance(peer, tuple):
            return  # a proxy resolves names itself: the literal address was checked before
        near = _is_near(str(peer[0]))
        if self.first:
            self.errand.near = near
        elif near and not self.errand.near:
            raise RedirectRefusedError(where=shown(self.url), address=str(peer[0]))

    def cut(self) -> None:
        self.expired = True
        line = self._extra("socket")
        if isinstance(line, socket.socket):
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)


def _ask(errand: _Errand, url: httpx2.URL, *, first: bool) -> Fetched | NotModified | httpx2.URL:
    errand.check_time(url)
    line = _Line(errand=errand, url=url, first=first)
    watch = threading.Timer(errand.left(), line.cut)
    watch.daemon = True
    watch.start()
    try:
        limits = errand.limits
        timeout = httpx2.Timeout(limits.read_seconds, connect=limits.connect_seconds)
        with (
            httpx2.Client(transport=errand.transport, timeout=timeout, verify=_trusted(), follow_redirects=False) as client,
            client.stream("GET", url, headers=_question(errand.previous), extensions={"trace": line.trace}) as response,
        ):
            line.answered = True
            return _answer(errand, line, response)
    except httpx2.TransportError as error:
        raise _told(errand, line, error) from error
    finally:
        watch.cancel()


def _told(errand: _Errand, line: _Line, error: httpx2.TransportError) -> Exception:
    where = shown(line.url)
    if line.expired or errand.left() <= 0:
        return TooSlowError(where=where, seconds=int(errand.limits.total_seconds))
    if isinstance(error, httpx2.ConnectTimeout):
        return _AgainError(TooSlowError(where=where, seconds=int(errand.limits.connect_seconds)))
    if isinstance(error, httpx2.TimeoutException):
        return _AgainError(TooSlowError(where=where, seconds=int(errand.limits.read_seconds)))
    if line.answered:
        return _AgainError(CutOffError(where=where, received=line.received))
    if isinstance(error, httpx2.ProtocolError):
        return _AgainError(GarbledAnswerError(where=where, why=str(error)))
    return _AgainError(NotReachedError(where=where, why=str(error) or type(error).__name__))


@lru_cache(maxsize=1)
def _trusted() -> ssl.SSLContext:
    # Reading the certificates takes longer than most answers; they are the same for every question.
    return httpx2.create_ssl_context()


@lru_cache(maxsize=1)
def _agent() -> str:
    return f"veedor/{version('veedor')}"


def _question(previous: Conditional | None) -> dict[str, str]:
    # Unencoded: what is stored should be the bytes the publisher keeps, and their announced length should be theirs.
    asked = {"accept": "*/*", "accept-encoding": "identity", "user-agent": _agent()}
    if previous is not None and repeatable(previous.etag):
        asked["if-none-match"] = previous.etag
    if previous is not None and repeatable(previous.last_modified):
        asked["if-modified-since"] = previous.last_modified
    return {name: value for name, value in asked.items() if value}


def _answer(errand: _Errand, line: _Line, response: httpx2.Response) -> Fetched | NotModified | httpx2.URL:
    status, headers, where = response.status_code, response.headers, shown(line.url)
    if status in _POINTS_ON and headers.get("location"):
        return _web_address(headers["location"], line.url)
    if status in _TRY_AGAIN:
        raise _failed(errand, status, asked_wait(headers), where)
    if status == 304 and not _CONDITIONS.isdisjoint(response.request.headers):
        return NotModified(url=_kept_address(line.url), facts=facts(headers))
    if 400 <= status < 500:
        raise RefusedError(where=where, status=str(status))
    if status != 200:
        raise UnexpectedAnswerError(where=where, why=_STATUS(status=str(status)))
    if kind := page_kind(headers):
        raise WebPageError(where=where, kind=kind)
    data = _body(errand, line, response)
    if kind := page_kind(headers, data):
        raise WebPageError(where=where, kind=kind)
    if not data:
        raise EmptyAnswerError(where=where)
    conditional = Conditional(etag=repeatable(headers.get("etag", "")), last_modified=repeatable(headers.get("last-modified", "")))
    return Fetched(url=_kept_address(line.url), data=data, facts=facts(headers), conditional=conditional)


def _failed(errand: _Errand, status: int, asked: int | None, where: str) -> Exception:
    if asked is not None and asked > errand.limits.longest_wait_seconds:
        return AskedToWaitError(where=where, status=str(status), seconds=asked)
    return _AgainError(ServerFailedError(where=where, status=str(status), attempts=errand.limits.attempts), asked)


def _kept_address(url: httpx2.URL) -> str:
    return str(url.copy_with(username=None, password=None, fragment=None))


def _body(errand: _Errand, line: _Line, response: httpx2.Response) -> bytes:
    where, expected = shown(line.url), declared_length(response.headers)
    if expected is not None and expected > errand.limits.max_bytes:
        raise TooLargeError(where=where, limit=errand.limits.max_bytes)
    try:
        data = unpacked(
            _counted(errand, line, response, expected),
            response.headers.get("content-encoding", ""),
            max_bytes=errand.limits.max_bytes,
            where=where,
        )
    except (CutOffError, GarbledAnswerError) as error:
        raise _AgainError(error) from error
    if expected is not None and line.received != expected:
        raise _AgainError(CutOffError(where=where, received=line.received))
    return data


def _counted(errand: _Errand, line: _Line, response: httpx2.Response, expected: int | None) -> Iterator[bytes]:
    for chunk in response.iter_raw():
        line.received += len(chunk)
        errand.check_time(line.url)
        errand.on_progress(line.received, expected)
        yield chunk
