-- indicator: control_of_corruption
-- title.en: Control of corruption
-- title.es: Control de la corrupción
-- measures.en: The World Bank's estimate of the control of corruption: zero is the world's mean, one a standard
--   deviation.
-- measures.es: La estimación del Banco Mundial del control de la corrupción: cero es la media mundial, uno una
--   desviación estándar.
-- unit: points
-- denominator.en: None: an index.
-- denominator.es: Ninguno: es un índice.
-- sources: worldbank-wgi
-- kinds: statistic
-- period: year
-- model: index
-- place: MX
-- direction: up
-- assumes.en: The interval is 95 %, from the standard error that the publisher gives. Each update recomputes earlier years, so that only the
--   newest is read.
-- assumes.es: El intervalo es de 95 %, del error estándar que da el publicador. Cada actualización recalcula los años anteriores,
--   así que solo se lee la más nueva.
-- not-for.en: Small moves within the interval. It aggregates opinions and expert views, not events.
-- not-for.es: Movimientos pequeños dentro del intervalo. Agrega opiniones y juicios de expertos, no hechos.
-- needs.en: The Worldwide Governance Indicators of the World Bank.
-- needs.es: Los Indicadores Mundiales de Gobernanza del Banco Mundial.
-- scale: 1
-- annual: no

WITH given AS (
  SELECT place, valid_from, valid_to, value, low, high
  FROM statistic
  WHERE series = 'wgi-control-of-corruption' AND status = 'estimated' AND value IS NOT NULL AND place LIKE '__'
)
SELECT
  CAST(place AS VARCHAR) AS place,
  CAST(valid_from AS DATE) AS starts,
  CAST(valid_to AS DATE) AS ends,
  CAST(value AS DECIMAL(38, 8)) AS amount,
  CAST(NULL AS DECIMAL(38, 8)) AS base,
  CAST(low AS DECIMAL(38, 8)) AS low,
  CAST(high AS DECIMAL(38, 8)) AS high,
  CAST(1 AS BIGINT) AS reported,
  CAST(1 AS BIGINT) AS expected
FROM given
