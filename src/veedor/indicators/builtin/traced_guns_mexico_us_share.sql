-- indicator: traced_guns_mexico_us_share
-- title.en: Share of guns traced in Mexico that come from the United States
-- title.es: Porcentaje de armas rastreadas en México que vienen de Estados Unidos
-- measures.en: Firearms recovered in Mexico and traced to a sale or maker in the United States, of all recovered in
--   Mexico and traced.
-- measures.es: Armas recuperadas en México y rastreadas hasta una venta o fabricante en Estados Unidos, de todas las
--   recuperadas en México y rastreadas.
-- unit: %
-- denominator.en: Firearms recovered in Mexico and traced, those of undetermined origin included.
-- denominator.es: Armas recuperadas en México y rastreadas, incluidas las de origen indeterminado.
-- sources:
-- kinds: trace
-- period: year
-- model: share
-- place: MX
-- direction: down
-- ambiguous.en: The share depends on which recovered guns are handed over for tracing.
-- ambiguous.es: El porcentaje depende de qué armas recuperadas se entregan para rastreo.
-- assumes.en: Rows are counts by country of origin, each weapon in one of them.
-- assumes.es: Las filas son conteos por país de origen, cada arma en uno de ellos.
-- not-for.en: Guns recovered and never traced.
-- not-for.es: Armas recuperadas y nunca rastreadas.
-- needs.en: Trace rows of recoveries in Mexico: category source-country, place MX, purchase_place US or another
--   country (blank where undetermined), year, count.
-- needs.es: Filas trace de recuperaciones en México: categoría source-country, lugar MX, purchase_place US u otro
--   país (en blanco si es indeterminado), año, conteo.
-- scale: 100
-- annual: no

WITH national AS (
  SELECT valid_from, valid_to, SUM(CASE WHEN purchase_place LIKE 'US%' THEN count ELSE 0 END) AS part, SUM(count) AS whole
  FROM trace
  WHERE category = 'source-country' AND status IN ('reported', 'provisional', 'not-reported') AND place LIKE 'MX%'
  GROUP BY valid_from, valid_to
  HAVING COUNT(*) = COUNT(count)
)
SELECT
  CAST('MX' AS VARCHAR) AS place,
  CAST(valid_from AS DATE) AS starts,
  CAST(valid_to AS DATE) AS ends,
  CAST(part AS DECIMAL(38, 8)) AS amount,
  CAST(whole AS DECIMAL(38, 8)) AS base,
  CAST(NULL AS DECIMAL(38, 8)) AS low,
  CAST(NULL AS DECIMAL(38, 8)) AS high,
  CAST(1 AS BIGINT) AS reported,
  CAST(1 AS BIGINT) AS expected
FROM national
WHERE whole > 0
