-- indicator: other_life_crimes_share
-- title.en: Share of other crimes against life
-- title.es: Porcentaje de otros delitos contra la vida
-- measures.en: Files of "other crimes against life and bodily integrity", of these and all files of homicide and
--   femicide.
-- measures.es: Carpetas de «otros delitos que atentan contra la vida y la integridad corporal», de estas y todas las
--   de homicidio y feminicidio.
-- unit: %
-- denominator.en: Files of homicide (with and without intent), femicide, and other crimes against life opened in the
--   month.
-- denominator.es: Carpetas de homicidio (doloso y culposo), feminicidio y otros delitos contra la vida abiertas en el
--   mes.
-- sources: sesnsp-idefc
-- kinds: incidence
-- period: month
-- model: share
-- place: MX
-- direction: down
-- ambiguous.en: A rise can mean that killings are filed under another name, or that more of the other crimes are
--   reported.
-- ambiguous.es: Un aumento puede significar que se registran homicidios con otro nombre, o que se denuncian más de
--   los otros delitos.
-- assumes.en: The categories are the Secretariado's own. The share is a sign of moved cases, not a proof.
-- assumes.es: Las categorías son las del Secretariado. El porcentaje es indicio de casos movidos, no prueba.
-- not-for.en: Saying that a given case was wrongly filed.
-- not-for.es: Decir que un caso dado fue mal registrado.
-- needs.en: The monthly state table of crimes of the local jurisdiction of the Secretariado (IDEFC).
-- needs.es: La tabla mensual estatal de incidencia delictiva del fuero común del Secretariado (IDEFC).
-- scale: 100
-- annual: no

WITH state AS (
  -- A blank is not a zero: a state with a blank row has not reported the month.
  SELECT place, valid_from, valid_to, SUM(CASE WHEN category = 'other-crimes-against-life' THEN count ELSE 0 END) AS part, SUM(count) AS whole
  FROM incidence
  WHERE category IN ('homicide-intentional', 'homicide-culpable', 'femicide', 'other-crimes-against-life')
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
