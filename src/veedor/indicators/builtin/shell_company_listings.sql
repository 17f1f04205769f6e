-- indicator: shell_company_listings
-- title.en: Shell companies listed
-- title.es: Empresas que facturan operaciones simuladas, listadas
-- measures.en: Taxpayers published in the month as definitively having invoiced operations that never took place
--   (article 69-B).
-- measures.es: Contribuyentes publicados en el mes como definitivos por facturar operaciones simuladas (artículo
--   69-B).
-- unit: taxpayers
-- denominator.en: None: a count.
-- denominator.es: Ninguno: es un conteo.
-- sources: sat-69b
-- kinds: listing
-- period: month
-- model: count
-- place: MX
-- direction: none
-- ambiguous.en: More listings can mean more enforcement, or more shell companies.
-- ambiguous.es: Más listados puede significar más fiscalización, o más empresas simuladas.
-- assumes.en: The month is that of the first publication of the stage. A month cut short by the date of the file is
--   left out. Taxpayers whose number is masked are counted row by row.
-- assumes.es: El mes es el de la primera publicación de la etapa. Un mes incompleto por la fecha del archivo se
--   omite. Los contribuyentes con RFC oculto se cuentan fila por fila.
-- not-for.en: Saying that a listed taxpayer is guilty: being listed ends, by rebuttal or in court.
-- not-for.es: Decir que un contribuyente listado es culpable: estar listado termina, por desvirtuar o por sentencia.
-- needs.en: The complete list under article 69-B of the tax code, as the SAT publishes it.
-- needs.es: El listado completo del artículo 69-B del Código Fiscal de la Federación, como lo publica el SAT.
-- scale: 1
-- annual: no

WITH published AS (
  -- A stage can be published anew: each taxpayer counts once, on the first day.
  SELECT entity, MIN(listed_from) AS day
  FROM listing
  WHERE list_name = 'sat-69b' AND listing_status = 'definitive' AND listed_from IS NOT NULL
  GROUP BY entity
), counted AS (
  SELECT date_trunc('month', day) AS starts, COUNT(*) AS taxpayers FROM published GROUP BY date_trunc('month', day)
), months AS (
  -- The list is whole, so that a month in which the SAT published other stages only is a zero.
  SELECT date_trunc('month', listed_from) AS starts
  FROM listing
  WHERE list_name = 'sat-69b' AND listed_from IS NOT NULL
  GROUP BY date_trunc('month', listed_from)
), cut AS (
  SELECT MAX(valid_to) AS known_to FROM listing WHERE list_name = 'sat-69b'
), monthly AS (
  SELECT m.starts, COALESCE(c.taxpayers, 0) AS amount
  FROM months AS m
  JOIN cut AS k ON m.starts + INTERVAL 1 MONTH <= k.known_to
  LEFT JOIN counted AS c ON c.starts = m.starts
)
SELECT
  CAST('MX' AS VARCHAR) AS place,
  CAST(starts AS DATE) AS starts,
  CAST(starts + INTERVAL 1 MONTH AS DATE) AS ends,
  CAST(amount AS DECIMAL(38, 8)) AS amount,
  CAST(NULL AS DECIMAL(38, 8)) AS base,
  CAST(NULL AS DECIMAL(38, 8)) AS low,
  CAST(NULL AS DECIMAL(38, 8)) AS high,
  CAST(1 AS BIGINT) AS reported,
  CAST(1 AS BIGINT) AS expected
FROM monthly
