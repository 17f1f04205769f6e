-- indicator: assets_declared
-- title.en: Assets declared in time
-- title.es: Patrimonio declarado a tiempo
-- measures.en: Officials bound to declare assets and interests who declared them in time.
-- measures.es: Personas servidoras públicas obligadas a declarar patrimonio e intereses que lo hicieron a tiempo.
-- unit: %
-- denominator.en: Officials bound to declare.
-- denominator.es: Personas servidoras públicas obligadas a declarar.
-- sources:
-- kinds: statistic
-- period: quarter
-- model: total
-- place: MX
-- direction: up
-- assumes.en: The office that keeps the register counts honestly and completely.
-- assumes.es: La oficina que lleva el registro cuenta con honradez y por completo.
-- not-for.en: Saying that a declaration is true.
-- not-for.es: Decir que una declaración es verdadera.
-- needs.en: The comptrollers' report as statistic rows: series assets-declared, place, one row a quarter, value.
-- needs.es: El informe de las contralorías como filas statistic: serie assets-declared, lugar, una fila por
--   trimestre, valor.
-- scale: 1
-- annual: no

WITH given AS (
  SELECT place, valid_from, valid_to, value, low, high
  FROM statistic
  WHERE series = 'assets-declared' AND status IN ('reported', 'provisional', 'estimated') AND value IS NOT NULL AND place <> ''
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
