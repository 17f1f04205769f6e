-- indicator: legal_entries
-- title.en: Legal entries by the agreed pathways
-- title.es: Entradas legales por las vías acordadas
-- measures.en: People who entered in the month by the legal pathways that the accord names.
-- measures.es: Personas que entraron en el mes por las vías legales que nombra el acuerdo.
-- unit: persons
-- denominator.en: None: a count.
-- denominator.es: Ninguno: es un conteo.
-- sources:
-- kinds: statistic
-- period: month
-- model: count
-- place: US
-- direction: up
-- assumes.en: The office that keeps the register counts honestly and completely.
-- assumes.es: La oficina que lleva el registro cuenta con honradez y por completo.
-- not-for.en: Counting all travellers.
-- not-for.es: Contar a todos los viajeros.
-- needs.en: The immigration authority's figures as statistic rows: series legal-entries, place, one row a month,
--   value.
-- needs.es: Las cifras de la autoridad migratoria como filas statistic: serie legal-entries, lugar, una fila por mes,
--   valor.
-- scale: 1
-- annual: no

WITH given AS (
  SELECT place, valid_from, valid_to, value, low, high
  FROM statistic
  WHERE series = 'legal-entries' AND status IN ('reported', 'provisional', 'estimated') AND value IS NOT NULL AND place <> ''
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
