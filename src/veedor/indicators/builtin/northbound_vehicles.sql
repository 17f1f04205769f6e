-- indicator: northbound_vehicles
-- title.en: Personal vehicles northbound
-- title.es: Vehículos particulares hacia el norte
-- measures.en: Personal vehicles that entered the United States from Mexico by land in the month.
-- measures.es: Vehículos particulares que entraron por tierra a Estados Unidos desde México en el mes.
-- unit: vehicles
-- denominator.en: None: a count.
-- denominator.es: Ninguno: es un conteo.
-- sources: bts-crossings
-- kinds: crossing
-- period: month
-- model: count
-- place: US
-- direction: up
-- assumes.en: Every entry through a port is counted, a daily commuter each day.
-- assumes.es: Se cuenta cada entrada por un puerto, a quien cruza a diario cada día.
-- not-for.en: Counting people or vehicles once each. What leaves: nobody publishes it.
-- not-for.es: Contar personas o vehículos una sola vez. Lo que sale: nadie lo publica.
-- needs.en: The border crossing entry data of the US Bureau of Transportation Statistics.
-- needs.es: Los datos de cruces fronterizos de la Oficina de Estadísticas de Transporte de Estados Unidos (BTS).
-- scale: 1
-- annual: no

WITH entered AS (
  SELECT valid_from, valid_to, SUM(count) AS amount
  FROM crossing
  WHERE border = 'us-mexico-border' AND direction = 'northbound' AND measure = 'personal-vehicles' AND status IN ('reported', 'provisional')
  GROUP BY valid_from, valid_to
)
SELECT
  CAST('US' AS VARCHAR) AS place,
  CAST(valid_from AS DATE) AS starts,
  CAST(valid_to AS DATE) AS ends,
  CAST(amount AS DECIMAL(38, 8)) AS amount,
  CAST(NULL AS DECIMAL(38, 8)) AS base,
  CAST(NULL AS DECIMAL(38, 8)) AS low,
  CAST(NULL AS DECIMAL(38, 8)) AS high,
  CAST(1 AS BIGINT) AS reported,
  CAST(1 AS BIGINT) AS expected
FROM entered
