"""The crimes of Mexico's local jurisdiction as the Secretariado names them, in the words this program uses.

Two catalogues, one a method, in the publisher's order. A subtype of neither gets a name made from its own words.
"""

from __future__ import annotations

from veedor.kernel.text import fold, slug

IDEFC, RNID = "idefc-2015", "rnid-2026"

_BOTH = {
    "Homicidio doloso": "homicide-intentional",
    "Homicidio culposo": "homicide-culpable",
    "Lesiones dolosas": "injury-intentional",
    "Lesiones culposas": "injury-culpable",
    "Feminicidio": "femicide",
    "Aborto": "abortion",
    "Otros delitos que atentan contra la vida y la integridad corporal": "other-crimes-against-life",
    "Tráfico de menores": "child-trafficking",
    "Rapto": "abduction",
    "Otros delitos que atentan contra la libertad personal": "other-crimes-against-liberty",
    "Abuso sexual": "sexual-abuse",
    "Acoso sexual": "sexual-harassment",
    "Hostigamiento sexual": "sexual-harassment-by-superior",
    "Violación simple": "rape",
    "Violación equiparada": "rape-equated",
    "Incesto": "incest",
    "Otros delitos que atentan contra la libertad y la seguridad sexual": "other-sexual-crimes",
    "Robo a casa habitación": "robbery-home",
    "Robo de autopartes": "robbery-vehicle-parts",
    "Robo a transportista": "robbery-carrier",
    "Robo a transeúnte en vía pública": "robbery-passer-by-street",
    "Robo a transeúnte en espacio abierto al público": "robbery-passer-by-public-space",
    "Robo en transporte público individual": "robbery-public-transport-individual",
    "Robo en transporte público colectivo": "robbery-public-transport-collective",
    "Robo en transporte individual": "robbery-individual-transport",
    "Robo a institución bancaria": "robbery-bank",
    "Robo a negocio": "robbery-business",
    "Robo de ganado": "robbery-livestock",
    "Otros robos": "robbery-other",
    "Fraude": "fraud",
    "Abuso de confianza": "breach-of-trust",
    "Daño a la propiedad": "property-damage",
    "Despojo": "dispossession",
    "Otros delitos contra el patrimonio": "other-property-crimes",
    "Violencia familiar": "domestic-violence",
    "Violencia de género en todas sus modalidades distinta a la violencia familiar": "gender-violence",
    "Incumplimiento de obligaciones de asistencia familiar": "family-support-default",
    "Otros delitos contra la familia": "other-family-crimes",
    "Corrupción de menores": "corruption-of-minors",
    "Otros delitos contra la sociedad": "other-crimes-against-society",
    "Amenazas": "threats",
    "Allanamiento de morada": "trespass",
    "Evasión de presos": "prison-escape",
    "Falsedad": "false-statement",
    "Falsificación": "forgery",
    "Contra el medio ambiente": "environmental-crime",
    "Delitos cometidos por servidores públicos": "official-misconduct",
    "Electorales": "electoral-crime",
    "Otros delitos del Fuero Común": "other-local-crimes",
}

_IDEFC_ONLY = {
    "Secuestro": "kidnapping",
    "Robo de vehículo automotor": "robbery-vehicle",
    "Robo de maquinaria": "robbery-machinery",
    "Extorsión": "extortion",
    "Trata de personas": "human-trafficking",
    "Narcomenudeo": "drug-dealing",
}

_RNID_ONLY = {
    "Tentativa de homicidio doloso": "homicide-intentional-attempted",
    "Tentativa de feminicidio": "femicide-attempted",
    "Secuestro extorsivo": "kidnapping",
    "Secuestro con calidad de rehén": "kidnapping",
    "Secuestro para causar daño": "kidnapping",
    "Secuestro exprés": "kidnapping",
    "Privación ilegal de la libertad": "unlawful-deprivation-of-liberty",
    "Retención o sustracción de menores e incapaces": "retention-of-minors",
    "Violación a la intimidad sexual": "sexual-privacy-violation",
    "Robo de vehículo automotor - Coche de 4 ruedas": "robbery-vehicle",
    "Robo de vehículo automotor - Motocicleta": "robbery-vehicle",
    "Robo de vehículo automotor - Embarcaciones": "robbery-vehicle",
    "Robo de maquinaria - Herramienta industrial o agrícola": "robbery-machinery",
    "Robo de maquinaria - Tractores y/o montacargas": "robbery-machinery",
    "Robo de maquinaria - Cables, tubos y otros objetos destinados a servicios públicos": "robbery-machinery",
    "Extorsión presencial": "extortion",
    "Extorsión por otros medios": "extortion",
    "Tentativa de extorsión presencial": "extortion-attempted",
    "Tentativa de extorsión por otros medios": "extortion-attempted",
    "Trata de personas con fines de explotación sexual": "human-trafficking",
    "Trata de personas con fines de trabajo o servicios forzados": "human-trafficking",
    "Trata de personas con fines de tráfico de órganos": "human-trafficking",
    "Trata de personas con otros fines": "human-trafficking",
    "Pornografía infantil": "child-pornography",
    "Discriminación": "discrimination",
    "Narcomenudeo posesión simple": "drug-possession",
    "Narcomenudeo con fines de venta": "drug-dealing",
    "Delitos contra la administración de justicia": "crimes-against-justice",
    "Suplantación y usurpación de identidad": "identity-theft",
    "Tortura": "torture",
}

_NAMES = {fold(words): name for words, name in (_BOTH | _IDEFC_ONLY | _RNID_ONLY).items()}
_METHODS = {fold(words): IDEFC for words in _IDEFC_ONLY} | {fold(words): RNID for words in _RNID_ONLY}
_FIRST_RNID_YEAR = 2026


def is_known(subtype: str) -> bool:
    """Whether the subtype stands in the catalogue of either method."""
    return fold(subtype) in _NAMES


def category_of(subtype: str) -> str:
    """The category of a subtype: the catalogue's, or one made from its own words."""
    return _NAMES.get(fold(subtype)) or slug(subtype)


def method_of(year: int | None, subtype: str) -> str:
    """The method that counted a row: by its subtype where only one method has it, else by its year; "" where neither tells."""
    told = _METHODS.get(fold(subtype), "")
    if told or year is None:
        return told
    return RNID if year >= _FIRST_RNID_YEAR else IDEFC
