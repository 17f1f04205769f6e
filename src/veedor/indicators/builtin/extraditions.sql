-- indicator: extraditions
-- title.en: Extraditions granted
-- title.es: Extradiciones concedidas
-- measures.en: Extraditions that the country asked for them granted, by the month of the decision.
-- measures.es: Extradiciones que concedió el país requerido, por mes de la decisión.
-- unit: extraditions
-- denominator.en: None: a count.
-- denominator.es: Ninguno: es un conteo.
-- sources:
-- kinds: proceeding
-- period: month
-- model: count
-- place: MX
-- direction: up
-- assumes.en: A month without a record has no figure. Cases without a reference are counted row by row.
-- assumes.es: Un mes sin registro no tiene cifra. Los casos sin referencia se cuentan fila por fila.
-- not-for.en: Removals without a court's ruling, which are no extraditions.
-- not-for.es: Traslados sin resolución judicial, que no son extradiciones.
-- needs.en: Proceeding rows: type extradition, stage granted, requested_of MX or US, the day decided, a reference
--   without names.
-- needs.es: Filas proceeding: tipo extradition, etapa granted, requested_of MX o US, el día de la decisión, una
--   referencia sin nombres.
-- scale: 1
-- annual: no

WITH granted AS (
  -- Both sides may record one case: the country asked, the reference and the day make it one; without a reference each row is one.
  SELECT DISTINCT requested_of, decided,
    CASE WHEN reference = '' THEN id ELSE reference END AS case_of, CASE WHEN reference = '' THEN snapshot ELSE '' END AS within
  FROM proceeding
  WHERE proceeding_type = 'extradition' AND stage = 'granted' AND decided IS NOT NULL AND requested_of IN ('MX', 'US')
), monthly AS (
  SELECT requested_of AS place, date_trunc('month', decided) AS starts, COUNT(*) AS amount
  FROM granted
  GROUP BY requested_of, date_trunc('month', decided)
)
SELECT
  CAST(place AS VARCHAR) AS place,
  CAST(starts AS DATE) AS starts,
  CAST(starts + INTERVAL 1 MONTH AS DATE) AS ends,
  CAST(amount AS DECIMAL(38, 8)) AS amount,
  CAST(NULL AS DECIMAL(38, 8)) AS base,
  CAST(NULL AS DECIMAL(38, 8)) AS low,
  CAST(NULL AS DECIMAL(38, 8)) AS high,
  CAST(1 AS BIGINT) AS reported,
  CAST(1 AS BIGINT) AS expected
FROM monthly
