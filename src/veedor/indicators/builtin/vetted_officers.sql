-- indicator: vetted_officers
-- title.en: Officers vetted and in date
-- title.es: Policías con evaluación vigente
-- measures.en: Federal and state officers whose vetting is passed and in date.
-- measures.es: Policías federales y estatales con evaluación aprobada y vigente.
-- unit: %
-- denominator.en: Federal and state officers in service.
-- denominator.es: Policías federales y estatales en servicio.
-- sources:
-- kinds: statistic
-- period: quarter
-- model: total
-- place: MX
-- direction: up
-- assumes.en: The office that keeps the register counts honestly and completely.
-- assumes.es: La oficina que lleva el registro cuenta con honradez y por completo.
-- not-for.en: Saying that a given officer is honest.
-- not-for.es: Decir que un policía dado es honesto.
-- needs.en: The vetting centres' report as statistic rows: series vetted-officers, place, one row a quarter, value.
-- needs.es: El informe de los centros de evaluación como filas statistic: serie vetted-officers, lugar, una fila por
--   trimestre, valor.
-- scale: 1
-- annual: no

WITH given AS (
  SELECT place, valid_from, valid_to, value, low, high
  FROM statistic
  WHERE series = 'vetted-officers' AND status IN ('reported', 'provisional', 'estimated') AND value IS NOT NULL AND place <> ''
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
