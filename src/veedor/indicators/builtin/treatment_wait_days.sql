-- indicator: treatment_wait_days
-- title.en: Days to addiction treatment
-- title.es: Días hasta el tratamiento de adicciones
-- measures.en: Median days from request to admission, of people admitted to addiction treatment in the quarter.
-- measures.es: Mediana de días entre la solicitud y el ingreso, de las personas que ingresaron a tratamiento en el
--   trimestre.
-- unit: days
-- denominator.en: People admitted in the quarter.
-- denominator.es: Personas que ingresaron en el trimestre.
-- sources:
-- kinds: statistic
-- period: quarter
-- model: index
-- place: US
-- direction: down
-- assumes.en: People who gave up waiting are not in it.
-- assumes.es: Quienes dejaron de esperar no están.
-- not-for.en: Saying how long a given person will wait.
-- not-for.es: Decir cuánto esperará una persona dada.
-- needs.en: The health authority's treatment register as statistic rows: series treatment-wait-days, place, one row a
--   quarter, value.
-- needs.es: El registro de tratamientos de la autoridad de salud como filas statistic: serie treatment-wait-days,
--   lugar, una fila por trimestre, valor.
-- scale: 1
-- annual: no

WITH given AS (
  SELECT place, valid_from, valid_to, value, low, high
  FROM statistic
  WHERE series = 'treatment-wait-days' AND status IN ('reported', 'provisional', 'estimated') AND value IS NOT NULL AND place <> ''
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
