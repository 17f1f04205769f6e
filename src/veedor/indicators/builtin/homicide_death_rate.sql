-- indicator: homicide_death_rate
-- title.en: Homicide rate from death certificates
-- title.es: Tasa de homicidio según certificados de defunción
-- measures.en: Deaths by homicide per 100,000 people, per year, by month of registration.
-- measures.es: Defunciones por homicidio por cada 100,000 habitantes, al año, por mes de registro.
-- unit: per 100000 people per year
-- denominator.en: People living there in the month (population projections of CONAPO), of the places that reported.
-- denominator.es: Personas que viven ahí en el mes (proyecciones de población de CONAPO), de los lugares que
--   informaron.
-- sources: inegi-homicides, conapo-population
-- kinds: incidence, statistic
-- period: month
-- model: count
-- place: MX
-- direction: down
-- assumes.en: Population is a projection. Deaths abroad are left out, since no population belongs to them. Otherwise
--   as homicide_deaths.
-- assumes.es: La población es una proyección. Las muertes en el extranjero se omiten, pues no les corresponde
--   población. Lo demás, como homicide_deaths.
-- not-for.en: Comparison with rates from investigation files.
-- not-for.es: Comparar con tasas de carpetas de investigación.
-- needs.en: INEGI's table of deaths by homicide, by municipality of occurrence and month of registration, and
--   CONAPO's population by state and month.
-- needs.es: La tabla de INEGI de defunciones por homicidio, por municipio de ocurrencia y mes de registro, y la
--   población de CONAPO por estado y mes.
-- scale: 100000
-- annual: yes

WITH state AS (
  -- Municipalities of a state, by the first four characters of their code; deaths abroad stand at MX itself.
  SELECT SUBSTRING(place, 1, 4) AS place, valid_from, valid_to, SUM(count) AS deaths
  FROM incidence
  WHERE category = 'homicide-intentional' AND measure = 'death-certificates' AND method = 'inegi-registration'
    AND status IN ('reported', 'not-reported') AND place LIKE 'MX%'
  GROUP BY SUBSTRING(place, 1, 4), valid_from, valid_to
  HAVING COUNT(*) = COUNT(count)
), people AS (
  SELECT place, valid_from, valid_to, value FROM statistic
  WHERE series = 'population' AND status <> 'total' AND value > 0 AND place LIKE 'MX__'
), rated AS (
  SELECT s.place, s.valid_from, s.valid_to, s.deaths, p.value AS people
  FROM state AS s
  JOIN people AS p ON p.place = s.place AND p.valid_from = s.valid_from AND p.valid_to = s.valid_to
), placed AS (
  SELECT place, valid_from, valid_to, deaths AS amount, people AS base, 1 AS reported, 1 AS expected FROM rated
  UNION ALL
  SELECT 'MX' AS place, valid_from, valid_to, SUM(deaths) AS amount, SUM(people) AS base, COUNT(*) AS reported, 32 AS expected
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
