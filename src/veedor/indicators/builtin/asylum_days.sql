-- indicator: asylum_days
-- title.en: Days to an asylum decision
-- title.es: Días hasta una decisión de asilo
-- measures.en: Median days from request to decision, of the asylum cases decided in the quarter.
-- measures.es: Mediana de días entre la solicitud y la decisión, de los casos de asilo decididos en el trimestre.
-- unit: days
-- denominator.en: Asylum cases decided in the quarter.
-- denominator.es: Casos de asilo decididos en el trimestre.
-- sources:
-- kinds: statistic
-- period: quarter
-- model: index
-- place: US
-- direction: down
-- assumes.en: Cases still open are not in it, so that a growing backlog can lower it.
-- assumes.es: Los casos abiertos no están, así que un rezago creciente puede bajarla.
-- not-for.en: Saying how a given case will end.
-- not-for.es: Decir cómo terminará un caso dado.
-- needs.en: The asylum office's figures as statistic rows: series asylum-days, place, one row a quarter, value.
-- needs.es: Las cifras de la oficina de asilo como filas statistic: serie asylum-days, lugar, una fila por trimestre,
--   valor.
-- scale: 1
-- annual: no

WITH given AS (
  SELECT place, valid_from, valid_to, value, low, high
  FROM statistic
  WHERE series = 'asylum-days' AND status IN ('reported', 'provisional', 'estimated') AND value IS NOT NULL AND place <> ''
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
