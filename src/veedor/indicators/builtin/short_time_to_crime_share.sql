-- indicator: short_time_to_crime_share
-- title.en: Share of traced guns with a short time to crime
-- title.es: Porcentaje de armas rastreadas con poco tiempo hasta el delito
-- measures.en: Traced firearms recovered less than one year after their first sale, of those with a known time.
-- measures.es: Armas rastreadas recuperadas menos de un año después de su primera venta, de las que tienen tiempo
--   conocido.
-- unit: %
-- denominator.en: Traced firearms with a known time from first sale to recovery.
-- denominator.es: Armas rastreadas con tiempo conocido entre la primera venta y la recuperación.
-- sources: atf-traces
-- kinds: trace
-- period: year
-- model: share
-- place: US
-- direction: down
-- ambiguous.en: The share also rises in years in which more guns are sold.
-- ambiguous.es: El porcentaje también sube en años en que se venden más armas.
-- assumes.en: A trace is a request by the police, not a crime: what is traced depends on what they ask for. The
--   national figure is the sum of the states on record, of 51.
-- assumes.es: Un rastreo es una solicitud policial, no un delito: lo rastreado depende de lo que se pide. La cifra
--   nacional es la suma de los estados registrados, de 51.
-- not-for.en: Saying that a given gun was bought for someone else.
-- not-for.es: Decir que un arma dada fue comprada para otra persona.
-- needs.en: The yearly trace pages of the Bureau of Alcohol, Tobacco, Firearms and Explosives by state of recovery.
-- needs.es: Las páginas anuales de rastreo de la Oficina de Alcohol, Tabaco, Armas de Fuego y Explosivos (ATF) por
--   estado de recuperación.
-- scale: 100
-- annual: no

WITH state AS (
  SELECT place, valid_from, valid_to,
    SUM(CASE WHEN time_to_crime IN ('Under 3 Months', '3 Months to Under 7 Months', '7 Months to Under 1 Year') THEN count ELSE 0 END)
      AS part,
    SUM(count) AS whole
  FROM trace
  WHERE category = 'time-to-crime' AND status IN ('reported', 'not-reported') AND place LIKE 'US__'
  GROUP BY place, valid_from, valid_to
  HAVING COUNT(*) = COUNT(count)
), placed AS (
  SELECT place, valid_from, valid_to, part AS amount, whole AS base, 1 AS reported, 1 AS expected FROM state
  UNION ALL
  SELECT 'US' AS place, valid_from, valid_to, SUM(part) AS amount, SUM(whole) AS base, COUNT(*) AS reported, 51 AS expected
  FROM state
  WHERE place < 'US60'
  GROUP BY valid_from, valid_to
)
SELECT
  CAST(place AS VARCHAR) AS place,
  CAST(valid_from AS DATE) AS starts,
  CAST(valid_to AS DATE) AS ends,
  CAST(amount AS DECIMAL(38, 8)) AS amount,
  CAST(base AS DECIMAL(38, 8)) AS base,
  CAST(NULL AS DECIMAL(38, 8)) AS low,
  CAST(NULL AS DECIMAL(38, 8)) AS high,
  CAST(reported AS BIGINT) AS reported,
  CAST(expected AS BIGINT) AS expected
FROM placed
WHERE base > 0
