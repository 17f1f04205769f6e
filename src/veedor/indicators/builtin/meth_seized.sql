-- indicator: meth_seized
-- title.en: Methamphetamine seized
-- title.es: Metanfetamina decomisada
-- measures.en: Pounds of methamphetamine seized by field officers and the Border Patrol in the month, nationwide.
-- measures.es: Libras de metanfetamina decomisadas por las oficinas de campo y la Patrulla Fronteriza en el mes, en
--   todo el país.
-- unit: lb
-- denominator.en: None: a weight.
-- denominator.es: Ninguno: es un peso.
-- sources: cbp-drug-seizures
-- kinds: incidence
-- period: month
-- model: amount
-- place: US
-- direction: none
-- ambiguous.en: More seized can mean more drugs that move, or more searching; less seized can mean either too.
-- ambiguous.es: Más decomisos puede significar más droga en tránsito o más búsqueda; menos decomisos también puede
--   significar ambas cosas.
-- assumes.en: Fiscal months are read as calendar months. The fiscal year still running is provisional. Weights are as
--   seized, whatever their purity.
-- assumes.es: Los meses fiscales se leen como meses de calendario. El año fiscal en curso es preliminar. Los pesos
--   son los decomisados, sea cual sea su pureza.
-- not-for.en: Estimating how much crosses the border: what is not found is not counted.
-- not-for.es: Estimar cuánto cruza la frontera: lo que no se encuentra no se cuenta.
-- needs.en: The nationwide drug seizure table of US Customs and Border Protection, by fiscal month.
-- needs.es: La tabla nacional de decomisos de drogas de la Oficina de Aduanas y Protección Fronteriza de Estados
--   Unidos (CBP), por mes fiscal.
-- scale: 1
-- annual: no

WITH seized AS (
  -- Air and Marine Operations has a table of its own that counts others' seizures again, so that its rows are left out.
  SELECT place, valid_from, valid_to, SUM(quantity) AS amount
  FROM incidence
  WHERE category = 'drug-seizure' AND measure = 'seizure-events' AND method = 'cbp-fy' AND subcategory = 'Methamphetamine'
    AND modality <> 'Air and Marine Operations' AND status IN ('reported', 'provisional') AND place = 'US'
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
FROM seized
