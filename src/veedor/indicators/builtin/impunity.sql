-- indicator: impunity
-- title.en: Impunity
-- title.es: Impunidad
-- measures.en: Reported crimes that ended without a sentence.
-- measures.es: Delitos denunciados que terminaron sin sentencia.
-- unit: %
-- denominator.en: Crimes reported.
-- denominator.es: Delitos denunciados.
-- sources:
-- kinds: statistic
-- period: year
-- model: index
-- place: MX
-- direction: down
-- assumes.en: The publisher says which crimes and which years of delay it counts.
-- assumes.es: El publicador dice qué delitos y qué años de demora cuenta.
-- not-for.en: Comparison between publishers that define it in different ways.
-- not-for.es: Comparar entre publicadores que la definen de modo distinto.
-- needs.en: A yearly index of impunity as statistic rows: series impunity, place, one row a year, value.
-- needs.es: Un índice anual de impunidad como filas statistic: serie impunity, lugar, una fila por año, valor.
-- scale: 1
-- annual: no

WITH given AS (
  SELECT place, valid_from, valid_to, value, low, high
  FROM statistic
  WHERE series = 'impunity' AND status IN ('reported', 'provisional', 'estimated') AND value IS NOT NULL AND place <> ''
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
