-- indicator: homicide_rate
-- title.en: Homicide rate from files
-- title.es: Tasa de homicidio según carpetas
-- measures.en: Investigation files of intentional homicide per 100,000 people, per year.
-- measures.es: Carpetas de investigación por homicidio doloso por cada 100,000 habitantes, al año.
-- unit: per 100000 people per year
-- denominator.en: People living there in the month (population projections of CONAPO), of the places that reported.
-- denominator.es: Personas que viven ahí en el mes (proyecciones de población de CONAPO), de los lugares que
--   informaron.
-- sources: sesnsp-idefc, conapo-population
-- kinds: incidence, statistic
-- period: month
-- model: count
-- place: MX
-- direction: down
-- assumes.en: Population is a projection. In a month in which states are missing, the rate is of the states that
--   reported. Otherwise as homicide_files.
-- assumes.es: La población es una proyección. En un mes en que faltan estados, la tasa es de los que informaron. Lo
--   demás, como homicide_files.
-- not-for.en: Counting people killed: one file may hold several victims. Comparison with rates from death
--   certificates.
-- not-for.es: Contar personas asesinadas: una carpeta puede tener varias víctimas. Comparar con tasas de certificados
--   de defunción.
-- needs.en: The state table of crimes of the Secretariado (IDEFC), and the population projections of CONAPO by state
--   and month.
-- needs.es: La tabla estatal de incidencia delictiva del Secretariado (IDEFC) y las proyecciones de población de
--   CONAPO por estado y mes.
-- scale: 100000
-- annual: yes

WITH state AS (
  -- A blank is not a zero: a state with a blank row has not reported the month.
  SELECT place, valid_from, valid_to, SUM(count) AS files
  FROM incidence
  WHERE category = 'homicide-intentional' AND measure = 'investigation-files' AND method = 'idefc-2015'
    AND status IN ('reported', 'not-reported') AND place LIKE 'MX__'
  GROUP BY place, valid_from, valid_to
  HAVING COUNT(*) = COUNT(count)
), people AS (
  SELECT place, valid_from, valid_to, value FROM statistic
  WHERE series = 'population' AND status <> 'total' AND value > 0 AND place LIKE 'MX__'
), rated AS (
  SELECT s.place, s.valid_from, s.valid_to, s.files, p.value AS people
  FROM state AS s
  JOIN people AS p ON p.place = s.place AND p.valid_from = s.valid_from AND p.valid_to = s.valid_to
), placed AS (
  SELECT place, valid_from, valid_to, files AS amount, people AS base, 1 AS reported, 1 AS expected FROM rated
  UNION ALL
  -- Numerator and denominator are of the same states: one that did not report lowers neither.
  SELECT 'MX' AS place, valid_from, valid_to, SUM(files) AS amount, SUM(people) AS base, COUNT(*) AS reported, 32 AS expected
  FROM rated
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
