"""`veedor fetch` against a server on loopback that does what publishers' servers do on bad days."""

from __future__ import annotations

import gzip
import http.server
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from veedor.kernel.errors import DONE, UNREACHABLE, USAGE
from veedor.sources.remote import Limits, Waiting, fetch

Veedor = Callable[..., Any]  # of conftest.py, which test modules cannot import
Contents = Callable[[Path], dict[str, str]]
SEIZURES, LISTED = "cbp-drug-seizures", "sat-69b"


@dataclass
class Site:
    """A publisher's site: what each path answers next, and what it was asked."""

    url: str
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    answers: dict[str, list[Callable[[http.server.BaseHTTPRequestHandler], None]]] = field(default_factory=dict)

    def on(self, path: str, *answers: Callable[[http.server.BaseHTTPRequestHandler], None]) -> str:
        """Lay down the answers of a path, the last one for ever; its address."""
        self.answers[path] = list(answers)
        return self.url + path


def reply(status: int, body: bytes = b"", **headers: str) -> Callable[[http.server.BaseHTTPRequestHandler], None]:
    """An answer with these headers; Content-Length is that of the body unless it is given."""

    def answer(handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **{name.replace("_", "-"): value for name, value in headers.items()}}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)
        handler.close_connection = True

    return answer


@pytest.fixture
def site() -> Iterator[Site]:
    """The site, served until the test ends."""

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002, its name in the standard library
            return

        def do_GET(self) -> None:
            made.asked.append((self.path, {name.casefold(): value for name, value in self.headers.items()}))
            left = made.answers[self.path]
            (left.pop(0) if len(left) > 1 else left[0])(self)

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    made = Site(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield made
    server.shutdown()
    server.server_close()
    thread.join(5)


@pytest.fixture(autouse=True)
def _without_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses between attempts pass at once, and what is too large is smaller."""
    limits = replace(Limits(), max_bytes=4 << 20, read_seconds=5, total_seconds=30)
    monkeypatch.setattr("veedor.project.fetching.fetch", partial(fetch, limits=limits, waiting=Waiting(sleep=lambda _: None)))


@pytest.fixture
def project(veedor: Veedor, tmp_path: Path) -> Path:
    """An empty project on a small accord."""
    veedor("new", str(tmp_path / "p"), "--accord", "merida-conditions")
    return tmp_path / "p"


@pytest.fixture(scope="module")
def table(pristine: Path) -> bytes:
    """A whole table of seizures."""
    return (pristine / "files" / "synthetic-cbp-drug-seizures.csv").read_bytes()


def addressed(project: Path, **addresses: str) -> None:
    """Set the addresses of sources in the project file."""
    lines = "".join(f'"{name.replace("_", "-")}" = "{url}"\n' for name, url in addresses.items())
    file = project / "veedor.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("[addresses]\n", f"[addresses]\n{lines}"), encoding="utf-8")


def held(veedor: Veedor, project: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(veedor("snapshots", "--format", "json", project=project).out)["snapshots"]
    return found


def test_a_file_is_fetched_and_not_sent_again_until_it_changes(
    veedor: Veedor, project: Path, site: Site, table: bytes, contents: Contents
) -> None:
    changed = table.replace(b",1", b",2", 1)
    dated = {"Content_Type": "text/csv", "Last_Modified": "Tue, 18 Jun 2024 10:00:00 GMT"}
    url = site.on(
        "/files/drugs.csv",
        reply(200, table, ETag='"a1"', Server="\x1b[2Jpublisher", **dated),
        reply(304, ETag='"a1"'),
        reply(200, changed, ETag='"b2"', Content_Type="text/csv", Last_Modified="Thu, 18 Jul 2024 10:00:00 GMT"),
    )
    addressed(project, cbp_drug_seizures=url)
    first = veedor("fetch", SEIZURES, project=project)
    assert first.code == DONE, first.err
    (one,) = held(veedor, project)
    assert (one["source"], one["usable"], one["known_from"]) == (SEIZURES, True, "2024-06-18")
    (capture,) = one["captures"]
    assert (capture["address"], capture["name"]) == (url, "drugs.csv")
    assert "\x1b" not in "".join(path.read_text(encoding="utf-8") for path in project.glob("evidence/captures/*/*.json"))
    before = contents(project)
    again = veedor("fetch", SEIZURES, project=project)
    assert (again.code, again.out) == (DONE, f"{SEIZURES}: not changed since the last capture\n")
    assert site.asked[1][1]["if-none-match"] == '"a1"'
    assert contents(project) == before
    later = veedor("fetch", SEIZURES, project=project)
    assert later.code == DONE
    assert [one["known_from"] for one in held(veedor, project)] == ["2024-06-18", "2024-07-18"]


def test_offline_nothing_is_asked(veedor: Veedor, project: Path, site: Site, table: bytes, contents: Contents) -> None:
    addressed(project, cbp_drug_seizures=site.on("/drugs.csv", reply(200, table)))
    before = contents(project)
    said = veedor("--offline", "fetch", SEIZURES, project=project)
    assert (said.code, said.out, site.asked) == (UNREACHABLE, "", [])
    assert "error[PRO009]" in said.err
    assert "none of 1 addresses was asked" in said.err
    assert contents(project) == before


def test_a_source_that_is_not_registered_stops_before_anything_is_asked(veedor: Veedor, project: Path, site: Site, table: bytes) -> None:
    addressed(project, cbp_drug_seizures=site.on("/drugs.csv", reply(200, table)))
    said = veedor("fetch", SEIZURES, "cbp-drug-seizure", project=project)
    assert (said.code, site.asked) == (USAGE, [])
    assert f'("{SEIZURES}"?)' in said.err


def test_one_that_fails_does_not_keep_the_others_out(veedor: Veedor, project: Path, site: Site, pristine: Path, table: bytes) -> None:
    listed = (pristine / "files" / "synthetic-sat-69b.csv").read_bytes()
    addressed(project, cbp_drug_seizures=site.on("/gone.csv", reply(404)), sat_69b=site.on("/69b.csv", reply(200, listed)))
    said = veedor("fetch", SEIZURES, LISTED, project=project)
    assert said.code == UNREACHABLE
    assert "error[SRC059]" in said.err
    assert "1 of 2 addresses gave nothing" in said.err
    assert [one["source"] for one in held(veedor, project)] == [LISTED]


def test_a_server_that_recovers_is_asked_again(veedor: Veedor, project: Path, site: Site, table: bytes) -> None:
    answers = (reply(500), reply(503, Retry_After="1"), reply(200, table[:900], Content_Length=str(len(table))), reply(200, table))
    addressed(project, cbp_drug_seizures=site.on("/drugs.csv", *answers))
    said = veedor("fetch", SEIZURES, project=project)
    assert (said.code, len(site.asked)) == (DONE, 4), said.err
    assert held(veedor, project)[0]["usable"]


BOMB = gzip.compress(bytes(8 << 20))
PAGE = b"<!DOCTYPE html><html><head><title>Sign in\x1b[2J</title></head><body>busy</body></html>"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        pytest.param(reply(200, b"Year,Month\n2024,1\n", Content_Length="900"), "SRC057", id="truncated"),
        pytest.param(reply(500, b"oops"), "SRC058", id="500"),
        pytest.param(reply(403, b"no"), "SRC059", id="403"),
        pytest.param(reply(200, PAGE, Content_Type="text/html"), "SRC060", id="web page with 200"),
        pytest.param(reply(200, PAGE, Content_Type="text/csv"), "SRC060", id="web page called CSV"),
        pytest.param(reply(200, BOMB, Content_Encoding="gzip"), "SRC056", id="gzip bomb"),
        pytest.param(reply(200, gzip.compress(b"a,b\n" * 99)[:-9], Content_Encoding="gzip"), "SRC057", id="gzip cut off"),
        pytest.param(reply(200, b"not gzip at all", Content_Encoding="gzip"), "SRC063", id="gzip that is none"),
        pytest.param(reply(302, Location="file:///etc/passwd"), "SRC065", id="redirect to file"),
        pytest.param(reply(302, Location="ftp://127.0.0.1/x"), "SRC065", id="redirect to ftp"),
        pytest.param(reply(302, Location="/drugs.csv"), "SRC053", id="redirect for ever"),
        pytest.param(reply(200, b""), "SRC064", id="nothing"),
        pytest.param(reply(200, b"a,b\n1,2\n"), "SRC001", id="some other table"),
    ],
)
def test_what_is_no_table_of_the_source_leaves_the_project_as_it_was(  # noqa: PLR0917, six things it needs and the case
    veedor: Veedor, project: Path, site: Site, contents: Contents, table: bytes, answer: Callable[..., None], code: str
) -> None:
    addressed(project, cbp_drug_seizures=site.on("/drugs.csv", reply(200, table), answer))
    assert veedor("fetch", SEIZURES, project=project).code == DONE
    before = contents(project)
    said = veedor("fetch", SEIZURES, project=project)
    assert (said.code, said.out) == (UNREACHABLE, "")
    assert f"error[{code}]" in said.err
    assert "1 of 1 addresses gave nothing; what was held stays in use." in said.err
    assert "\x1b" not in said.err
    assert "root:" not in said.err
    assert contents(project) == before


def test_a_server_that_is_not_there(veedor: Veedor, project: Path, contents: Contents) -> None:
    addressed(project, cbp_drug_seizures="http://127.0.0.1:9/drugs.csv")
    before = contents(project)
    said = veedor("fetch", SEIZURES, project=project)
    assert said.code == UNREACHABLE
    assert "error[SRC054]" in said.err
    assert contents(project) == before


@pytest.mark.parametrize("url", ["ftp://127.0.0.1/x", "file:///etc/passwd", "no address", ""])
def test_an_address_that_is_none_is_said(veedor: Veedor, project: Path, url: str, contents: Contents) -> None:
    addressed(project, cbp_drug_seizures=url)
    before = contents(project)
    said = veedor("fetch", SEIZURES, project=project)
    assert said.code == UNREACHABLE
    assert "error[SRC05" in said.err
    assert contents(project) == before


# A table that changed its shape ------------------------------------------------------------------------------------------------------


def test_a_table_that_lost_a_column_is_kept_and_the_last_good_vintage_stays_in_use(
    veedor: Veedor, project: Path, site: Site, table: bytes
) -> None:
    lost = table.replace(b"Area of Responsibility", b"Region of Somebody", 1).replace(b"Sum Qty (lbs)", b"Sum of all", 1)
    dated = [{"Last_Modified": "Tue, 18 Jun 2024 10:00:00 GMT"}, {"Last_Modified": "Thu, 18 Jul 2024 10:00:00 GMT"}]
    addressed(project, cbp_drug_seizures=site.on("/drugs.csv", reply(200, table, **dated[0]), reply(200, lost, **dated[1])))
    assert veedor("fetch", SEIZURES, project=project).code == DONE
    figures = veedor("indicators", "fentanyl_seized", "--format", "csv", project=project)
    assert figures.code == DONE
    said = veedor("fetch", SEIZURES, project=project)
    assert said.code == UNREACHABLE
    assert "is kept but UNUSABLE; the last good vintage stays in use" in said.out
    assert "SRC010" in said.err
    assert "Sum Qty (lbs)" in said.err
    good, bad = sorted(held(veedor, project), key=lambda one: one["known_from"])
    assert (good["usable"], bad["usable"], bad["records"]) == (True, False, {})
    assert any("Sum Qty (lbs)" in problem for problem in bad["problems"])
    (kept,) = project.glob(f"evidence/bytes/*/{bad['digest']}")
    assert kept.read_bytes() == lost
    assert veedor("indicators", "fentanyl_seized", "--format", "csv", project=project).out == figures.out
    listed = veedor("snapshots", "--check", project=project)
    assert listed.code == DONE
    assert "UNUSABLE" in listed.out
    compared = veedor("diff", SEIZURES, good["digest"], bad["digest"], project=project)
    assert (compared.code, compared.out) == (USAGE, "")
    assert "error[PRO011]" in compared.err
