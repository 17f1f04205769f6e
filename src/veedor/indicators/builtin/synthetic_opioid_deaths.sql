-- indicator: synthetic_opioid_deaths
-- title.en: Deaths by synthetic opioids
-- title.es: Muertes por opioides sintéticos
-- measures.en: Deaths by overdose of synthetic opioids other than methadone (mainly fentanyl) in the twelve months
--   that end with the period.
-- measures.es: Muertes por sobredosis de opioides sintéticos distintos de la metadona (sobre todo fentanilo) en los
--   doce meses que terminan con el periodo.
-- unit: deaths
-- denominator.en: None: a count.
-- denominator.es: Ninguno: es un conteo.
-- sources: cdc-vsrr
-- kinds: incidence
-- period: rolling-year
-- model: count
-- place: US
-- direction: down
-- assumes.en: A certificate that names no drug counts for none, so that better certificates raise the figure.
--   Reported counts, not predictions.
-- assumes.es: Un certificado que no nombra droga no cuenta para ninguna, así que mejores certificados elevan la
--   cifra. Conteos informados, no predicciones.
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
  WHERE category = 'overdose-death' AND modality = 'T40.4' AND measure = 'deaths-12-months' AND method = 'vsrr-reported'
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
