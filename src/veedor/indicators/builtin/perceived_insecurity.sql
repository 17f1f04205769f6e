-- indicator: perceived_insecurity
-- title.en: Perceived insecurity
-- title.es: Percepción de inseguridad
-- measures.en: Adults who say that living in their city is unsafe.
-- measures.es: Personas adultas que dicen que vivir en su ciudad es inseguro.
-- unit: %
-- denominator.en: Adults in the cities of the survey.
-- denominator.es: Personas adultas en las ciudades de la encuesta.
-- sources:
-- kinds: statistic
-- period: quarter
-- model: index
-- place: MX
-- direction: down
-- assumes.en: A survey: its interval is as published, and a change of its questions breaks the series.
-- assumes.es: Una encuesta: su intervalo es el publicado, y un cambio en sus preguntas rompe la serie.
-- not-for.en: Measuring crime: it asks how people feel.
-- not-for.es: Medir el delito: pregunta cómo se siente la gente.
-- needs.en: INEGI's urban security survey (ENSU) as statistic rows: series perceived-insecurity, place, one row a
--   quarter, value.
-- needs.es: La encuesta de seguridad urbana de INEGI (ENSU) como filas statistic: serie perceived-insecurity, lugar,
--   una fila por trimestre, valor.
-- scale: 1
-- annual: no

WITH given AS (
  SELECT place, valid_from, valid_to, value, low, high
  FROM statistic
  WHERE series = 'perceived-insecurity' AND status IN ('reported', 'provisional', 'estimated') AND value IS NOT NULL AND place <> ''
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
