"""Text that came from outside, made safe to show: a terminal is a security boundary."""

from __future__ import annotations

import re
import unicodedata

# Escape sequences first, whole, so that what remains of them does not look like text.
_ESCAPES = re.compile(r"\x1b(?:\][^\x07\x1b]*(?:\x07|\x1b\\)|\[[0-?]*[ -/]*[@-~]|[@-_])|\x9b[0-?]*[ -/]*[@-~]")
# Bidirectional overrides and isolates can make a line read as something else than its bytes say (Unicode TR 36, section 3).
_BIDI = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def clean(text: str, *, limit: int = 2000) -> str:
    """One line without escapes, control bytes, line breaks or direction overrides, at most `limit` characters."""
    text = _ESCAPES.sub("", text).translate(_BIDI)
    text = "".join(" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in text)
    text = "".join(c for c in text if unicodedata.category(c) not in {"Cs", "Co"})
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def fold(text: str) -> str:
    """Lower case without accents or doubled spaces: the key under which names of places and columns are compared."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(bare.casefold().split())


def slug(text: str) -> str:
    """A lower-case identifier of letters, digits and hyphens made from `text`."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
