-- indicator: lethality_of_force
-- title.en: Lethality of force
-- title.es: Letalidad de la fuerza
-- measures.en: Civilians killed for each one wounded in clashes with the forces.
-- measures.es: Civiles muertos por cada herido en enfrentamientos con las fuerzas.
-- unit: killed per wounded
-- denominator.en: Civilians wounded in the same clashes.
-- denominator.es: Civiles heridos en los mismos enfrentamientos.
-- sources:
-- kinds: statistic
-- period: year
-- model: index
-- place: MX
-- direction: down
-- assumes.en: Killed and wounded are counted in the same clashes.
-- assumes.es: Muertos y heridos se cuentan en los mismos enfrentamientos.
-- not-for.en: Saying that a given use of force was unlawful.
-- not-for.es: Decir que un uso dado de la fuerza fue ilegal.
-- needs.en: A yearly index of lethality as statistic rows: series lethality-of-force, place, one row a year, value.
-- needs.es: Un índice anual de letalidad como filas statistic: serie lethality-of-force, lugar, una fila por año,
--   valor.
-- scale: 1
-- annual: no

WITH given AS (
  SELECT place, valid_from, valid_to, value, low, high
  FROM statistic
  WHERE series = 'lethality-of-force' AND status IN ('reported', 'provisional', 'estimated') AND value IS NOT NULL AND place <> ''
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
