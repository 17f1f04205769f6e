-- indicator: proceedings_concluded
-- title.en: Proceedings concluded
-- title.es: Procesos concluidos
-- measures.en: Prosecutions and forfeitures that ended in the month, acquittals counted.
-- measures.es: Procesos penales y de extinción de dominio que terminaron en el mes, incluidas las absoluciones.
-- unit: proceedings
-- denominator.en: None: a count.
-- denominator.es: Ninguno: es un conteo.
-- sources:
-- kinds: proceeding
-- period: month
-- model: count
-- place: MX
-- direction: up
-- ambiguous.en: More endings can mean more justice, or weaker cases dropped sooner.
-- ambiguous.es: Más conclusiones puede significar más justicia, o casos débiles abandonados antes.
-- assumes.en: A month without a record has no figure. Cases without a reference are counted row by row.
-- assumes.es: Un mes sin registro no tiene cifra. Los casos sin referencia se cuentan fila por fila.
-- not-for.en: Guilt or innocence of anyone.
-- not-for.es: La culpabilidad o inocencia de nadie.
-- needs.en: Proceeding rows: type prosecution or forfeiture, stage sentenced or closed, place, the day decided, a
--   reference without names.
-- needs.es: Filas proceeding: tipo prosecution o forfeiture, etapa sentenced o closed, lugar, el día de la decisión,
--   una referencia sin nombres.
-- scale: 1
-- annual: no

WITH ended AS (
  -- Both sides may record one case: the place, the reference and the day make it one; without a reference each row is one.
  SELECT DISTINCT SUBSTRING(place, 1, 2) AS place, decided,
    CASE WHEN reference = '' THEN id ELSE reference END AS case_of, CASE WHEN reference = '' THEN snapshot ELSE '' END AS within
  FROM proceeding
  WHERE proceeding_type IN ('prosecution', 'forfeiture') AND stage IN ('sentenced', 'closed') AND decided IS NOT NULL AND place <> ''
), monthly AS (
  SELECT place, date_trunc('month', decided) AS starts, COUNT(*) AS amount FROM ended GROUP BY place, date_trunc('month', decided)
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
