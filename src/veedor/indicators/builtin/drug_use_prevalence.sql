-- indicator: drug_use_prevalence
-- title.en: Drug use
-- title.es: Consumo de drogas
-- measures.en: People who used an illicit drug in the last twelve months.
-- measures.es: Personas que consumieron una droga ilícita en los últimos doce meses.
-- unit: %
-- denominator.en: People of the ages that the survey covers.
-- denominator.es: Personas de las edades que cubre la encuesta.
-- sources:
-- kinds: statistic
-- period: year
-- model: index
-- place: US
-- direction: down
-- assumes.en: A survey: its interval is as published, and a change of its questions breaks the series.
-- assumes.es: Una encuesta: su intervalo es el publicado, y un cambio en sus preguntas rompe la serie.
-- not-for.en: Comparison between surveys of different ages or questions.
-- not-for.es: Comparar encuestas de distintas edades o preguntas.
-- needs.en: A national household survey on drug use as statistic rows: series drug-use-prevalence, place, one row a
--   year, value.
-- needs.es: Una encuesta nacional de hogares sobre consumo de drogas como filas statistic: serie drug-use-prevalence,
--   lugar, una fila por año, valor.
-- scale: 1
-- annual: no

WITH given AS (
  SELECT place, valid_from, valid_to, value, low, high
  FROM statistic
  WHERE series = 'drug-use-prevalence' AND status IN ('reported', 'provisional', 'estimated') AND value IS NOT NULL AND place <> ''
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
