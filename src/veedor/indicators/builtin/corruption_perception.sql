-- indicator: corruption_perception
-- title.en: Corruption perceptions index
-- title.es: Índice de percepción de la corrupción
-- measures.en: Transparency International's corruption perceptions index on a scale of 0 to 10, where 10 is least
--   corrupt.
-- measures.es: El índice de percepción de la corrupción de Transparencia Internacional en una escala de 0 a 10, donde
--   10 es lo menos corrupto.
-- unit: points
-- denominator.en: None: an index.
-- denominator.es: Ninguno: es un índice.
-- sources: transparency-cpi
-- kinds: statistic
-- period: year
-- model: index
-- place: MX
-- direction: up
-- assumes.en: Only the method of 2012 is read; scores published on a scale of 100 are divided by ten.
-- assumes.es: Solo se lee el método de 2012; los puntajes publicados en escala de 100 se dividen entre diez.
-- not-for.en: Years before 2012, which another method scored. Corruption itself: it asks how corrupt a country seems.
-- not-for.es: Los años anteriores a 2012, calificados con otro método. La corrupción misma: pregunta qué tan corrupto
--   parece un país.
-- needs.en: The corruption perceptions index of Transparency International.
-- needs.es: El índice de percepción de la corrupción de Transparencia Internacional.
-- scale: 1
-- annual: no

WITH given AS (
  SELECT place, valid_from, valid_to, value, low, high
  FROM statistic
  WHERE series = 'cpi' AND method = 'cpi-2012' AND status = 'estimated' AND value IS NOT NULL AND place LIKE '__'
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
