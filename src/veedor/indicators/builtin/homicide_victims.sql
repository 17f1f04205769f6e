-- indicator: homicide_victims
-- title.en: Victims of intentional homicide
-- title.es: Víctimas de homicidio doloso
-- measures.en: People killed in the cases of intentional homicide that prosecutors opened in the month.
-- measures.es: Personas asesinadas en los casos de homicidio doloso que las fiscalías abrieron en el mes.
-- unit: victims
-- denominator.en: None: a count.
-- denominator.es: Ninguno: es un conteo.
-- sources:
-- kinds: incidence
-- period: month
-- model: count
-- place: MX
-- direction: down
-- assumes.en: A national row stands for all 32 states. Rows of two methods of counting in one month leave the month
--   undecided.
-- assumes.es: Una fila nacional representa a los 32 estados. Filas de dos métodos de conteo en un mes dejan el mes
--   sin decidir.
-- not-for.en: Comparison with files or with death certificates: three different counts.
-- not-for.es: Comparar con carpetas o con certificados de defunción: son tres conteos distintos.
-- needs.en: The Secretariado's table of victims, as incidence rows: category homicide-intentional, measure victims,
--   place MX or the code of a state, month, count.
-- needs.es: La tabla de víctimas del Secretariado, como filas incidence: categoría homicide-intentional, medida
--   victims, lugar MX o la clave de un estado, mes, conteo.
-- scale: 1
-- annual: no

WITH given AS (
  SELECT place, method, valid_from, valid_to, SUM(count) AS victims
  FROM incidence
  WHERE category = 'homicide-intentional' AND measure = 'victims' AND status IN ('reported', 'provisional', 'not-reported')
    AND (place = 'MX' OR place LIKE 'MX__')
  GROUP BY place, method, valid_from, valid_to
  HAVING COUNT(*) = COUNT(count)
), placed AS (
  SELECT place, method, valid_from, valid_to, victims AS amount, 1 AS reported, 1 AS expected FROM given WHERE place <> 'MX'
  UNION ALL
  -- The national row where one is given, else the sum of the states: never both.
  SELECT 'MX' AS place, method, valid_from, valid_to,
    COALESCE(MAX(CASE WHEN place = 'MX' THEN victims END), SUM(victims)) AS amount,
    CASE WHEN MAX(CASE WHEN place = 'MX' THEN 1 ELSE 0 END) = 1 THEN 32 ELSE COUNT(*) END AS reported, 32 AS expected
  FROM given
  GROUP BY method, valid_from, valid_to
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
