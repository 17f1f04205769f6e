-- indicator: homicide_files_rnid
-- title.en: Files of intentional homicide, method of 2026
-- title.es: Carpetas de homicidio doloso, método de 2026
-- measures.en: Files of completed intentional homicide opened in the month, as the register RNID counts them from
--   January 2026.
-- measures.es: Carpetas por homicidio doloso consumado abiertas en el mes, como las cuenta el registro RNID desde
--   enero de 2026.
-- unit: files
-- denominator.en: None: a count.
-- denominator.es: Ninguno: es un conteo.
-- sources: sesnsp-rnid
-- kinds: incidence
-- period: month
-- model: count
-- place: MX
-- direction: down
-- assumes.en: A state counts as reported in a month only when none of its rows is blank. The national figure is the
--   sum of the states that reported. Attempts are a category of their own and are not counted.
-- assumes.es: Un estado cuenta como informado en un mes solo si ninguna de sus filas está en blanco. La cifra
--   nacional es la suma de los estados que informaron. Las tentativas son otra categoría y no se cuentan.
-- not-for.en: Comparison with the files of 2015 to 2025 (IDEFC): the catalogue of crimes is another.
-- not-for.es: Comparar con las carpetas de 2015 a 2025 (IDEFC): el catálogo de delitos es otro.
-- needs.en: The monthly state table of the Registro Nacional de Incidencia Delictiva (RNID).
-- needs.es: La tabla mensual estatal del Registro Nacional de Incidencia Delictiva (RNID).
-- scale: 1
-- annual: no

WITH state AS (
  -- A blank is not a zero: a state with a blank row has not reported the month.
  SELECT place, valid_from, valid_to, SUM(count) AS files
  FROM incidence
  WHERE category = 'homicide-intentional' AND measure = 'investigation-files' AND method = 'rnid-2026'
    AND status IN ('reported', 'not-reported') AND place LIKE 'MX__'
  GROUP BY place, valid_from, valid_to
  HAVING COUNT(*) = COUNT(count)
), placed AS (
  SELECT place, valid_from, valid_to, files AS amount, 1 AS reported, 1 AS expected FROM state
  UNION ALL
  SELECT 'MX' AS place, valid_from, valid_to, SUM(files) AS amount, COUNT(*) AS reported, 32 AS expected
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
