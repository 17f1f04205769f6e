-- indicator: tunnels_found
-- title.en: Tunnels found
-- title.es: Túneles encontrados
-- measures.en: Clandestine tunnels found under the border in the month.
-- measures.es: Túneles clandestinos encontrados bajo la frontera en el mes.
-- unit: tunnels
-- denominator.en: None: a count.
-- denominator.es: Ninguno: es un conteo.
-- sources:
-- kinds: statistic
-- period: month
-- model: count
-- place: US
-- direction: none
-- ambiguous.en: More found can mean more digging, or better detection.
-- ambiguous.es: Más hallazgos puede significar más excavación, o mejor detección.
-- assumes.en: The office that keeps the register counts honestly and completely.
-- assumes.es: La oficina que lleva el registro cuenta con honradez y por completo.
-- not-for.en: Saying how many exist, or where.
-- not-for.es: Decir cuántos existen, o dónde.
-- needs.en: The count of both parties, for the whole border, as statistic rows: series tunnels-found, place, one row
--   a month, value.
-- needs.es: El conteo de ambas partes, de toda la frontera, como filas statistic: serie tunnels-found, lugar, una
--   fila por mes, valor.
-- scale: 1
-- annual: no

WITH given AS (
  SELECT place, valid_from, valid_to, value, low, high
  FROM statistic
  WHERE series = 'tunnels-found' AND status IN ('reported', 'provisional', 'estimated') AND value IS NOT NULL AND place <> ''
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
