-- indicator: stabilised_region_investment
-- title.en: Investment in stabilised regions
-- title.es: Inversión en regiones estabilizadas
-- measures.en: Private and public investment in the regions that the accord names as stabilised, in current US
--   dollars.
-- measures.es: Inversión privada y pública en las regiones que el acuerdo nombra como estabilizadas, en dólares
--   corrientes.
-- unit: USD
-- denominator.en: None: an amount of money.
-- denominator.es: Ninguno: es un monto de dinero.
-- sources:
-- kinds: statistic
-- period: quarter
-- model: total
-- place: MX
-- direction: up
-- assumes.en: The list of regions does not change within a comparison.
-- assumes.es: La lista de regiones no cambia dentro de una comparación.
-- not-for.en: Saying what the investment did.
-- not-for.es: Decir qué logró la inversión.
-- needs.en: The economy ministry's figures by region as statistic rows: series stabilised-region-investment, place,
--   one row a quarter, value.
-- needs.es: Las cifras de la secretaría de economía por región como filas statistic: serie
--   stabilised-region-investment, lugar, una fila por trimestre, valor.
-- scale: 1
-- annual: no

WITH given AS (
  SELECT place, valid_from, valid_to, value, low, high
  FROM statistic
  WHERE series = 'stabilised-region-investment' AND status IN ('reported', 'provisional', 'estimated') AND value IS NOT NULL AND place <> ''
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
