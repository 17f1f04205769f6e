-- indicator: straw_purchase_prosecutions
-- title.en: Prosecutions for straw purchase
-- title.es: Procesos por compra de armas a través de terceros
-- measures.en: Prosecutions for straw purchase and firearms trafficking opened in the month.
-- measures.es: Procesos por compra a través de terceros y tráfico de armas abiertos en el mes.
-- unit: prosecutions
-- denominator.en: None: a count.
-- denominator.es: Ninguno: es un conteo.
-- sources:
-- kinds: statistic
-- period: month
-- model: count
-- place: US
-- direction: up
-- ambiguous.en: More prosecutions can mean more enforcement, or more straw purchases.
-- ambiguous.es: Más procesos puede significar más aplicación de la ley, o más compras de este tipo.
-- assumes.en: The office that keeps the register counts honestly and completely.
-- assumes.es: La oficina que lleva el registro cuenta con honradez y por completo.
-- not-for.en: Guilt or innocence of anyone.
-- not-for.es: La culpabilidad o inocencia de nadie.
-- needs.en: The justice department's count as statistic rows: series straw-purchase-prosecutions, place, one row a
--   month, value.
-- needs.es: El conteo del departamento de justicia como filas statistic: serie straw-purchase-prosecutions, lugar,
--   una fila por mes, valor.
-- scale: 1
-- annual: no

WITH given AS (
  SELECT place, valid_from, valid_to, value, low, high
  FROM statistic
  WHERE series = 'straw-purchase-prosecutions' AND status IN ('reported', 'provisional', 'estimated') AND value IS NOT NULL AND place <> ''
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
