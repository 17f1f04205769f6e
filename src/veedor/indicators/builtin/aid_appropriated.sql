-- indicator: aid_appropriated
-- title.en: Aid appropriated
-- title.es: Ayuda asignada
-- measures.en: US foreign assistance appropriated by Congress in the fiscal year, in current US dollars.
-- measures.es: Asistencia exterior de Estados Unidos asignado por el Congreso en el año fiscal, en dólares
--   corrientes.
-- unit: USD
-- denominator.en: None: an amount of money.
-- denominator.es: Ninguno: es un monto de dinero.
-- sources: foreign-assistance
-- kinds: disbursement
-- period: fiscal-year
-- model: total
-- place: MX
-- direction: up
-- assumes.en: Fiscal years run from October to September. Money taken back lowers the figure. The year still running
--   is left out.
-- assumes.es: Los años fiscales van de octubre a septiembre. El dinero devuelto reduce la cifra. El año en curso se
--   omite.
-- not-for.en: What was delivered. Adding to the other types: they are stages of the same money.
-- not-for.es: Lo que se entregó. Sumar con los otros tipos: son etapas del mismo dinero.
-- needs.en: The country summary of ForeignAssistance.gov.
-- needs.es: El resumen por país de ForeignAssistance.gov.
-- scale: 1
-- annual: no

WITH yearly AS (
  -- Types of transaction are stages of the same money and are never added; a year still running is not a year.
  SELECT place, valid_from, valid_to, SUM(amount) AS amount
  FROM disbursement
  WHERE provider = 'US' AND transaction_type = 'appropriation' AND price_basis = 'current' AND currency = 'USD'
    AND status = 'reported' AND place LIKE '__' AND amount IS NOT NULL
  GROUP BY place, valid_from, valid_to
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
FROM yearly
