"""Every sentence of an audit, in English and Spanish side by side: a court reads both, so neither comes from a catalogue.

`standalone.py` carries the same words; a test holds the two equal.
"""

from __future__ import annotations

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    # What is audited.
    "class.anyone": ("recomputable by anyone", "cualquiera puede recalcularlo"),
    "class.observers": ("recomputable by observers only", "solo los observadores pueden recalcularlo"),
    "class.one-party": ("an assertion: one party alone can recompute it", "una afirmación: solo una parte puede recalcularla"),
    "class.log": ("a log: it proves what was recorded, not that it is true", "un registro: prueba qué se asentó, no que sea cierto"),
    "exercise": ("exercise: no party has signed this", "ejercicio: ninguna parte ha firmado esto"),
    # Checks of a log.
    "log.checkpoint": ("It can be read: {size} entries of {origin}.", "Se puede leer: {size} asientos de {origin}."),
    "log.signed": ("A log of the policy signed it: {found}.", "Lo firmó un registro de la política: {found}."),
    "log.quorum": ("Enough witnesses cosigned it: {found}.", "Lo cofirmaron suficientes testigos: {found}."),
    "log.entries": ("Every entry is there and fits its hash.", "Todos los asientos están y corresponden a su huella."),
    "log.tiles": ("Every tile is there and fits those below it.", "Todas las teselas están y corresponden a las inferiores."),
    "log.root": ("The files lead to the signed root.", "Los archivos conducen a la raíz firmada."),
    "log.names": ("Nothing else lies among the files.", "Nada más hay entre los archivos."),
    # Checks of a bundle.
    "bundle.labels": ("Class and exercise label are the verdict's own.", "La clase y la marca de ejercicio son las del dictamen."),
    "bundle.signed": (
        "Logs of the policy signed its checkpoints ({count}).",
        "Registros de la política firmaron sus puntos de control ({count}).",
    ),
    "bundle.quorum": ("Enough witnesses cosigned them.", "Los cofirmaron suficientes testigos."),
    "bundle.split": ("No two of them contradict each other.", "No hay dos que se contradigan."),
    "bundle.opened": ("Its entries open their commitments ({count}).", "Sus asientos abren sus compromisos ({count})."),
    "bundle.included": ("Its entries stand in the log.", "Sus asientos constan en el registro."),
    "bundle.verdict": ("An entry of the log names this verdict: {found}.", "Un asiento del registro nombra este dictamen: {found}."),
    "bundle.inputs": ("What the verdict rests on is listed and fits.", "Lo que sustenta el dictamen está listado y corresponde."),
    "bundle.officers": ("Its officers' signatures fit ({count}).", "Sus firmas de funcionarios corresponden ({count})."),
    # What can be found.
    "unreadable": ("it cannot be read: {why}", "no se puede leer: {why}"),
    "not-signed": ("no key of the policy signed it", "ninguna clave de la política lo firmó"),
    "wrong-signature": ("the signature of {name} does not fit", "la firma de {name} no corresponde"),
    "no-quorum": ("cosignatures are missing: {missing}", "faltan cofirmas: {missing}"),
    "no-policy": ("whose keys count is not known (--policy)", "no se sabe qué claves cuentan (--policy)"),
    "own-policy": ("only the policy inside the bundle says so (--policy)", "solo lo dice la política dentro del paquete (--policy)"),
    "other-policy": ("The bundle carries another policy than yours.", "El paquete lleva una política distinta de la suya."),
    "not-reached": ("it could not be checked", "no se pudo comprobar"),
    "missing": ("the file is missing", "falta el archivo"),
    "length": ("the file has another length", "el archivo tiene otra longitud"),
    "absent": ("entries are too few: {entry} is not there", "faltan asientos: no está el {entry}"),
    "excess": ("entries are too many: {entry} does not belong", "sobran asientos: el {entry} no corresponde"),
    "cut": ("entry {entry} is cut short", "el asiento {entry} está cortado"),
    "entry": ("entry {entry} is not the one that was recorded", "el asiento {entry} no es el que se registró"),
    "hash": ("hash {entry} of the tile is not the one that was recorded", "la huella {entry} de la tesela no es la registrada"),
    "either": ("entry or hash {entry}: the two differ, neither fits above", "asiento o huella {entry}: difieren y ninguno encaja arriba"),
    "beneath": ("it does not lead to hash {entry} of {file}", "no conduce a la huella {entry} de {file}"),
    "root": ("the files lead to another root", "los archivos conducen a otra raíz"),
    "stray": ("the file belongs to no place of this log", "el archivo no corresponde a ningún lugar de este registro"),
    "beyond": ("Not covered by the checkpoint: {found}", "No cubierto por el punto de control: {found}"),
    "beside": ("Not part of the log: {found}", "No es parte del registro: {found}"),
    "unknown-signers": ("Signed by others too, who do not count: {found}", "También firmado por otros, que no cuentan: {found}"),
    "class-differs": ("the class is not the verdict's", "la clase no es la del dictamen"),
    "exercise-differs": ("the exercise label is not the verdict's", "la marca de ejercicio no es la del dictamen"),
    "broken-on-one": ("BROKEN cannot rest on one party's assertion", "BROKEN no puede fundarse en la afirmación de una parte"),
    "split": ("the same log, the same size, another root", "el mismo registro, el mismo tamaño, otra raíz"),
    "nothing": ("the bundle proves no entry", "el paquete no prueba ningún asiento"),
    "not-opened": ("salt and entry do not give a commitment", "la sal y el asiento no dan un compromiso"),
    "not-included": ("the proof does not lead to the signed root", "la prueba no conduce a la raíz firmada"),
    "not-named": ("no entry of kind verdict names its digest", "ningún asiento de tipo verdict nombra su huella"),
    "not-listed": ("the verdict rests on it, and it is not listed", "el dictamen se funda en él y no está listado"),
    "bytes-differ": ("its bytes have another digest", "sus bytes tienen otra huella"),
    "nowhere": ("the class is anyone, and nothing says where to get it", "la clase es «cualquiera» y nada dice dónde obtenerlo"),
    "officer": ("the signature does not fit entry {entry}", "la firma no corresponde al asiento {entry}"),
    # The frame.
    "held": ("holds", "se cumple"),
    "failed": ("FAILS", "FALLA"),
    "open": ("not told", "no consta"),
    "expected": ("expected", "se esperaba"),
    "found": ("found", "se encontró"),
    "more": ("and {count} more", "y {count} más"),
    "result": (
        "{held} of {count} checks hold, {failed} fail, {open} cannot be told.",
        "{held} de {count} comprobaciones se cumplen, {failed} fallan, {open} no constan.",
    ),
    "verdict": ("verdict", "dictamen"),
    "remark": ("remark", "nota"),
}  # fmt: skip
