-- indicator: southbound_inspections
-- title.en: Southbound inspections
-- title.es: Inspecciones hacia el sur
-- measures.en: Vehicles inspected in the month before they left for Mexico.
-- measures.es: Vehículos inspeccionados en el mes antes de salir hacia México.
-- unit: inspections
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
-- not-for.en: Saying what the inspections found, or where they take place.
-- not-for.es: Decir qué hallaron las inspecciones, o dónde se hacen.
-- needs.en: The customs authority's count, for the whole border, as statistic rows: series southbound-inspections,
--   place, one row a month, value.
-- needs.es: El conteo de la autoridad aduanera, de toda la frontera, como filas statistic: serie
--   southbound-inspections, lugar, una fila por mes, valor.
-- scale: 1
-- annual: no

WITH given AS (
  SELECT place, valid_from, valid_to, value, low, high
  FROM statistic
  WHERE series = 'southbound-inspections' AND status IN ('reported', 'provisional', 'estimated') AND value IS NOT NULL AND place <> ''
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
