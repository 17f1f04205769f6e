"""Would we have seen it? The smallest change that these data could tell from nothing."""

from __future__ import annotations

import math

from scipy import special


def detectable(log_variance: float, freedom: float, *, alpha: float = 0.05, power: float = 0.8) -> float:
    """Smallest relative fall (0 to 1) that a two-sided test at `alpha` finds with probability `power`.

    Normal-theory sample size turned round (Cohen 1988, 2.2) on the logarithm of the ratio, Student quantiles.
    """
    reach = float(special.stdtrit(freedom, 1 - alpha / 2) + special.stdtrit(freedom, power)) * math.sqrt(log_variance)
    return 1 - math.exp(-reach)
