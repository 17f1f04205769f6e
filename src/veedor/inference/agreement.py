"""How far two coders agree beyond chance."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np


class Agreement(NamedTuple):
    """Linear-weighted kappa with its 95 % interval and the number of items both coded."""

    kappa: float
    low: float
    high: float
    items: int


def weighted_kappa(first: list[int], second: list[int], grades: int = 4) -> Agreement | None:
    """Cohen's kappa with linear weights (Cohen 1968) and its large-sample interval (Fleiss, Cohen and Everitt 1969, eq. 8).

    `first` and `second` are grades from 0 to `grades` - 1 of the same items in the same order.

    Returns:
        None with fewer than two items, or when both coders gave one and the same grade throughout (kappa is then undefined).
    """
    n = len(first)
    if n < 2:
        return None
    table = np.zeros((grades, grades))
    np.add.at(table, (np.asarray(first), np.asarray(second)), 1.0)
    table /= n
    index = np.arange(grades)
    weights = 1 - np.abs(index[:, None] - index[None, :]) / (grades - 1)
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    seen, chance = float((weights * table).sum()), float((weights * np.outer(rows, columns)).sum())
    if chance >= 1:
        return None
    kappa = (seen - chance) / (1 - chance)
    mean_weights = (weights @ columns)[:, None] + (rows @ weights)[None, :]
    inner = float((table * (weights - mean_weights * (1 - kappa)) ** 2).sum())
    variance = (inner - (kappa - chance * (1 - kappa)) ** 2) / (n * (1 - chance) ** 2)
    reach = 1.959964 * math.sqrt(max(variance, 0.0))
    return Agreement(kappa, max(-1.0, kappa - reach), min(1.0, kappa + reach), n)
