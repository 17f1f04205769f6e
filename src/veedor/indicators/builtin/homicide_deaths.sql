-- indicator: homicide_deaths
-- title.en: Deaths by homicide
-- title.es: Defunciones por homicidio
-- measures.en: Deaths that a certificate attributes to homicide, by month of registration.
-- measures.es: Defunciones que un certificado atribuye a homicidio, por mes de registro.
-- unit: deaths
-- denominator.en: None: a count.
-- denominator.es: Ninguno: es un conteo.
-- sources: inegi-homicides
-- kinds: incidence
-- period: month
-- model: count
-- place: MX
-- direction: down
-- assumes.en: The month is that of registration, which can be months or years after death. The national figure holds
--   the few deaths abroad that INEGI counts.
-- assumes.es: El mes es el de registro, que puede ser meses o años posterior a la muerte. La cifra nacional incluye
--   las pocas muertes en el extranjero que INEGI cuenta.
-- not-for.en: Comparison with investigation files: certificates count people, files count cases.
-- not-for.es: Comparar con carpetas de investigación: los certificados cuentan personas, las carpetas cuentan casos.
-- needs.en: INEGI's table of deaths by homicide, by municipality of occurrence and month of registration.
-- needs.es: La tabla de INEGI de defunciones por homicidio, por municipio de ocurrencia y mes de registro.
-- scale: 1
-- annual: no

WITH state AS (
  -- Municipalities of a state, by the first four characters of their code; deaths abroad stand at MX itself.
  SELECT SUBSTRING(place, 1, 4) AS place, valid_from, valid_to, SUM(count) AS deaths
  FROM incidence
  WHERE category = 'homicide-intentional' AND measure = 'death-certificates' AND method = 'inegi-registration'
    AND status IN ('reported', 'not-reported') AND place LIKE 'MX%'
  GROUP BY SUBSTRING(place, 1, 4), valid_from, valid_to
  HAVING COUNT(*) = COUNT(count)
), placed AS (
  SELECT place, valid_from, valid_to, deaths AS amount, 1 AS reported, 1 AS expected FROM state WHERE place LIKE 'MX__'
  UNION ALL
  SELECT 'MX' AS place, valid_from, valid_to, SUM(deaths) AS amount,
    SUM(CASE WHEN place LIKE 'MX__' THEN 1 ELSE 0 END) AS reported, 32 AS expected
  FROM state
  GROUP BY valid_from, valid_to
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
