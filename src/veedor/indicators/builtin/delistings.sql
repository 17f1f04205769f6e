-- indicator: delistings
-- title.en: Removals from the narcotics programmes
-- title.es: Bajas de los programas de narcotráfico
-- measures.en: Entries under the programmes SDNTK, ILLICIT-DRUGS-EO14059 and TCO that a later list no longer has, by
--   year of that list.
-- measures.es: Registros en los programas SDNTK, ILLICIT-DRUGS-EO14059 y TCO que una lista posterior ya no tiene, por
--   año de esa lista.
-- unit: entries
-- denominator.en: None: a total.
-- denominator.es: Ninguno: es un total.
-- sources: ofac-sdn
-- kinds: listing
-- period: year
-- model: total
-- place: US
-- direction: none
-- ambiguous.en: A removal can mean that somebody changed, died, won, or moved to another programme.
-- ambiguous.es: Una baja puede significar que alguien cambió, murió, ganó, o pasó a otro programa.
-- assumes.en: The list itself does not say who was removed: two lists of different days do. The months counted as
--   reported are those with a list; a year without one each month can miss entries that came and went.
-- assumes.es: La lista no dice quién fue dado de baja: lo dicen dos listas de días distintos. Los meses contados como
--   informados son los que tienen lista; un año sin una lista cada mes puede perder registros que entraron y
--   salieron.
-- not-for.en: Saying why somebody was removed.
-- not-for.es: Decir por qué alguien fue dado de baja.
-- needs.en: OFAC's list of names (sdn.csv) as published on a stated day; removals need a file from before and one
--   from after.
-- needs.es: La lista de nombres de OFAC (sdn.csv) publicada en un día declarado; las bajas necesitan un archivo
--   anterior y uno posterior.
-- scale: 1
-- annual: no

WITH listed AS (
  SELECT DISTINCT entity, valid_from AS day
  FROM listing
  WHERE list_name = 'ofac-sdn' AND listing_status = 'listed'
    AND (programme LIKE '%SDNTK%' OR programme LIKE '%ILLICIT-DRUGS-EO14059%' OR programme LIKE '%TCO%')
), days AS (
  SELECT DISTINCT day FROM listed
), following AS (
  SELECT a.day, MIN(b.day) AS next_day FROM days AS a JOIN days AS b ON b.day > a.day GROUP BY a.day
), pairs AS (
  -- Two lists more than a year apart do not say in which year somebody was removed.
  SELECT day, next_day FROM following WHERE next_day <= day + INTERVAL 1 YEAR
), gone AS (
  SELECT p.next_day, CASE WHEN n.entity IS NULL THEN 1 ELSE 0 END AS is_gone
  FROM listed AS l
  JOIN pairs AS p ON p.day = l.day
  LEFT JOIN listed AS n ON n.entity = l.entity AND n.day = p.next_day
), yearly AS (
  SELECT date_trunc('year', next_day) AS starts, SUM(is_gone) AS amount,
    COUNT(DISTINCT extract(month FROM next_day)) AS months
  FROM gone
  GROUP BY date_trunc('year', next_day)
)
SELECT
  CAST('US' AS VARCHAR) AS place,
  CAST(starts AS DATE) AS starts,
  CAST(starts + INTERVAL 1 YEAR AS DATE) AS ends,
  CAST(amount AS DECIMAL(38, 8)) AS amount,
  CAST(NULL AS DECIMAL(38, 8)) AS base,
  CAST(NULL AS DECIMAL(38, 8)) AS low,
  CAST(NULL AS DECIMAL(38, 8)) AS high,
  CAST(months AS BIGINT) AS reported,
  CAST(12 AS BIGINT) AS expected
FROM yearly
