-- indicator: sensors_installed_km
-- title.en: Length of border with sensors
-- title.es: Longitud de frontera con sensores
-- measures.en: Kilometres of border along which the agreed sensors are in service at the end of the month.
-- measures.es: Kilómetros de frontera con los sensores acordados en servicio al final del mes.
-- unit: km
-- denominator.en: None: a total.
-- denominator.es: Ninguno: es un total.
-- sources:
-- kinds: statistic
-- period: month
-- model: total
-- place: US
-- direction: up
-- assumes.en: The office that keeps the register counts honestly and completely.
-- assumes.es: La oficina que lleva el registro cuenta con honradez y por completo.
-- not-for.en: Saying where sensors stand or how well they see.
-- not-for.es: Decir dónde hay sensores o qué tan bien ven.
-- needs.en: The joint installation report, for the whole border, as statistic rows: series sensors-installed-km,
--   place, one row a month, value.
-- needs.es: El informe conjunto de instalación, de toda la frontera, como filas statistic: serie
--   sensors-installed-km, lugar, una fila por mes, valor.
-- scale: 1
-- annual: no

WITH given AS (
  SELECT place, valid_from, valid_to, value, low, high
  FROM statistic
  WHERE series = 'sensors-installed-km' AND status IN ('reported', 'provisional', 'estimated') AND value IS NOT NULL AND place <> ''
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
