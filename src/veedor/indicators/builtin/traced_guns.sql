-- indicator: traced_guns
-- title.en: Firearms recovered and traced
-- title.es: Armas recuperadas y rastreadas
-- measures.en: Firearms recovered in the United States and traced in the year.
-- measures.es: Armas de fuego recuperadas en Estados Unidos y rastreadas en el año.
-- unit: firearms
-- denominator.en: None: a count.
-- denominator.es: Ninguno: es un conteo.
-- sources: atf-traces
-- kinds: trace
-- period: year
-- model: count
-- place: US
-- direction: none
-- ambiguous.en: More traces can mean more guns in crime, or more police who ask for a trace.
-- ambiguous.es: Más rastreos puede significar más armas en delitos, o más policías que piden rastreo.
-- assumes.en: A trace is a request by the police, not a crime: what is traced depends on what they ask for. The
--   national figure is the sum of the states on record, of 51.
-- assumes.es: Un rastreo es una solicitud policial, no un delito: lo rastreado depende de lo que se pide. La cifra
--   nacional es la suma de los estados registrados, de 51.
-- not-for.en: Counting guns in circulation, or guns used in crime.
-- not-for.es: Contar armas en circulación, o armas usadas en delitos.
-- needs.en: The yearly trace pages of the Bureau of Alcohol, Tobacco, Firearms and Explosives by state of recovery.
-- needs.es: Las páginas anuales de rastreo de la Oficina de Alcohol, Tabaco, Armas de Fuego y Explosivos (ATF) por
--   estado de recuperación.
-- scale: 1
-- annual: no

WITH state AS (
  -- The list of types holds every traced weapon once; the other lists of the page count the same weapons again.
  SELECT place, valid_from, valid_to, SUM(count) AS guns
  FROM trace
  WHERE category = 'firearm-type' AND status IN ('reported', 'not-reported') AND place LIKE 'US__'
  GROUP BY place, valid_from, valid_to
  HAVING COUNT(*) = COUNT(count)
), placed AS (
  SELECT place, valid_from, valid_to, guns AS amount, 1 AS reported, 1 AS expected FROM state
  UNION ALL
  SELECT 'US' AS place, valid_from, valid_to, SUM(guns) AS amount, COUNT(*) AS reported, 51 AS expected
  FROM state
  WHERE place < 'US60'
  GROUP BY valid_from, valid_to
)
SELECT
  CAST(place AS VARCHAR) AS place,
  CAST(valid_from AS DATE) AS starts,
  CAST(valid_to AS DATE) AS ends,
  CAST(amount AS DECIMAL(38, 8)) AS amount,
  CAST(NULL AS DECIMAL(38, 8)) AS base,
  CAST(NULL AS DECIMAL(38, 8)) AS low,
  CAST(NULL AS DECIMAL(38, 8)) AS high,
  CAST(reported AS BIGINT) AS reported,
  CAST(expected AS BIGINT) AS expected
FROM placed
