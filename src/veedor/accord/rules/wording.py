"""How a commitment is worded: verbs that bind nobody, words in one language only, paraphrases without the text itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import BaseModel

from veedor.accord.model import Words
from veedor.accord.rules.lens import Finding, Lens, Repair, Rule
from veedor.accord.tree import Trail
from veedor.kernel.language import N_, Template, Text
from veedor.kernel.text import clean, fold

UNTRANSLATED = Rule(
    "ACC119",
    "warning",
    Template("acc.119", N_('It has no Spanish words: "{words}"')),
    N_("An accord has two authentic languages. A text in one of them only is read by one party only."),
)
NO_QUOTE = Rule(
    "ACC120",
    "warning",
    Template("acc.120", N_("It is a paraphrase without the exact words of the text.")),
    N_(
        "For an accord that rests on a real text, `quotes` gives the exact words in each authentic language, with the document. What "
        "the program judges can then be compared with what was signed."
    ),
)
HIDDEN_MARK = Rule(
    "ACC121",
    "warning",
    Template("acc.121", N_("An invisible mark changes the direction of this text ({mark}): it may read otherwise than its letters say.")),
    N_("Marks such as U+202E reorder what a person sees and leave what a program reads. Remove them before anyone signs."),
)
SOFT = Rule(
    "ACC210",
    "warning",
    Template("acc.210", N_('The duty is "{duty}", but "{word}" binds nobody to anything.')),
    N_(
        "Verbs such as endeavour, consider, promote or strengthen describe an effort of any size. Name the act that is done, or the "
        "figure that moves. A clause is not a duty because it says shall."
    ),
)
RULES = (UNTRANSLATED, NO_QUOTE, HIDDEN_MARK, SOFT)

# Whole forms only: "procuraduría" (a prosecutor's office) is no "procurar", and asylum seekers seek nothing here.
_SOFT_EN = (
    r"endeavou?r(?:s|ed|ing)?|seeks?(?: to)?|seeking to|sought to|considers?|considering|intends?(?: to)?|intending to"
    r"|aims?(?: to)?|aiming to|strives?|striving|attempts?(?: to)?|tr(?:y|ies) to|as appropriate|where appropriate|where possible"
    r"|as far as possible|to the extent possible|best efforts|strengthen(?:s|ed|ing)?|promot(?:es?|ed|ing)|explor(?:es?|ed|ing)"
    r"|encourag(?:es?|ed|ing)|foster(?:s|ed|ing)?|enhanc(?:es?|ed|ing)|deepen(?:s|ed|ing)?|facilitat(?:es?|ed|ing)"
    r"|work(?:s|ing)? towards?|advanc(?:es?|ing)|improv(?:es?|ed|ing)"
)
_SOFT_ES = (
    r"procur(?:ar|ara|aran|a|an|ando|en|e)|foment(?:ar|ara|aran|a|an|ando|en|e)|consider(?:ar|ara|aran|a|an|ando|en|e)"
    r"|busc(?:ar|ara|aran|a|an|ando)|busquen?|intent(?:ar|ara|aran|a|an|ando|en|e)|esforzarse|se esforzara(?:n)?|se esfuerzan?"
    r"|explor(?:ar|ara|aran|a|an|ando|en|e)|promov(?:er|era|eran|iendo)|promuev(?:e|en|a|an)"
    r"|fortalec(?:er|era|eran|e|en|iendo)|fortalezcan?|impuls(?:ar|ara|aran|a|an|ando|en|e)|contempl(?:ar|ara|aran|a|an)"
    r"|alent(?:ar|ara|aran)|alient(?:a|an)|profundiz(?:ar|ara|aran|a|an)|facilit(?:ar|ara|aran|a|an)|mejor(?:ar|ara|aran|a|an|ando)"
    r"|cuando proceda|segun (?:proceda|corresponda)|en la medida de lo posible|de ser posible|mejores esfuerzos|tratar(?:a|an)? de"
)
_SOFT = {"en": re.compile(rf"\b(?:{_SOFT_EN})\b"), "es": re.compile(rf"\b(?:{_SOFT_ES})\b")}
_HIDDEN = re.compile("[\u202a-\u202e\u2066-\u2069]")


def soft_word(text: str, lang: str) -> str:
    """The first word of a text, in `en` or `es`, that binds nobody; empty where there is none."""
    pattern = _SOFT.get(lang)
    found = pattern.search(fold(text)) if pattern else None
    return found.group() if found else ""


def check(lens: Lens) -> Iterator[Finding]:
    """Every weakness of wording."""
    for name in lens.accord.commitments:
        yield from _soft(lens, name)
        yield from _paraphrase(lens, name)
    for trail, words in _texts(lens.accord, ()):
        if not words.es:
            yield lens.find(UNTRANSLATED, trail, words=clean(words.en, limit=60))
    for trail in lens.file.positions:
        given = _value(lens, trail)
        hidden = _HIDDEN.search(given) if isinstance(given, str) else None
        if hidden:
            yield lens.find(HIDDEN_MARK, trail, mark=f"U+{ord(hidden.group()):04X}")


def _soft(lens: Lens, name: str) -> Iterator[Finding]:
    commitment = lens.accord.commitments[name]
    if commitment.duty == "should" or commitment.unlawful is not None:
        return
    top: Trail = ("commitments", name)
    # The test says what a soft verb leaves open; without one, nothing does.
    said: list[tuple[Trail, str, str]] = []
    if commitment.test is None and not any(reading.test is not None for reading in commitment.readings):
        said = [((*top, "says", lang), lang, getattr(commitment.says, lang)) for lang in ("en", "es")]
    said += [((*top, "quotes", lang, "text"), lang, quote.text) for lang, quote in commitment.quotes.items()]
    clause = Text(
        en="… must publish / deliver / carry out [what, how much, by when] …",
        es="… debe publicar / entregar / realizar [qué, cuánto, cuándo] …",
    )
    for trail, lang, text in said:
        word = soft_word(text, lang)
        if word:
            yield lens.find(SOFT, trail, Repair(clause=clause), duty=commitment.duty, word=word)


def _paraphrase(lens: Lens, name: str) -> Iterator[Finding]:
    accord = lens.accord
    is_real = accord.status in {"in-force", "ended"} or (accord.status == "draft" and bool(accord.documents))
    if is_real and not accord.commitments[name].quotes:
        cites = accord.commitments[name].cites
        section = f", section: {_quoted(cites.section)}" if cites.section else ""
        paste = f'quotes: {{en: {{text: "…", document: {_quoted(cites.document)}{section}}}}}'
        clause = Text(en="(the exact words of the text)", es="(las palabras exactas del texto)")
        yield lens.find(NO_QUOTE, ("commitments", name), Repair(clause=clause, paste=paste))


def _quoted(text: str) -> str:
    return '"' + clean(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _texts(found: object, trail: Trail) -> Iterator[tuple[Trail, Words]]:
    """Every bilingual text of a model, with the way to it."""
    if isinstance(found, Words):
        yield trail, found
    elif isinstance(found, BaseModel):
        for key in type(found).model_fields:
            yield from _texts(getattr(found, key), (*trail, key))
    elif isinstance(found, dict):
        for key, value in found.items():
            yield from _texts(value, (*trail, key))
    elif isinstance(found, tuple):
        for i, value in enumerate(found):
            yield from _texts(value, (*trail, i))


def _value(lens: Lens, trail: Trail) -> object:
    here: object = lens.file.plain
    for step in trail:
        if isinstance(here, list) and isinstance(step, int) and step < len(here):
            here = here[step]
        elif isinstance(step, str) and hasattr(here, "get"):
            here = here.get(step)
        else:
            return None
    return here
