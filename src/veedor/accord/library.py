"""The accords that come with the program: real texts as far as they go, and worked examples to start from."""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable

from veedor.accord.reading import AccordFile, read_bytes
from veedor.kernel.language import N_
from veedor.kernel.registry import Registry

_FOLDER = ("veedor.accord", "library")
_END = ".yaml"


def library() -> Registry[Traversable]:
    """The shipped accord files by name; a name that is not there suggests the nearest."""
    folder = resources.files(_FOLDER[0]).joinpath(_FOLDER[1])
    return Registry(N_("accord"), {entry.name.removesuffix(_END): entry for entry in folder.iterdir() if entry.name.endswith(_END)})


def open_library(name: str) -> AccordFile:
    """A shipped accord, read and checked like any other.

    Raises:
        UnknownNameError: no accord of that name is shipped.
    """
    return read_bytes(library()[name].read_bytes(), f"library/{name}{_END}")
