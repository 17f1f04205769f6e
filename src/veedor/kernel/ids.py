"""Names and their shapes: commitment ids are lower-case, error codes three capitals and three digits, so neither is taken for the other."""

from __future__ import annotations

import re

_NAME = re.compile(r"^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$")
_INDICATOR = re.compile(r"^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$")
_CODE = re.compile(r"^[A-Z]{3}[0-9]{3}$")
SHORT = 12


def is_name(text: str) -> bool:
    """Whether the text can name a commitment, an organ, a source: lower-case words joined by hyphens."""
    return _NAME.fullmatch(text) is not None


def is_indicator_name(text: str) -> bool:
    """Whether the text can name an indicator: lower-case words joined by underscores."""
    return _INDICATOR.fullmatch(text) is not None


def is_error_code(text: str) -> bool:
    """Whether the text has the shape of an error code, such as ACC012."""
    return _CODE.fullmatch(text) is not None


def short(digest: str) -> str:
    """The first twelve hexadecimal digits of a digest, as people quote it."""
    return digest[:SHORT]
