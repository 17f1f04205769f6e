"""Labels that stand on every output of a project, whatever its format."""

from __future__ import annotations

from veedor.kernel.language import translate
from veedor.project.settings import Settings
from veedor.reports.document import SYNTHETIC


def synthetic(settings: Settings, lang: str) -> str:
    """The label of a project whose files are made up; nothing for any other."""
    return translate(SYNTHETIC, lang) if settings.project.synthetic else ""
