"""Every real file of every publisher, against every installed source: none is claimed twice, none is mistaken."""

from __future__ import annotations

from collections import Counter

import pytest

from veedor.sources.errors import NotRecognisedError
from veedor.sources.recognise import recognise
from veedor.sources.registry import sources
from veedor.sources.unpack import unpack

pytestmark = pytest.mark.real

FOLDERS = {  # which sources the files of a folder may belong to
    "01_crime_mx": {"sesnsp-idefc", "sesnsp-rnid", "inegi-homicides", "inegi-census", "rnpdno", "conapo-population"},
    "02_cbp": {"cbp-drug-seizures", "cbp-encounters", "usbp-months"},
    "03_atf": {"atf-traces"},
    "04_sanctions": {"ofac-sdn", "us-consolidated-list"},
    "05_cartels": {"ucdp-nonstate"},
    "06_overdose": {"cdc-vsrr"},
    "07_geo": {"inegi-municipalities"},
    "08_governance": {"worldbank-wgi", "transparency-cpi", "foreign-assistance"},
    "09_gdelt": set(),
    "10_aml": set(),
    "11_accords": {"pax-agreements", "ucdp-agreements"},
    "12_mx_corruption": {"sat-69b"},
    "13_border": {"bts-crossings"},
    "14_networks": set(),
}


def test_each_file_belongs_to_one_source_of_its_own_folder_or_to_none(real_data):
    registry = sources()
    found: Counter[str] = Counter()
    for folder, allowed in FOLDERS.items():
        for path in sorted((real_data / folder).rglob("*")):
            if not path.is_file() or path.name in {"SOURCES.md", "README.md"}:
                continue
            for member in unpack(path.name, path.read_bytes()):
                try:
                    name = recognise(member.name, member.data, registry).name
                except NotRecognisedError:
                    continue
                assert name in allowed, f"{path.name} was taken for {name}"
                found[name] += 1
    assert set(found) == set(registry)
    assert found["sesnsp-idefc"] == 5
    assert found["sesnsp-rnid"] == 1
    assert found["conapo-population"] == found["rnpdno"] == 2
