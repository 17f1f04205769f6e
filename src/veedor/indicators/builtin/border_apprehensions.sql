-- indicator: border_apprehensions
-- title.en: Apprehensions at the southwest border
-- title.es: Aprehensiones en la frontera suroeste
-- measures.en: Apprehensions by the US Border Patrol between the ports of entry in its nine southwest sectors in the
--   month.
-- measures.es: Aprehensiones de la Patrulla Fronteriza de Estados Unidos entre los puertos de entrada en sus nueve
--   sectores del suroeste en el mes.
-- unit: apprehensions
-- denominator.en: None: a count.
-- denominator.es: Ninguno: es un conteo.
-- sources: usbp-months
-- kinds: incidence
-- period: month
-- model: count
-- place: US
-- direction: down
-- ambiguous.en: Fewer encounters can mean fewer attempts, or fewer that are seen. Quick expulsions made people try
--   again and raised the count.
-- ambiguous.es: Menos encuentros puede significar menos intentos, o menos que se ven. Las expulsiones rápidas hacían
--   reintentar y elevaban el conteo.
-- assumes.en: An apprehension is an event, not a person.
-- assumes.es: Una aprehensión es un evento, no una persona.
-- not-for.en: Counting people. Months from March 2020, when expulsions were counted with apprehensions.
-- not-for.es: Contar personas. Los meses desde marzo de 2020, cuando se contaron expulsiones junto con aprehensiones.
-- needs.en: The monthly apprehensions of the US Border Patrol by sector.
-- needs.es: Las aprehensiones mensuales de la Patrulla Fronteriza de Estados Unidos por sector.
-- scale: 1
-- annual: no

WITH stopped AS (
  -- Rows of whole borders and of whole years are totals of these; expulsions from March 2020 on are another method.
  SELECT valid_from, valid_to, SUM(count) AS amount, COUNT(DISTINCT region) AS sectors
  FROM incidence
  WHERE category = 'apprehension' AND region LIKE 'Southwest Border / %' AND measure = 'apprehensions'
    AND method = 'usbp-apprehensions' AND status = 'reported' AND place = 'US' AND valid_to <= valid_from + INTERVAL 1 MONTH
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
  CAST(sectors AS BIGINT) AS reported,
  CAST(9 AS BIGINT) AS expected
FROM stopped
