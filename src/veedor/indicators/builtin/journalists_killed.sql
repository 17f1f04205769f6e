-- indicator: journalists_killed
-- title.en: Journalists killed
-- title.es: Periodistas asesinados
-- measures.en: Journalists killed in the month in connection with their work.
-- measures.es: Periodistas asesinados en el mes en relación con su labor.
-- unit: persons
-- denominator.en: None: a count.
-- denominator.es: Ninguno: es un conteo.
-- sources:
-- kinds: statistic
-- period: month
-- model: count
-- place: MX
-- direction: down
-- assumes.en: The publisher says what counts as connected with the work.
-- assumes.es: El publicador dice qué cuenta como relacionado con la labor.
-- not-for.en: Short periods: the numbers are small.
-- not-for.es: Periodos cortos: los números son pequeños.
-- needs.en: The record of an organisation that defends the press as statistic rows: series journalists-killed, place,
--   one row a month, value.
-- needs.es: El registro de una organización que defiende a la prensa como filas statistic: serie journalists-killed,
--   lugar, una fila por mes, valor.
-- scale: 1
-- annual: no

WITH given AS (
  SELECT place, valid_from, valid_to, value, low, high
  FROM statistic
  WHERE series = 'journalists-killed' AND status IN ('reported', 'provisional', 'estimated') AND value IS NOT NULL AND place <> ''
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
