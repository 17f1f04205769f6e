-- indicator: firearm_homicide_share
-- title.en: Share of homicide files with a firearm
-- title.es: Porcentaje de carpetas de homicidio con arma de fuego
-- measures.en: Files of intentional homicide committed with a firearm, of all files of intentional homicide.
-- measures.es: Carpetas de homicidio doloso cometido con arma de fuego, de todas las carpetas de homicidio doloso.
-- unit: %
-- denominator.en: Files of intentional homicide opened in the month.
-- denominator.es: Carpetas de homicidio doloso abiertas en el mes.
-- sources: sesnsp-idefc
-- kinds: incidence
-- period: month
-- model: share
-- place: MX
-- direction: down
-- ambiguous.en: The share can fall because fewer people are shot, or because more are killed by other means.
-- ambiguous.es: El porcentaje puede bajar porque se mata menos con armas de fuego, o porque se mata más por otros
--   medios.
-- assumes.en: The means are as the prosecutor wrote them; files without a stated means stay in the denominator. A
--   state without homicides in a month has no share.
-- assumes.es: El medio es el que anotó la fiscalía; las carpetas sin medio señalado quedan en el denominador. Un
--   estado sin homicidios en un mes no tiene porcentaje.
-- not-for.en: Counting weapons. Years from 2026 (RNID).
-- not-for.es: Contar armas. Los años desde 2026 (RNID).
-- needs.en: The monthly state table of crimes of the local jurisdiction of the Secretariado (IDEFC).
-- needs.es: La tabla mensual estatal de incidencia delictiva del fuero común del Secretariado (IDEFC).
-- scale: 100
-- annual: no

WITH state AS (
  -- A blank is not a zero: a state with a blank row has not reported the month.
  SELECT place, valid_from, valid_to, SUM(CASE WHEN modality = 'Con arma de fuego' THEN count ELSE 0 END) AS part, SUM(count) AS whole
  FROM incidence
  WHERE category = 'homicide-intentional'
    AND measure = 'investigation-files' AND method = 'idefc-2015'
    AND status IN ('reported', 'not-reported') AND place LIKE 'MX__'
  GROUP BY place, valid_from, valid_to
  HAVING COUNT(*) = COUNT(count)
), placed AS (
  SELECT place, valid_from, valid_to, part AS amount, whole AS base, 1 AS reported, 1 AS expected FROM state
  UNION ALL
  SELECT 'MX' AS place, valid_from, valid_to, SUM(part) AS amount, SUM(whole) AS base, COUNT(*) AS reported, 32 AS expected
  FROM state
  GROUP BY valid_from, valid_to
)
SELECT
  CAST(place AS VARCHAR) AS place,
  CAST(valid_from AS DATE) AS starts,
  CAST(valid_to AS DATE) AS ends,
  CAST(amount AS DECIMAL(38, 8)) AS amount,
  CAST(base AS DECIMAL(38, 8)) AS base,
  CAST(NULL AS DECIMAL(38, 8)) AS low,
  CAST(NULL AS DECIMAL(38, 8)) AS high,
  CAST(reported AS BIGINT) AS reported,
  CAST(expected AS BIGINT) AS expected
FROM placed
WHERE base > 0
