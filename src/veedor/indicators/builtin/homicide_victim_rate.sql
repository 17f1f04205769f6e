-- indicator: homicide_victim_rate
-- title.en: Homicide rate from victims
-- title.es: Tasa de homicidio según víctimas
-- measures.en: People killed in cases of intentional homicide per 100,000 people, per year.
-- measures.es: Personas asesinadas en casos de homicidio doloso por cada 100,000 habitantes, al año.
-- unit: per 100000 people per year
-- denominator.en: People living there in the month (population projections of CONAPO).
-- denominator.es: Personas que viven ahí en el mes (proyecciones de población de CONAPO).
-- sources: conapo-population
-- kinds: incidence, statistic
-- period: month
-- model: count
-- place: MX
-- direction: down
-- assumes.en: Population is a projection. The national rate needs a national row or all 32 states.
-- assumes.es: La población es una proyección. La tasa nacional necesita una fila nacional o los 32 estados.
-- not-for.en: Comparison with rates from files or from death certificates.
-- not-for.es: Comparar con tasas de carpetas o de certificados de defunción.
-- needs.en: The Secretariado's table of victims, as incidence rows: category homicide-intentional, measure victims,
--   place MX or the code of a state, month, count; and CONAPO's population by state and month.
-- needs.es: La tabla de víctimas del Secretariado, como filas incidence: categoría homicide-intentional, medida
--   victims, lugar MX o la clave de un estado, mes, conteo; y la población de CONAPO por estado y mes.
-- scale: 100000
-- annual: yes

WITH given AS (
  SELECT place, method, valid_from, valid_to, SUM(count) AS victims
  FROM incidence
  WHERE category = 'homicide-intentional' AND measure = 'victims' AND status IN ('reported', 'provisional', 'not-reported')
    AND (place = 'MX' OR place LIKE 'MX__')
  GROUP BY place, method, valid_from, valid_to
  HAVING COUNT(*) = COUNT(count)
), people AS (
  SELECT place, valid_from, valid_to, value FROM statistic
  WHERE series = 'population' AND status <> 'total' AND value > 0 AND place LIKE 'MX__'
), everybody AS (
  SELECT valid_from, valid_to, SUM(value) AS value FROM people GROUP BY valid_from, valid_to HAVING COUNT(*) = 32
), placed AS (
  SELECT g.place, g.method, g.valid_from, g.valid_to, g.victims AS amount, p.value AS base, 1 AS reported, 1 AS expected
  FROM given AS g
  JOIN people AS p ON p.place = g.place AND p.valid_from = g.valid_from AND p.valid_to = g.valid_to
), national AS (
  -- The national row where one is given, else the sum of all 32 states: never both, and never a part.
  SELECT method, valid_from, valid_to, COALESCE(MAX(CASE WHEN place = 'MX' THEN victims END), SUM(victims)) AS amount
  FROM given
  GROUP BY method, valid_from, valid_to
  HAVING MAX(CASE WHEN place = 'MX' THEN 1 ELSE 0 END) = 1 OR COUNT(*) = 32
), everywhere AS (
  SELECT place, valid_from, valid_to, amount, base, reported, expected FROM placed
  UNION ALL
  SELECT 'MX' AS place, n.valid_from, n.valid_to, n.amount, e.value AS base, 32 AS reported, 32 AS expected
  FROM national AS n
  JOIN everybody AS e ON e.valid_from = n.valid_from AND e.valid_to = n.valid_to
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
FROM everywhere
