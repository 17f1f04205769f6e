-- indicator: homicide_files
-- title.en: Files of intentional homicide
-- title.es: Carpetas de homicidio doloso
-- measures.en: Investigation files of intentional homicide that state prosecutors opened in the month.
-- measures.es: Carpetas de investigación por homicidio doloso que las fiscalías estatales abrieron en el mes.
-- unit: files
-- denominator.en: None: a count.
-- denominator.es: Ninguno: es un conteo.
-- sources: sesnsp-idefc
-- kinds: incidence
-- period: month
-- model: count
-- place: MX
-- direction: down
-- assumes.en: A state counts as reported in a month only when none of its rows is blank. The national figure is the
--   sum of the states that reported. Only the method of 2015 (IDEFC) is read.
-- assumes.es: Un estado cuenta como informado en un mes solo si ninguna de sus filas está en blanco. La cifra
--   nacional es la suma de los estados que informaron. Solo se lee el método de 2015 (IDEFC).
-- not-for.en: Counting people: one file may hold several victims. Years from 2026, which are counted by another
--   method (RNID).
-- not-for.es: Contar personas: una carpeta puede tener varias víctimas. Los años desde 2026, que se cuentan con otro
--   método (RNID).
-- needs.en: The monthly state table of crimes of the local jurisdiction of the Secretariado (IDEFC).
-- needs.es: La tabla mensual estatal de incidencia delictiva del fuero común del Secretariado (IDEFC).
-- scale: 1
-- annual: no

WITH state AS (
  -- A blank is not a zero: a state with a blank row has not reported the month.
  SELECT place, valid_from, valid_to, SUM(count) AS files
  FROM incidence
  WHERE category = 'homicide-intentional' AND measure = 'investigation-files' AND method = 'idefc-2015'
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
