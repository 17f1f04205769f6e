"""What every test may ask for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent

# A property that fails says so on every machine in the same way; `just long` looks further and differently each time.
settings.register_profile("fixed", derandomize=True, deadline=None, max_examples=60)
settings.register_profile("long", deadline=None, max_examples=2000)
settings.load_profile("fixed")


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of publishers' real files beside the project; where it is absent the test says so and is skipped."""
    folder = Path(os.environ.get("VEEDOR_SHARED_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"the publishers' real files are not here: {folder} (set VEEDOR_SHARED_DATA)")
    return folder
