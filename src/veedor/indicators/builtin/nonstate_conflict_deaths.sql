-- indicator: nonstate_conflict_deaths
-- title.en: Deaths in fights between armed groups
-- title.es: Muertes en combates entre grupos armados
-- measures.en: Deaths in fights between organised groups none of which is a state, best estimate with its low and
--   high.
-- measures.es: Muertes en combates entre grupos organizados ninguno de los cuales es un Estado, mejor estimación con
--   su mínima y máxima.
-- unit: deaths
-- denominator.en: None: a count.
-- denominator.es: Ninguno: es un conteo.
-- sources: ucdp-nonstate
-- kinds: event
-- period: year
-- model: count
-- place: MX
-- direction: down
-- assumes.en: Only pairs of groups with at least 25 deaths in the year are counted. Lows and highs are added up,
--   which makes the interval wide.
-- assumes.es: Solo se cuentan parejas de grupos con al menos 25 muertes en el año. Las mínimas y las máximas se
--   suman, lo que hace ancho el intervalo.
-- not-for.en: All homicides: killings of single people and by the state are not in it.
-- not-for.es: Todos los homicidios: los asesinatos de personas aisladas y los del Estado no están incluidos.
-- needs.en: The non-state conflict dataset of the Uppsala Conflict Data Program.
-- needs.es: El conjunto de datos de conflictos no estatales del Programa de Datos de Conflictos de Uppsala (UCDP).
-- scale: 1
-- annual: no

WITH yearly AS (
  SELECT place, valid_from, valid_to, SUM(best) AS best, SUM(low) AS low, SUM(high) AS high
  FROM event
  WHERE event_type = 'violence' AND sub_event_type LIKE 'ucdp-nonstate-%' AND best IS NOT NULL AND low IS NOT NULL AND high IS NOT NULL
    AND status <> 'total' AND place LIKE '__'
  GROUP BY place, valid_from, valid_to
)
SELECT
  CAST(place AS VARCHAR) AS place,
  CAST(valid_from AS DATE) AS starts,
  CAST(valid_to AS DATE) AS ends,
  CAST(best AS DECIMAL(38, 8)) AS amount,
  CAST(NULL AS DECIMAL(38, 8)) AS base,
  CAST(low AS DECIMAL(38, 8)) AS low,
  CAST(high AS DECIMAL(38, 8)) AS high,
  CAST(1 AS BIGINT) AS reported,
  CAST(1 AS BIGINT) AS expected
FROM yearly
