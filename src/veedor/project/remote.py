"""The two ends of a witness's line: asking a witness to sign, and answering those who ask this node. C2SP tlog-witness over HTTP."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

import httpx2

from veedor.evidence.log.witness_state import MOST_BYTES
from veedor.kernel.errors import VeedorError
from veedor.kernel.text import clean
from veedor.project.ledger_errors import WitnessAddressError, WitnessUnreachableError

PATH = "add-checkpoint"
TEXT = "text/plain; charset=utf-8"
_MOST_ANSWER = 1 << 16  # a few signature lines; ML-DSA-44 takes 3.3 kB
_SECONDS = 20.0  # a whole errand, on either end
_AT_ONCE = 32
_BOTH_WAYS = 2  # SHUT_RDWR


class Answer(NamedTuple):
    """What a witness answers."""

    status: int
    kind: str
    body: bytes


def ask(name: str, url: str, body: bytes) -> Answer:
    """Send a request to cosign to the witness at an address, and return its answer whatever it is.

    Raises:
        WitnessUnreachableError: there was no whole answer within the time and size that one may take.
    """
    address = f"{url.rstrip('/')}/{PATH}"
    ends = time.monotonic() + _SECONDS
    try:
        timeout = httpx2.Timeout(_SECONDS / 2)
        with (
            httpx2.Client(timeout=timeout, follow_redirects=False) as client,
            client.stream("POST", address, content=body, headers={"content-type": TEXT}) as response,
        ):
            data = b""
            for chunk in response.iter_bytes():
                data += chunk
                if len(data) > _MOST_ANSWER or time.monotonic() > ends:
                    raise WitnessUnreachableError(where=address, name=name, why=f"> {_MOST_ANSWER} B / {_SECONDS:.0f} s")
            return Answer(response.status_code, response.headers.get("content-type", ""), data)
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
        raise WitnessUnreachableError(where=address, name=name, why=clean(f"{type(error).__name__}: {error}", limit=200)) from error


@contextmanager
def listening(host: str, port: int, answer: Callable[[bytes], Answer], tell: Callable[[VeedorError], None]) -> Iterator[Serving]:
    """A witness that listens at an address of this machine, and stops when the block ends. `tell` hears why an answer failed.

    Raises:
        WitnessAddressError: the address cannot be listened at.
    """
    try:
        made = Serving(host, port, answer, tell)
    except (OSError, OverflowError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise WitnessAddressError(host=host, port=port, why=why) from error
    with made:
        yield made


class Serving(ThreadingHTTPServer):
    """The server: each request in a thread of its own, a few at once, none for long."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, host: str, port: int, answer: Callable[[bytes], Answer], tell: Callable[[VeedorError], None]) -> None:
        self.answer = answer
        self.tell = tell
        self._places = threading.BoundedSemaphore(_AT_ONCE)
        super().__init__((host, port), _Handler)

    @property
    def address(self) -> str:
        """Where it listens."""
        host, port = self.server_address[:2]
        return f"http://{host!s}:{port}"

    def process_request(self, request: Any, client_address: Any) -> None:  # noqa: ANN401, the library's own types
        """Begin to answer, unless as many as may be are being answered."""
        if self._places.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:  # noqa: ANN401, the library's own types
        """Answer one, and cut the line when time is up: a limit on single reads does not end a request that drips."""
        ends = threading.Timer(_SECONDS, _cut, (request,))
        ends.daemon = True
        ends.start()
        try:
            super().process_request_thread(request, client_address)
        finally:
            ends.cancel()
            self._places.release()

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401, the library's own types
        """A line that broke is nobody's news, and who asks is written down nowhere."""


def _cut(request: Any) -> None:  # noqa: ANN401, a socket
    with suppress(OSError):
        request.shutdown(_BOTH_WAYS)


class _Handler(BaseHTTPRequestHandler):
    """One request: its path and length are checked here, everything else by the witness."""

    server: Serving
    timeout = _SECONDS / 2

    def do_POST(self) -> None:
        """Answer a request to cosign."""
        if self.path.partition("?")[0] != f"/{PATH}":
            self._send(Answer(404, TEXT, b"no such path\n"))
            return
        length = self.headers.get("content-length", "")
        if not (length.isascii() and length.isdigit()) or len(length) > 9:
            self._send(Answer(411, TEXT, b"length required\n"))
        elif int(length) > MOST_BYTES:
            self._send(Answer(413, TEXT, b"too long\n"))
        else:
            body = self.rfile.read(int(length))
            self._send(self._answer(body) if len(body) == int(length) else Answer(400, TEXT, b"cut short\n"))

    def _answer(self, body: bytes) -> Answer:
        try:
            return self.server.answer(body)
        except VeedorError as error:  # nothing is signed that was not stored before
            self.server.tell(error)
            return Answer(503, TEXT, f"{error.code}\n".encode())

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.kind)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def version_string(self) -> str:
        """The program and nothing about the machine."""
        return "veedor"

    def log_message(self, *_: Any) -> None:  # noqa: ANN401, the library's own types
        """Nothing: who asks is written down nowhere."""
