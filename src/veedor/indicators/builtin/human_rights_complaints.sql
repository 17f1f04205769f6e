-- indicator: human_rights_complaints
-- title.en: Human rights complaints
-- title.es: Quejas por derechos humanos
-- measures.en: Complaints filed in the month against the institutions that receive support.
-- measures.es: Quejas presentadas en el mes contra las instituciones que reciben apoyo.
-- unit: complaints
-- denominator.en: None: a count.
-- denominator.es: Ninguno: es un conteo.
-- sources:
-- kinds: statistic
-- period: month
-- model: count
-- place: MX
-- direction: down
-- ambiguous.en: Fewer complaints can mean fewer violations, or less trust in complaining.
-- ambiguous.es: Menos quejas puede significar menos violaciones, o menos confianza en quejarse.
-- assumes.en: The office that keeps the register counts honestly and completely.
-- assumes.es: La oficina que lleva el registro cuenta con honradez y por completo.
-- not-for.en: Counting violations: a complaint is not yet a finding.
-- not-for.es: Contar violaciones: una queja no es todavía una determinación.
-- needs.en: The complaints of the human rights commission as statistic rows: series human-rights-complaints, place,
--   one row a month, value.
-- needs.es: Las quejas de la comisión de derechos humanos como filas statistic: serie human-rights-complaints, lugar,
--   una fila por mes, valor.
-- scale: 1
-- annual: no

WITH given AS (
  SELECT place, valid_from, valid_to, value, low, high
  FROM statistic
  WHERE series = 'human-rights-complaints' AND status IN ('reported', 'provisional', 'estimated') AND value IS NOT NULL AND place <> ''
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
