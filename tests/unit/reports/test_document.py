"""Documents hold no language; what is rendered is exactly the text, whatever marks are in it."""

from __future__ import annotations

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from veedor.kernel import canonical
from veedor.kernel.language import LANGUAGES, N_, Text
from veedor.kernel.text import clean
from veedor.reports import markdown
from veedor.reports.document import Block, Clause, Document, Heading, Letter, Paragraph, Points, Table, Word, as_json, words
from veedor.verdicts import rows

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
HOSTILE = "# a *b* _c_ [d](https://x.test) `e` <script>f</script> &amp; ~~g~~ | h \\ ![i](j) \n\n> k"


def document(*blocks: Block, exercise: bool = True, synthetic: bool = True) -> Document:
    return Document(name="agenda", title="Title", exercise=exercise, synthetic=synthetic, blocks=blocks, data={"a": 1})


def read(text: str) -> str:
    """What a reader sees of Markdown: the text of every inline piece, and nothing of markup."""
    seen = []
    for token in READER.parse(text):
        for piece in token.children or ():
            assert piece.type in {"text", "text_special"}, f"{piece.type} in {text!r}"
            seen.append(piece.content)
    return "".join(seen)


@given(st.text())
def test_any_text_is_shown_as_it_is(text: str) -> None:
    given_ = clean(text).strip()
    assert read(markdown.escaped(given_)) == given_


@pytest.mark.parametrize("start", ["# ", "> ", "- ", "+ ", "= ", "1. ", "12) ", "=== ", "--- ", "* ", "| a |"])
def test_no_text_begins_a_block(start: str) -> None:
    text = f"{start}x"
    assert [token.type for token in READER.parse(markdown.escaped(text))] == ["paragraph_open", "inline", "paragraph_close"]
    assert read(markdown.escaped(text)) == text


def test_a_hostile_text_stays_in_its_cell() -> None:
    table = Table((Word(N_("Party")), Word(N_("Date"))), ((HOSTILE, "|"), (Text(en="a\n| b | c |"), "d")))
    rendered = markdown.render(document(table, exercise=False, synthetic=False), "en")
    cells = [token for token in READER.parse(rendered) if token.type == "td_open"]
    assert len(cells) == 4
    assert "<script>" not in READER.render(rendered)
    assert unescape(READER.render(rendered)).count("<script>f</script>") == 1


def test_labels_stand_before_anything_else_in_every_format() -> None:
    made = document(Heading("Head"))
    lines = markdown.render(made, "en").split("\n\n")
    assert lines[:2] == [f"**{rows.EXERCISE}**", "**made-up figures: every file of this project is synthetic**"]
    assert canonical.read(as_json(made, "en"))["labels"] == [rows.EXERCISE, "made-up figures: every file of this project is synthetic"]
    assert not document(exercise=False, synthetic=False).labels


def test_a_table_has_as_many_cells_as_headings() -> None:
    with pytest.raises(ValueError, match="cells"):
        Table((Word("Party"),), (("a", "b"),))


def test_a_letter_speaks_its_own_language_and_a_clause_both() -> None:
    says = Text(en="Do it.", es="Hágase.")
    made = document(
        Letter("es", (Paragraph((says,)), Points(((says,), (says,)), numbered=True))), Clause(says, "by: month 3"), Paragraph((says,))
    )
    rendered = markdown.render(made, "en")
    assert "> Hágase.\n>\n> 1. Hágase.\n> 2. Hágase." in rendered
    assert "> EN: Do it.\\\n> ES: Hágase.\\\n> `by: month 3`" in rendered
    assert rendered.rstrip().endswith("\nDo it.")


def test_a_line_to_paste_survives_backticks() -> None:
    rendered = markdown.render(document(Clause(Text(en="a"), "a: `b` ``c``")), "en")
    assert "``` a: `b` ``c`` ```" in rendered


@pytest.mark.parametrize("lang", LANGUAGES)
def test_json_says_the_words_and_the_data(lang: str) -> None:
    body = canonical.read(
        as_json(document(Heading("Head"), Paragraph(("a", "b")), Points((("c",),)), Table((Word("D"),), (("e",),))), lang)
    )
    assert body["format_version"] == 1
    assert body["data"] == {"a": 1}
    assert [next(iter(block)) for block in body["blocks"]] == ["heading", "paragraph", "list", "heads"]


def test_what_a_terminal_must_not_see_is_gone() -> None:
    assert words(Text(en="a\x1b[31mb\u202ec\n"), "en") == "abc "
