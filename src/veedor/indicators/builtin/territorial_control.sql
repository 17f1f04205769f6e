-- indicator: territorial_control
-- title.en: Territory under full public service
-- title.es: Territorio con servicio público pleno
-- measures.en: Municipalities with full public service and policing, of those on the agreed map.
-- measures.es: Municipios con servicio público y policía plenos, de los del mapa acordado.
-- unit: %
-- denominator.en: Municipalities on the agreed map.
-- denominator.es: Municipios del mapa acordado.
-- sources:
-- kinds: statistic
-- period: quarter
-- model: index
-- place: MX
-- direction: up
-- assumes.en: The map and the meaning of full service are agreed before the first assessment.
-- assumes.es: El mapa y el significado de servicio pleno se acuerdan antes de la primera evaluación.
-- not-for.en: Saying who controls a given place.
-- not-for.es: Decir quién controla un lugar dado.
-- needs.en: The joint assessment of municipalities as statistic rows: series territorial-control, place, one row a
--   quarter, value.
-- needs.es: La evaluación conjunta de municipios como filas statistic: serie territorial-control, lugar, una fila por
--   trimestre, valor.
-- scale: 1
-- annual: no

WITH given AS (
  SELECT place, valid_from, valid_to, value, low, high
  FROM statistic
  WHERE series = 'territorial-control' AND status IN ('reported', 'provisional', 'estimated') AND value IS NOT NULL AND place <> ''
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
