-- indicator: guard_deployments
-- title.en: National Guard deployed in priority zones
-- title.es: Guardia Nacional desplegada en zonas prioritarias
-- measures.en: Members of the National Guard deployed in the priority zones at the end of the month.
-- measures.es: Elementos de la Guardia Nacional desplegados en las zonas prioritarias al final del mes.
-- unit: persons
-- denominator.en: None: a total.
-- denominator.es: Ninguno: es un total.
-- sources:
-- kinds: statistic
-- period: month
-- model: total
-- place: MX
-- direction: none
-- ambiguous.en: More deployed can mean more protection, or only more presence.
-- ambiguous.es: Más despliegue puede significar más protección, o solo más presencia.
-- assumes.en: The office that keeps the register counts honestly and completely.
-- assumes.es: La oficina que lleva el registro cuenta con honradez y por completo.
-- not-for.en: Saying where anyone is stationed.
-- not-for.es: Decir dónde está asignada persona alguna.
-- needs.en: The deployment report to both parties, by zone and never by post, as statistic rows: series
--   guard-deployments, place, one row a month, value.
-- needs.es: El informe de despliegue a ambas partes, por zona y nunca por puesto, como filas statistic: serie
--   guard-deployments, lugar, una fila por mes, valor.
-- scale: 1
-- annual: no

WITH given AS (
  SELECT place, valid_from, valid_to, value, low, high
  FROM statistic
  WHERE series = 'guard-deployments' AND status IN ('reported', 'provisional', 'estimated') AND value IS NOT NULL AND place <> ''
)
SELECT
  CAST(place AS VARCHAR) AS place,
  CAST(valid_from AS DATE) AS starts,
  CAST(valid_to AS DATE) AS ends,
  CAST(value AS DECIMAL(38, 8)) AS amount,
  CAST(NULL AS DECIMAL(38, 8)) AS base,
  CAST(low AS DECIMAL(38, 8)) AS low,
  CAST(high AS DECIMAL(38, 8)) AS high,
  CAST(1 AS BIGINT) AS reported,
  CAST(1 AS BIGINT) AS expected
FROM given
