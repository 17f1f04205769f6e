-- indicator: meetings_held
-- title.en: Meetings held
-- title.es: Reuniones celebradas
-- measures.en: Meetings on record in the month, each body and day once.
-- measures.es: Reuniones registradas en el mes, cada órgano y día una vez.
-- unit: meetings
-- denominator.en: None: a count.
-- denominator.es: Ninguno: es un conteo.
-- sources:
-- kinds: act
-- period: month
-- model: count
-- place: MX
-- direction: up
-- assumes.en: A meeting that nobody recorded is not counted, and a month without a record has no figure.
-- assumes.es: Una reunión que nadie registró no se cuenta, y un mes sin registro no tiene cifra.
-- not-for.en: What a meeting achieved.
-- not-for.es: Lo que logró una reunión.
-- needs.en: Act rows: action met, the body as object, the day, and the record that shows it.
-- needs.es: Filas act: acción met, el órgano como objeto, el día y el documento que lo muestra.
-- scale: 1
-- annual: no

WITH met AS (
  -- Two parties may each record one meeting: a body that met on a day counts once, whoever wrote it down.
  SELECT DISTINCT object, valid_from FROM act WHERE action = 'met'
), monthly AS (
  SELECT date_trunc('month', valid_from) AS starts, COUNT(*) AS amount FROM met GROUP BY date_trunc('month', valid_from)
)
SELECT
  CAST('MX' AS VARCHAR) AS place,
  CAST(starts AS DATE) AS starts,
  CAST(starts + INTERVAL 1 MONTH AS DATE) AS ends,
  CAST(amount AS DECIMAL(38, 8)) AS amount,
  CAST(NULL AS DECIMAL(38, 8)) AS base,
  CAST(NULL AS DECIMAL(38, 8)) AS low,
  CAST(NULL AS DECIMAL(38, 8)) AS high,
  CAST(1 AS BIGINT) AS reported,
  CAST(1 AS BIGINT) AS expected
FROM monthly
