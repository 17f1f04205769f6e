-- indicator: treatment_admissions
-- title.en: Admissions to addiction treatment
-- title.es: Ingresos a tratamiento de adicciones
-- measures.en: Admissions to treatment for addiction in the month.
-- measures.es: Ingresos a tratamiento por adicción en el mes.
-- unit: admissions
-- denominator.en: None: a count.
-- denominator.es: Ninguno: es un conteo.
-- sources:
-- kinds: statistic
-- period: month
-- model: count
-- place: US
-- direction: up
-- ambiguous.en: More admissions can mean more places, or more people who are ill.
-- ambiguous.es: Más ingresos puede significar más lugares, o más personas enfermas.
-- assumes.en: The office that keeps the register counts honestly and completely.
-- assumes.es: La oficina que lleva el registro cuenta con honradez y por completo.
-- not-for.en: Counting people: one person may be admitted more than once.
-- not-for.es: Contar personas: una persona puede ingresar más de una vez.
-- needs.en: The health authority's treatment register as statistic rows: series treatment-admissions, place, one row
--   a month, value.
-- needs.es: El registro de tratamientos de la autoridad de salud como filas statistic: serie treatment-admissions,
--   lugar, una fila por mes, valor.
-- scale: 1
-- annual: no

WITH given AS (
  SELECT place, valid_from, valid_to, value, low, high
  FROM statistic
  WHERE series = 'treatment-admissions' AND status IN ('reported', 'provisional', 'estimated') AND value IS NOT NULL AND place <> ''
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
