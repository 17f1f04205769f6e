-- indicator: precursor_seizures
-- title.en: Precursors seized
-- title.es: Precursores decomisados
-- measures.en: Kilograms of precursor chemicals seized in the month.
-- measures.es: Kilogramos de precursores químicos decomisados en el mes.
-- unit: kg
-- denominator.en: None: a weight.
-- denominator.es: Ninguno: es un peso.
-- sources:
-- kinds: statistic
-- period: month
-- model: amount
-- place: MX
-- direction: none
-- ambiguous.en: More seized can mean more drugs that move, or more searching; less seized can mean either too.
-- ambiguous.es: Más decomisos puede significar más droga en tránsito o más búsqueda; menos decomisos también puede
--   significar ambas cosas.
-- assumes.en: Weights are as seized, whatever the substance and its purity.
-- assumes.es: Los pesos son los decomisados, sea cual sea la sustancia y su pureza.
-- not-for.en: Estimating how much enters.
-- not-for.es: Estimar cuánto entra.
-- needs.en: The seizure reports of navy, army, customs and prosecutors as statistic rows: series precursor-seizures,
--   place, one row a month, value.
-- needs.es: Los informes de decomiso de marina, ejército, aduanas y fiscalías como filas statistic: serie
--   precursor-seizures, lugar, una fila por mes, valor.
-- scale: 1
-- annual: no

WITH given AS (
  SELECT place, valid_from, valid_to, value, low, high
  FROM statistic
  WHERE series = 'precursor-seizures' AND status IN ('reported', 'provisional', 'estimated') AND value IS NOT NULL AND place <> ''
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
