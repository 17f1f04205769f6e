-- indicator: organised_crime_deaths
-- title.en: Deaths attributed to organised crime
-- title.es: Muertes atribuidas al crimen organizado
-- measures.en: Deaths in the month that the publisher attributes to organised crime.
-- measures.es: Muertes en el mes que el publicador atribuye al crimen organizado.
-- unit: deaths
-- denominator.en: None: a count.
-- denominator.es: Ninguno: es un conteo.
-- sources:
-- kinds: statistic
-- period: month
-- model: count
-- place: MX
-- direction: down
-- assumes.en: The publisher says how it attributes; reports in the press are more where reporters can work.
-- assumes.es: El publicador dice cómo atribuye; hay más reportes de prensa donde los reporteros pueden trabajar.
-- not-for.en: Adding to homicide counts, which hold the same deaths.
-- not-for.es: Sumar a los conteos de homicidio, que contienen las mismas muertes.
-- needs.en: A count of deaths attributed to organised crime as statistic rows: series organised-crime-deaths, place,
--   one row a month, value.
-- needs.es: Un conteo de muertes atribuidas al crimen organizado como filas statistic: serie organised-crime-deaths,
--   lugar, una fila por mes, valor.
-- scale: 1
-- annual: no

WITH given AS (
  SELECT place, valid_from, valid_to, value, low, high
  FROM statistic
  WHERE series = 'organised-crime-deaths' AND status IN ('reported', 'provisional', 'estimated') AND value IS NOT NULL AND place <> ''
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
