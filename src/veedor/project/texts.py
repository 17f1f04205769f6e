"""Texts that are written into new projects."""

from __future__ import annotations

STARTER_README = """# {title}: an example project with made-up figures

Every file in `files/` whose name begins with `synthetic-` is made up: it has the layout of a real publisher and invented numbers.
The firms and groups in it do not exist, and no natural person is named. Files whose names begin with `official-totals-` hold
yearly totals as the publishers printed them, for comparison; no verdict rests on them.

The accord (`accord/ssa.yaml`) is hypothetical: nobody has signed it. It is judged here as if it had started on {starts}, on what
was known on {as_of}. That is an exercise: with its own start, {own}, most commitments are not due yet, and no file here
speaks of that time.

    veedor judge --starts {starts} --as-of {as_of}
    veedor explain {telling} --starts {starts} --as-of {as_of}
    veedor judge
    veedor lint

The first line repeats the exercise, the second explains one verdict, the third judges the accord as it stands, the fourth says
what nobody could ever verify in it. Your own figures belong into a project of their own, so that nothing made up is among them:
`veedor new DIR`, then `veedor add FILE`.

## {title_es}: proyecto de ejemplo con cifras inventadas

Todo archivo de `files/` cuyo nombre empieza por `synthetic-` es inventado: tiene el formato de una fuente real y números
ficticios. Las empresas y los grupos que aparecen no existen y no se nombra a ninguna persona física. Los archivos cuyo nombre
empieza por `official-totals-` contienen totales anuales tal como los publicaron las fuentes, para comparar; ningún veredicto se
apoya en ellos.

El acuerdo (`accord/ssa.yaml`) es hipotético: nadie lo ha firmado. Aquí se juzga como si hubiera empezado el {starts}, con lo que
se sabía el {as_of}. Es un ejercicio: con su propio inicio, {own}, la mayoría de los compromisos aún no es exigible y ningún
archivo de aquí habla de ese tiempo.

    veedor --lang es judge --starts {starts} --as-of {as_of}
    veedor --lang es explain {telling} --starts {starts} --as-of {as_of}
    veedor --lang es judge
    veedor --lang es lint

La primera línea repite el ejercicio, la segunda explica un veredicto, la tercera juzga el acuerdo tal como está, la cuarta dice
qué nadie podría comprobar jamás en él. Sus propias cifras van en un proyecto propio, para que nada inventado se mezcle con ellas:
`veedor new CARPETA` y después `veedor add ARCHIVO`.
"""
