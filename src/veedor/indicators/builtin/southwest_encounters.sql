-- indicator: southwest_encounters
-- title.en: Encounters at the southwest land border
-- title.es: Encuentros en la frontera terrestre suroeste
-- measures.en: Encounters by US Customs and Border Protection at the southwest land border in the month, at ports and
--   between them.
-- measures.es: Encuentros de CBP en la frontera terrestre suroeste en el mes, en los puertos y entre ellos.
-- unit: encounters
-- denominator.en: None: a count.
-- denominator.es: Ninguno: es un conteo.
-- sources: cbp-encounters
-- kinds: incidence
-- period: month
-- model: count
-- place: US
-- direction: down
-- ambiguous.en: Fewer encounters can mean fewer attempts, or fewer that are seen. Quick expulsions made people try
--   again and raised the count.
-- ambiguous.es: Menos encuentros puede significar menos intentos, o menos que se ven. Las expulsiones rápidas hacían
--   reintentar y elevaban el conteo.
-- assumes.en: An encounter is an event, not a person. The fiscal year still running is provisional.
-- assumes.es: Un encuentro es un evento, no una persona. El año fiscal en curso es preliminar.
-- not-for.en: Counting people. Years before fiscal year 2020, which another table counts in another way.
-- not-for.es: Contar personas. Los años anteriores al año fiscal 2020, que otra tabla cuenta de otro modo.
-- needs.en: The table of nationwide encounters by state of US Customs and Border Protection.
-- needs.es: La tabla de encuentros nacionales por estado de CBP.
-- scale: 1
-- annual: no

WITH met AS (
  SELECT valid_from, valid_to, SUM(count) AS amount
  FROM incidence
  WHERE category = 'encounter' AND region = 'Southwest Land Border' AND measure = 'encounters' AND method = 'cbp-fy'
    AND status IN ('reported', 'provisional') AND place LIKE 'US%'
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
FROM met
