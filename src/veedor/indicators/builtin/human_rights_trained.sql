-- indicator: human_rights_trained
-- title.en: Trained in human rights
-- title.es: Capacitados en derechos humanos
-- measures.en: Members of supported units trained in human rights within the last two years.
-- measures.es: Integrantes de unidades apoyadas capacitados en derechos humanos en los últimos dos años.
-- unit: %
-- denominator.en: Members of the supported units.
-- denominator.es: Integrantes de las unidades apoyadas.
-- sources:
-- kinds: statistic
-- period: quarter
-- model: total
-- place: MX
-- direction: up
-- assumes.en: The office that keeps the register counts honestly and completely.
-- assumes.es: La oficina que lleva el registro cuenta con honradez y por completo.
-- not-for.en: Saying how a unit behaves.
-- not-for.es: Decir cómo se comporta una unidad.
-- needs.en: The training report of the supported institutions as statistic rows: series human-rights-trained, place,
--   one row a quarter, value.
-- needs.es: El informe de capacitación de las instituciones apoyadas como filas statistic: serie
--   human-rights-trained, lugar, una fila por trimestre, valor.
-- scale: 1
-- annual: no

WITH given AS (
  SELECT place, valid_from, valid_to, value, low, high
  FROM statistic
  WHERE series = 'human-rights-trained' AND status IN ('reported', 'provisional', 'estimated') AND value IS NOT NULL AND place <> ''
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
