-- indicator: designations_listed
-- title.en: Designations under the narcotics programmes
-- title.es: Designaciones en los programas de narcotráfico
-- measures.en: Entries on OFAC's SDN list under the programmes SDNTK, ILLICIT-DRUGS-EO14059 and TCO on the day of the
--   list.
-- measures.es: Registros en la lista SDN de OFAC en los programas SDNTK, ILLICIT-DRUGS-EO14059 y TCO el día de la
--   lista.
-- unit: entries
-- denominator.en: None: a total.
-- denominator.es: Ninguno: es un total.
-- sources: ofac-sdn
-- kinds: listing
-- period: day
-- model: total
-- place: US
-- direction: none
-- ambiguous.en: More entries can mean more targets, or fewer removals of people and firms that changed.
-- ambiguous.es: Más registros puede significar más objetivos, o menos bajas de personas y empresas que cambiaron.
-- assumes.en: Being listed is a decision of one party, not a finding of a court. There is a figure only for days of
--   which a list is held.
-- assumes.es: Estar en la lista es decisión de una parte, no sentencia de un tribunal. Solo hay cifra para los días
--   de los que se tiene una lista.
-- not-for.en: Saying that anyone on the list broke the law. Adding up days.
-- not-for.es: Decir que alguien en la lista violó la ley. Sumar días.
-- needs.en: OFAC's list of names (sdn.csv) as published on a stated day; removals need a file from before and one
--   from after.
-- needs.es: La lista de nombres de OFAC (sdn.csv) publicada en un día declarado; las bajas necesitan un archivo
--   anterior y uno posterior.
-- scale: 1
-- annual: no

WITH listed AS (
  -- Each file is the whole list of its day: days are never added, and an entity under two programmes is one entity.
  SELECT valid_from, valid_to, COUNT(DISTINCT entity) AS amount
  FROM listing
  WHERE list_name = 'ofac-sdn' AND listing_status = 'listed'
    AND (programme LIKE '%SDNTK%' OR programme LIKE '%ILLICIT-DRUGS-EO14059%' OR programme LIKE '%TCO%')
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
FROM listed
