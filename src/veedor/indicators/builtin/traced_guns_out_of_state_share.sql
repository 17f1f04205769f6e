-- indicator: traced_guns_out_of_state_share
-- title.en: Share of traced guns sold in another state
-- title.es: Porcentaje de armas rastreadas vendidas en otro estado
-- measures.en: Traced firearms first sold in another state than that of recovery, of those with a known state of
--   first sale.
-- measures.es: Armas rastreadas cuya primera venta fue en otro estado que el de recuperación, de las que tienen
--   estado de primera venta conocido.
-- unit: %
-- denominator.en: Traced firearms with a known state of first sale.
-- denominator.es: Armas rastreadas con estado de primera venta conocido.
-- sources: atf-traces
-- kinds: trace
-- period: year
-- model: share
-- place: US
-- direction: down
-- assumes.en: A trace is a request by the police, not a crime: what is traced depends on what they ask for. The
--   national figure is the sum of the states on record, of 51.
-- assumes.es: Un rastreo es una solicitud policial, no un delito: lo rastreado depende de lo que se pide. La cifra
--   nacional es la suma de los estados registrados, de 51.
-- not-for.en: Guns without a known state of sale, which can be a third of all.
-- not-for.es: Armas sin estado de venta conocido, que pueden ser un tercio de todas.
-- needs.en: The yearly trace pages of the Bureau of Alcohol, Tobacco, Firearms and Explosives by state of recovery.
-- needs.es: Las páginas anuales de rastreo de la Oficina de Alcohol, Tabaco, Armas de Fuego y Explosivos (ATF) por
--   estado de recuperación.
-- scale: 100
-- annual: no

WITH known AS (
  -- The publisher lists the first fifteen states of sale; how many had a known state at all stands in a row of its own.
  SELECT place, valid_from, valid_to, SUM(count) AS whole
  FROM trace
  WHERE category = 'source-state' AND status = 'total' AND place LIKE 'US__' AND count IS NOT NULL
  GROUP BY place, valid_from, valid_to
), own AS (
  SELECT place, valid_from, valid_to, SUM(count) AS sold_here
  FROM trace
  WHERE category = 'source-state' AND status = 'reported' AND purchase_place = place AND place LIKE 'US__' AND count IS NOT NULL
  GROUP BY place, valid_from, valid_to
), state AS (
  SELECT k.place, k.valid_from, k.valid_to, k.whole - o.sold_here AS part, k.whole
  FROM known AS k
  JOIN own AS o ON o.place = k.place AND o.valid_from = k.valid_from AND o.valid_to = k.valid_to
), placed AS (
  SELECT place, valid_from, valid_to, part AS amount, whole AS base, 1 AS reported, 1 AS expected FROM state
  UNION ALL
  SELECT 'US' AS place, valid_from, valid_to, SUM(part) AS amount, SUM(whole) AS base, COUNT(*) AS reported, 51 AS expected
  FROM state
  WHERE place < 'US60'
  GROUP BY valid_from, valid_to
)
SELECT
  CAST(place AS VARCHAR) AS place,
  CAST(valid_from AS DATE) AS starts,
  CAST(valid_to AS DATE) AS ends,
  CAST(amount AS DECIMAL(38, 8)) AS amount,
  CAST(base AS DECIMAL(38, 8)) AS base,
  CAST(NULL AS DECIMAL(38, 8)) AS low,
  CAST(NULL AS DECIMAL(38, 8)) AS high,
  CAST(reported AS BIGINT) AS reported,
  CAST(expected AS BIGINT) AS expected
FROM placed
WHERE base > 0
