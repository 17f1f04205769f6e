"""`veedor witness serve`: answer those who ask this node to sign."""

from __future__ import annotations

import click

from veedor.cli.face import Face
from veedor.cli.passphrase import asked, passphrase_option
from veedor.cli.spoken import SpokenCommand, SpokenOption
from veedor.kernel.errors import DONE, VeedorError
from veedor.kernel.language import N_


@click.command(
    cls=SpokenCommand,
    example="veedor witness serve --port 8740 --passphrase-from VEEDOR_PASSPHRASE",
    help=N_(
        "Answer requests to sign in the form of C2SP tlog-witness, until Ctrl+C. It listens on this machine only unless --host names "
        "another of its addresses; put a web server with TLS in front of it. Keep the folder witness: a witness that forgets has to end."
    ),
)
@click.option("--port", type=click.IntRange(0, 65535), default=8740, show_default=True, cls=SpokenOption, help=N_("Port to listen at."))
@click.option("--host", default="127.0.0.1", show_default=True, cls=SpokenOption, help=N_("Address of this machine to listen at."))
@passphrase_option
@click.pass_obj
def command(face: Face, *, port: int, host: str, variable: str) -> int:  # noqa: D103, click shows `help`
    from veedor.cli import complaint
    from veedor.project import ledger, serving
    from veedor.project.errors import OfflineError
    from veedor.project.project import open_project
    from veedor.project.remote import listening

    if face.offline:
        raise OfflineError(count=1)
    service = serving.service(open_project(face.project, clock=face.clock), ledger.everything, lambda: asked(face, variable))

    def tell(error: VeedorError) -> None:
        complaint.show(face, error)

    with listening(host, port, service.answer, tell) as server:
        face.result(face.t(N_("The witness answers at {address} until Ctrl+C."), address=server.address))
        face.result(face.t(N_("Others list it with: veedor witness add NAME URL {vkey}"), vkey=service.vkey))
        face.out.file.flush()
        server.serve_forever()
    return DONE
