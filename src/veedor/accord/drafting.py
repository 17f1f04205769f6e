"""A first accord to change: short, commented in both languages, and readable as it stands."""

from __future__ import annotations

from datetime import date
from string import Template

from veedor.accord.errors import DraftNameError, shown
from veedor.kernel.ids import is_name

FIRST_DAY = date(2027, 1, 1)


_DRAFT = Template("""\
# An accord is a file that both parties can read. Lines after # are remarks.
# Un acuerdo es un archivo que ambas partes pueden leer. Lo que sigue a # son comentarios.
veedor: 1
accord: $name
status: hypothetical        # nobody is bound / no obliga a nadie: hypothetical, draft, in-force, ended
title: {en: "$title", es: "$title"}
starts: $starts          # first day / primer día
calendar: UTC               # whose midnight ends a day / qué medianoche termina el día

documents:                  # the texts it rests on / los textos en que se apoya
  text: {title: "$title"}

parties:                    # who signs / quiénes firman
  A: {kind: state, name: {en: First party, es: Primera parte}}
  B: {kind: state, name: {en: Second party, es: Segunda parte}}

organs:                     # who decides / quién decide
  council:
    name: {en: Council, es: Consejo}
    seats: {A: 2, B: 2}
    meets: monthly
    decides: consensus

ladder:                     # what may follow a breach / qué puede seguir a un incumplimiento
  consultation: {name: {en: Consultation, es: Consulta}, organ: council, within: 30 days}
reply: {within: 30 days, decides: council}

commitments:
  # One line that can be checked: who, what, how much, by when, and how anyone would know.
  # Un renglón comprobable: quién, qué, cuánto, para cuándo y cómo se sabría.
  monthly-figures:
    kind: conduct           # conduct | result | condition
    owed_by: {each: [A, B]}
    duty: must              # must | must-not | may-not-without | should
    theme: reporting
    says:
      en: Publish the agreed figures every month, unaltered.
      es: Publicar cada mes, sin alterarlas, las cifras acordadas.
    cites: {document: text, section: "1"}
    owner: {A: "…", B: "…"}  # the office that acts / la oficina que actúa
    test: {cadence: monthly-figures, every: month, grace: 10 days}
    needs: {grade: B2, independent_sources: 2}
    if_broken: [consultation]
""")


def draft(name: str, *, starts: date = FIRST_DAY) -> str:
    """The text of a small accord of that name, to be changed.

    Raises:
        DraftNameError: the name has other characters than lower-case letters, digits and hyphens.
    """
    if not is_name(name):
        raise DraftNameError(name=shown(name))
    return _DRAFT.substitute(name=name, title=name.replace("-", " ").capitalize(), starts=starts.isoformat())
