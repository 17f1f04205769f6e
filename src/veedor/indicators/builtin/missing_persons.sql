-- indicator: missing_persons
-- title.en: People missing and not located
-- title.es: Personas desaparecidas y no localizadas
-- measures.en: People missing since the month who had not been located when the register was copied.
-- measures.es: Personas desaparecidas desde el mes que no habían sido localizadas cuando se copió el registro.
-- unit: persons
-- denominator.en: None: a count.
-- denominator.es: Ninguno: es un conteo.
-- sources: rnpdno
-- kinds: incidence
-- period: month
-- model: count
-- place: MX
-- direction: down
-- ambiguous.en: The figure of a month falls when people are found, and also when entries are moved or struck out; the
--   newest months grow as reports arrive.
-- ambiguous.es: La cifra de un mes baja cuando se encuentra a personas, y también cuando se mueven o borran
--   registros; los meses recientes crecen conforme llegan reportes.
-- assumes.en: Sexes are added up, and the publisher's own totals are left out. People of no known state are in the
--   national figure only.
-- assumes.es: Se suman los sexos y se omiten los totales del publicador. Las personas sin estado conocido están solo
--   en la cifra nacional.
-- not-for.en: Adding to the other tables of the register: the table of everybody holds more than its parts.
-- not-for.es: Sumar con las otras tablas del registro: la tabla de todas las personas tiene más que sus partes.
-- needs.en: The register of missing persons (RNPDNO), people not located, by municipality, month and sex.
-- needs.es: El registro de personas desaparecidas (RNPDNO), personas no localizadas, por municipio, mes y sexo.
-- scale: 1
-- annual: no

WITH counted AS (
  SELECT source, SUBSTRING(place, 1, 4) AS place, valid_from, valid_to, SUM(count) AS persons
  FROM incidence
  WHERE category = 'missing-person' AND subcategory = 'not-located' AND measure = 'persons' AND method = 'rnpdno'
    AND status = 'reported' AND place LIKE 'MX%'
  GROUP BY source, SUBSTRING(place, 1, 4), valid_from, valid_to
), months AS (
  SELECT DISTINCT source, valid_from, valid_to FROM counted
), states AS (
  SELECT DISTINCT source, place FROM counted WHERE place LIKE 'MX__'
), filled AS (
  -- The register lists whom it holds: a state without a row in a month that it covers has nobody there, which is a zero.
  SELECT s.place, m.valid_from, m.valid_to, COALESCE(c.persons, 0) AS persons
  FROM months AS m
  JOIN states AS s ON s.source = m.source
  LEFT JOIN counted AS c ON c.source = s.source AND c.place = s.place AND c.valid_from = m.valid_from AND c.valid_to = m.valid_to
), placed AS (
  SELECT place, valid_from, valid_to, persons AS amount FROM filled
  UNION ALL
  SELECT 'MX' AS place, valid_from, valid_to, SUM(persons) AS amount FROM counted GROUP BY valid_from, valid_to
)
SELECT
  CAST(place AS VARCHAR) AS place,
  CAST(valid_from AS DATE) AS starts,
  CAST(valid_to AS DATE) AS ends,
  CAST(amount AS DECIMAL(38, 8)) AS amount,
  CAST(NULL AS DECIMAL(38, 8)) AS base,
  CAST(NULL AS DECIMAL(38, 8)) AS low,
  CAST(NULL AS DECIMAL(38, 8)) AS high,
  CAST(1 AS BIGINT) AS reported,
  CAST(1 AS BIGINT) AS expected
FROM placed
