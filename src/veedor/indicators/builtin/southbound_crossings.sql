-- indicator: southbound_crossings
-- title.en: Vehicles southbound
-- title.es: Vehículos hacia el sur
-- measures.en: Trucks, buses and personal vehicles that entered Mexico from the United States by land in the month.
-- measures.es: Camiones, autobuses y vehículos particulares que entraron por tierra a México desde Estados Unidos en
--   el mes.
-- unit: vehicles
-- denominator.en: None: a count.
-- denominator.es: Ninguno: es un conteo.
-- sources:
-- kinds: crossing
-- period: month
-- model: count
-- place: MX
-- direction: up
-- assumes.en: Every entry is counted. Months in which a port did not count are too low.
-- assumes.es: Se cuenta cada entrada. Los meses en que un puerto no contó quedan bajos.
-- not-for.en: Comparison with northbound counts made by another agency.
-- not-for.es: Comparar con conteos hacia el norte hechos por otra dependencia.
-- needs.en: Crossing rows: border us-mexico-border, direction southbound, measure trucks, buses or personal-vehicles,
--   month, count.
-- needs.es: Filas crossing: frontera us-mexico-border, dirección southbound, medida trucks, buses o
--   personal-vehicles, mes, conteo.
-- scale: 1
-- annual: no

WITH left_country AS (
  SELECT valid_from, valid_to, SUM(count) AS amount
  FROM crossing
  WHERE border = 'us-mexico-border' AND direction = 'southbound' AND measure IN ('trucks', 'personal-vehicles', 'buses')
    AND status IN ('reported', 'provisional')
  GROUP BY valid_from, valid_to
)
SELECT
  CAST('MX' AS VARCHAR) AS place,
  CAST(valid_from AS DATE) AS starts,
  CAST(valid_to AS DATE) AS ends,
  CAST(amount AS DECIMAL(38, 8)) AS amount,
  CAST(NULL AS DECIMAL(38, 8)) AS base,
  CAST(NULL AS DECIMAL(38, 8)) AS low,
  CAST(NULL AS DECIMAL(38, 8)) AS high,
  CAST(1 AS BIGINT) AS reported,
  CAST(1 AS BIGINT) AS expected
FROM left_country
