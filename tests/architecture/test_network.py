"""Tests reach the servers that they start themselves, and nothing else."""

from __future__ import annotations

import asyncio
import socket
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import httpx2
import pytest


class _Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"here")

    def log_message(self, *_: object) -> None:
        """Nothing on stderr."""


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_server_of_our_own_answers(host: str) -> None:
    with HTTPServer(("127.0.0.1", 0), _Answer) as server:
        serving = threading.Thread(target=server.handle_request)
        serving.start()
        with httpx2.Client(trust_env=False) as client:
            assert client.get(f"http://{host}:{server.server_port}/").content == b"here"
        serving.join()


def test_asyncio_works() -> None:
    async def talk() -> bytes:
        async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(b"here")
            writer.close()
            await writer.wait_closed()

        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        async with server:
            reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
            said = await reader.read()
            writer.close()
            await writer.wait_closed()
        return said

    assert asyncio.run(talk()) == b"here"


def test_sockets_inside_the_machine_work() -> None:
    one, other = socket.socketpair()
    with one, other:
        one.sendall(b"here")
        assert other.recv(4) == b"here"


@pytest.mark.parametrize("address", ["192.0.2.1", "2001:db8::1", "example.org"])  # addresses kept for documentation
def test_the_world_outside_does_not(address: str) -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as outward, pytest.raises((RuntimeError, UserWarning), match="A test tried to use"):
        outward.connect((address, 80))
