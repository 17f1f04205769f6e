"""Where publishers keep their files: defaults that come with the program, and what a project sets in their place."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from types import MappingProxyType

from veedor.kernel.language import N_, Sentence, Template

_NOTES = {
    "stays": Template("src.address.stays", N_("The publisher keeps this address for the newest file.")),
    "per-release": Template(
        "src.address.per-release",
        N_("Each release has its own address; this is the one of a known release. Look at {page} for a newer one."),
    ),
    "by-hand": Template(
        "src.address.by-hand",
        N_("Each release has its own address, or is given only through a form. The file is found at {page}."),
    ),
    "derived": Template(
        "src.address.derived",
        N_("The publisher gives these figures in another layout; this source reads a table made from them. See {page}."),
    ),
    "non-commercial": Template(
        "src.address.non-commercial",
        N_("The publisher allows non-commercial use only, under its terms at {page}; download the file there after reading them."),
    ),
    "set-by-project": Template("src.address.set", N_("This address was set by the project.")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where one file of a source is fetched; an empty `url` means that it must be downloaded by hand."""

    source: str  # name of the source, or name:part where a source publishes several files
    url: str
    note: Sentence
    page: str = ""  # the page a person opens to find the file


@lru_cache(maxsize=1)
def _defaults() -> Mapping[str, Address]:
    with resources.files("veedor.sources").joinpath("addresses.toml").open("rb") as packaged:
        return MappingProxyType({name: _address(name, entry) for name, entry in tomllib.load(packaged).items()})


def _address(name: str, entry: Mapping[str, str]) -> Address:
    page = entry["page"]
    template = _NOTES[entry["note"]]
    note = template(page=page) if "{page}" in template.words else template()
    return Address(source=name, url=entry.get("url", ""), note=note, page=page)


def addresses(overrides: Mapping[str, str]) -> Mapping[str, Address]:
    """Every known address by name; those a project sets replace the packaged ones, or add to them."""
    found = dict(_defaults())
    for name, url in overrides.items():
        page = found[name].page if name in found else ""
        found[name] = Address(source=name, url=url.strip(), note=_NOTES["set-by-project"](), page=page)
    return MappingProxyType(dict(sorted(found.items())))


def of_source(known: Mapping[str, Address], source: str) -> tuple[Address, ...]:
    """All addresses of one source: its own, and those of its parts (`ofac-sdn:add`), in order of name."""
    return tuple(address for name, address in known.items() if name == source or name.startswith(f"{source}:"))
