"""What lint has to know of every indicator before anyone signs, as `accord.lint` asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from veedor.accord.lint import Catalogue, KnownIndicator
from veedor.records import places

if TYPE_CHECKING:
    from collections.abc import Mapping

    from veedor.indicators.series import Indicator


def catalogue(indicators: Mapping[str, Indicator], controllers: Mapping[str, str]) -> Catalogue:
    """The catalogue of what can be measured.

    Args:
        indicators: the registry of indicators.
        controllers: who controls each registered source. An indicator has an open source when all that its header names are registered.
    """
    return Catalogue(
        indicators={name: _known(indicator, controllers) for name, indicator in indicators.items()},
        controllers=dict(controllers),
        places=frozenset(places.catalogue()),
    )


def _known(indicator: Indicator, controllers: Mapping[str, str]) -> KnownIndicator:
    return KnownIndicator(
        unit=indicator.unit,
        sources=indicator.sources,
        has_open_source=bool(indicator.sources) and all(source in controllers for source in indicator.sources),
        direction=indicator.direction,
        model=indicator.model,
        place=indicator.place,
        needs=indicator.needs,
    )
