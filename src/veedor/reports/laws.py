"""The laws under which records are asked for, read from `access_laws.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """A law of access to records. Its texts are in its own language, in which a request is written."""

    key: str
    language: str
    name: str
    through: str
    terms: tuple[str, ...]


@lru_cache(maxsize=1)
def laws() -> Mapping[str, Law]:
    """The law that binds each controller, by the controller's code."""
    found = tomllib.loads(resources.files("veedor.reports").joinpath("access_laws.toml").read_text(encoding="utf-8"))
    known = {key: Law(key=key, **{**law, "terms": tuple(law["terms"])}) for key, law in found["laws"].items()}
    return {controller: known[key] for controller, key in found["controllers"].items()}
