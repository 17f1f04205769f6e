-- indicator: overdose_deaths
-- title.en: Deaths by drug overdose
-- title.es: Muertes por sobredosis de drogas
-- measures.en: Deaths by drug overdose in the twelve months that end with the period, as reported.
-- measures.es: Muertes por sobredosis de drogas en los doce meses que terminan con el periodo, según lo informado.
-- unit: deaths
-- denominator.en: None: a count.
-- denominator.es: Ninguno: es un conteo.
-- sources: cdc-vsrr
-- kinds: incidence
-- period: rolling-year
-- model: count
-- place: US
-- direction: down
-- assumes.en: Reported counts, not the publisher's predictions: the newest windows are incomplete and grow. New York
--   City is part of its state.
-- assumes.es: Conteos informados, no las predicciones del publicador: las ventanas recientes están incompletas y
--   crecen. La ciudad de Nueva York es parte de su estado.
-- not-for.en: Adding up windows, which overlap. Months of their own: the publisher gives twelve months at a time.
-- not-for.es: Sumar ventanas, que se traslapan. Meses por separado: el publicador da doce meses a la vez.
-- needs.en: The table of provisional drug overdose death counts of the Centers for Disease Control (VSRR).
-- needs.es: La tabla de conteos preliminares de muertes por sobredosis de los Centros para el Control de Enfermedades
--   (VSRR).
-- scale: 1
-- annual: no

WITH windows AS (
  -- Each row is twelve months long and shares eleven with the next: rows are taken one by one and never added.
  SELECT place, valid_from, valid_to, count
  FROM incidence
  WHERE category = 'overdose-death' AND subcategory = 'Number of Drug Overdose Deaths' AND measure = 'deaths-12-months' AND method = 'vsrr-reported'
    AND status IN ('reported', 'provisional') AND count IS NOT NULL AND (place = 'US' OR place LIKE 'US__')
)
SELECT
  CAST(place AS VARCHAR) AS place,
  CAST(valid_from AS DATE) AS starts,
  CAST(valid_to AS DATE) AS ends,
  CAST(count AS DECIMAL(38, 8)) AS amount,
  CAST(NULL AS DECIMAL(38, 8)) AS base,
  CAST(NULL AS DECIMAL(38, 8)) AS low,
  CAST(NULL AS DECIMAL(38, 8)) AS high,
  CAST(1 AS BIGINT) AS reported,
  CAST(1 AS BIGINT) AS expected
FROM windows
