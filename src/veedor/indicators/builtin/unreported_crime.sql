-- indicator: unreported_crime
-- title.en: Unreported crime
-- title.es: Cifra negra
-- measures.en: Crimes that were not reported or for which no file was opened, of all crimes that people suffered.
-- measures.es: Delitos no denunciados o sin carpeta abierta, de todos los que sufrieron las personas.
-- unit: %
-- denominator.en: Crimes that people told the survey they suffered.
-- denominator.es: Delitos que las personas dijeron a la encuesta haber sufrido.
-- sources:
-- kinds: statistic
-- period: year
-- model: index
-- place: MX
-- direction: down
-- assumes.en: A survey: its interval is as published, and a change of its questions breaks the series.
-- assumes.es: Una encuesta: su intervalo es el publicado, y un cambio en sus preguntas rompe la serie.
-- not-for.en: Single states with few interviews.
-- not-for.es: Estados con pocas entrevistas.
-- needs.en: INEGI's victimisation survey (ENVIPE) as statistic rows: series unreported-crime, place, one row a year,
--   value.
-- needs.es: La encuesta de victimización de INEGI (ENVIPE) como filas statistic: serie unreported-crime, lugar, una
--   fila por año, valor.
-- scale: 1
-- annual: no

WITH given AS (
  SELECT place, valid_from, valid_to, value, low, high
  FROM statistic
  WHERE series = 'unreported-crime' AND status IN ('reported', 'provisional', 'estimated') AND value IS NOT NULL AND place <> ''
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
