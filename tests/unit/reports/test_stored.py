"""Every report in both languages, compared with the document that is stored: a changed sentence shows up in review."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from syrupy.assertion import SnapshotAssertion

from veedor.accord.lint import Finding
from veedor.kernel.language import LANGUAGES
from veedor.reports import markdown
from veedor.reports.agenda import agenda
from veedor.reports.changes import Held, changes
from veedor.reports.document import Document
from veedor.reports.methods import methods
from veedor.reports.parts import Shelf
from veedor.reports.requests import requests
from veedor.verdicts.verdict import Judgement


def masked(text: str) -> str:
    """Digests change with every new field of a verdict; tests of their own look at them."""
    return re.sub(r"\b[0-9a-f]{12}\b", "(digest)", re.sub(r"\b[0-9a-f]{64}\b", "(whole digest)", text))


@pytest.fixture
def documents(
    shelf: Shelf, judgement: Judgement, findings: tuple[Finding, ...], judged: Callable[..., Judgement], keep: Callable[..., object]
) -> dict[str, Document]:
    before, after = keep(judged(date(2020, 6, 1), acts=())), keep(judgement)
    return {
        "agenda": agenda(shelf.accord, judgement, findings),
        "methods": methods(shelf, judgement, synthetic=True),
        "requests": requests(shelf, judgement),
        "changes": changes(before, after, Held(title=judgement.title, snapshots={})),
    }


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["agenda", "methods", "requests", "changes"])
def test_the_document_is_the_stored_one(documents: dict[str, Document], snapshot: SnapshotAssertion, name: str, lang: str) -> None:
    assert masked(markdown.render(documents[name], lang)) == snapshot
