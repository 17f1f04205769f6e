-- indicator: witness_protection_places
-- title.en: Places in witness protection
-- title.es: Lugares de protección a testigos
-- measures.en: Places in witness protection that are funded and open at the end of the quarter.
-- measures.es: Lugares de protección a testigos con fondos y abiertos al final del trimestre.
-- unit: places
-- denominator.en: None: a total.
-- denominator.es: Ninguno: es un total.
-- sources:
-- kinds: statistic
-- period: quarter
-- model: total
-- place: MX
-- direction: up
-- assumes.en: The office that keeps the register counts honestly and completely.
-- assumes.es: La oficina que lleva el registro cuenta con honradez y por completo.
-- not-for.en: Anything about a protected person.
-- not-for.es: Nada sobre una persona protegida.
-- needs.en: The protection programme's total, never less than national, as statistic rows: series
--   witness-protection-places, place, one row a quarter, value.
-- needs.es: El total del programa de protección, nunca menor que nacional, como filas statistic: serie
--   witness-protection-places, lugar, una fila por trimestre, valor.
-- scale: 1
-- annual: no

WITH given AS (
  SELECT place, valid_from, valid_to, value, low, high
  FROM statistic
  WHERE series = 'witness-protection-places' AND status IN ('reported', 'provisional', 'estimated') AND value IS NOT NULL AND place <> ''
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
