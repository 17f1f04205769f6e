-- indicator: asset_seizures
-- title.en: Assets seized
-- title.es: Bienes asegurados
-- measures.en: Value of assets seized in the month from the listed organisations, in current US dollars.
-- measures.es: Valor de los bienes asegurados en el mes a las organizaciones listadas, en dólares corrientes.
-- unit: USD
-- denominator.en: None: an amount of money.
-- denominator.es: Ninguno: es un monto de dinero.
-- sources:
-- kinds: statistic
-- period: month
-- model: amount
-- place: US
-- direction: up
-- ambiguous.en: More seized can mean more disruption, or more wealth to seize.
-- ambiguous.es: Más aseguramientos puede significar más desarticulación, o más riqueza que asegurar.
-- assumes.en: Values are as estimated on seizure; what a court returns is not taken off.
-- assumes.es: Los valores son los estimados al asegurar; lo que un tribunal devuelve no se descuenta.
-- not-for.en: What was forfeited in the end.
-- not-for.es: Lo que se decomisó al final.
-- needs.en: The seizure reports of both parties as statistic rows: series asset-seizures, place, one row a month,
--   value.
-- needs.es: Los informes de aseguramiento de ambas partes como filas statistic: serie asset-seizures, lugar, una fila
--   por mes, valor.
-- scale: 1
-- annual: no

WITH given AS (
  SELECT place, valid_from, valid_to, value, low, high
  FROM statistic
  WHERE series = 'asset-seizures' AND status IN ('reported', 'provisional', 'estimated') AND value IS NOT NULL AND place <> ''
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
