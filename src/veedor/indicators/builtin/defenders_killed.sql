-- indicator: defenders_killed
-- title.en: Defenders killed
-- title.es: Personas defensoras asesinadas
-- measures.en: Human rights and land defenders killed in the month.
-- measures.es: Personas defensoras de derechos humanos y de la tierra asesinadas en el mes.
-- unit: persons
-- denominator.en: None: a count.
-- denominator.es: Ninguno: es un conteo.
-- sources:
-- kinds: statistic
-- period: month
-- model: count
-- place: MX
-- direction: down
-- assumes.en: The publisher says who counts as a defender.
-- assumes.es: El publicador dice quién cuenta como persona defensora.
-- not-for.en: Short periods: the numbers are small.
-- not-for.es: Periodos cortos: los números son pequeños.
-- needs.en: The record of an organisation that defends defenders as statistic rows: series defenders-killed, place,
--   one row a month, value.
-- needs.es: El registro de una organización que protege a personas defensoras como filas statistic: serie
--   defenders-killed, lugar, una fila por mes, valor.
-- scale: 1
-- annual: no

WITH given AS (
  SELECT place, valid_from, valid_to, value, low, high
  FROM statistic
  WHERE series = 'defenders-killed' AND status IN ('reported', 'provisional', 'estimated') AND value IS NOT NULL AND place <> ''
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
