"""Texts that are written into new projects."""

from __future__ import annotations

STARTER_README = """# {title}: an example project, every figure made up

Every file in `files/` whose name begins with `synthetic-` is made up: it has the layout of a real publisher and invented
numbers. The firms and groups in it do not exist and no natural person is named. Files that begin with `official-totals-` hold
yearly totals as the publishers printed them, for comparison; no verdict rests on them.

The accord (`accord/ssa.yaml`) is hypothetical: nobody has signed it. It is judged here as if it had started on {starts}, on what
was known on {as_of}. That is an exercise. With its own start, 2026-02-01, nearly every commitment is not yet due:

    veedor judge                                        the accord as it stands
    veedor judge --starts {starts} --as-of {as_of}    the exercise
    veedor explain homicide-guanajuato --starts {starts} --as-of {as_of}
    veedor lint                                         what nobody could ever verify, with repairs

Your own figures belong into a project of their own, so that nothing made up is among them: `veedor new DIR`.

## En español

## {title}: proyecto de ejemplo, todas las cifras son inventadas

Todo archivo de `files/` cuyo nombre empieza por `synthetic-` es inventado: tiene el formato de una fuente real y números
ficticios. Las empresas y los grupos que aparecen no existen y no se nombra a ninguna persona física. Los archivos que empiezan
por `official-totals-` contienen totales anuales tal como los publicaron las fuentes, para comparar; ningún veredicto se apoya en
ellos.

El acuerdo (`accord/ssa.yaml`) es hipotético: nadie lo ha firmado. Aquí se juzga como si hubiera empezado el {starts}, con lo que
se sabía el {as_of}. Es un ejercicio. Con su propio inicio, 2026-02-01, casi ningún compromiso es exigible todavía:

    veedor --lang es judge                                        el acuerdo tal como está
    veedor --lang es judge --starts {starts} --as-of {as_of}    el ejercicio

Sus propias cifras van en un proyecto propio, para que nada inventado se mezcle con ellas: `veedor new CARPETA`.
"""
