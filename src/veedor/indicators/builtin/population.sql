-- indicator: population
-- title.en: Population
-- title.es: Población
-- measures.en: People living in Mexico or a state, by month.
-- measures.es: Personas que viven en México o en un estado, por mes.
-- unit: people
-- denominator.en: None: a total.
-- denominator.es: Ninguno: es un total.
-- sources: conapo-population
-- kinds: statistic
-- period: month
-- model: total
-- place: MX
-- direction: none
-- assumes.en: Projections of CONAPO between censuses, by month. The national figure needs all 32 states.
-- assumes.es: Proyecciones de CONAPO entre censos, por mes. La cifra nacional necesita los 32 estados.
-- not-for.en: Measuring migration of a single year.
-- not-for.es: Medir la migración de un solo año.
-- needs.en: CONAPO's population projections by state and month.
-- needs.es: Las proyecciones de población de CONAPO por estado y mes.
-- scale: 1
-- annual: no

WITH state AS (
  SELECT place, valid_from, valid_to, value FROM statistic
  WHERE series = 'population' AND status <> 'total' AND value IS NOT NULL AND place LIKE 'MX__'
), placed AS (
  SELECT place, valid_from, valid_to, value AS amount, 1 AS reported, 1 AS expected FROM state
  UNION ALL
  SELECT 'MX' AS place, valid_from, valid_to, SUM(value) AS amount, COUNT(*) AS reported, 32 AS expected
  FROM state
  GROUP BY valid_from, valid_to
  HAVING COUNT(*) = 32
)
SELECT
  CAST(place AS VARCHAR) AS place,
  CAST(valid_from AS DATE) AS starts,
  CAST(valid_to AS DATE) AS ends,
  CAST(amount AS DECIMAL(38, 8)) AS amount,
  CAST(NULL AS DECIMAL(38, 8)) AS base,
  CAST(NULL AS DECIMAL(38, 8)) AS low,
  CAST(NULL AS DECIMAL(38, 8)) AS high,
  CAST(reported AS BIGINT) AS reported,
  CAST(expected AS BIGINT) AS expected
FROM placed
