"""What can go wrong with stored evidence, in words: one class a situation."""

from __future__ import annotations

from veedor.kernel.errors import DONE, INTEGRITY, VeedorError
from veedor.kernel.language import N_, Template

NOTHING = N_("nothing")
OTHER_SNAPSHOT = Template("evd.other-snapshot", N_("it speaks of {snapshot}"))


class StoreBusyError(VeedorError):
    """Another process writes to the evidence folder and does not finish."""

    code = "EVD001"
    what = N_("another process has been writing to the evidence folder for more than {seconds} seconds (process {holder})")
    effect = N_("Nothing was written. What is stored can still be read.")
    next = N_("let that process finish, or end it, then repeat the command")
    more = N_(
        "One process writes at a time, so that a snapshot is never half stored. The lock is released by the operating system as soon "
        "as the process that holds it ends, even when it is killed: no file has to be deleted by hand."
    )


class StoreFullError(VeedorError):
    """The disk has no room for the file that was being written."""

    code = "EVD002"
    what = N_("the disk has no room left for {size} bytes: {why}")
    effect = N_("The snapshot was not taken. Everything stored before is intact.")
    next = N_("free some room, then repeat the command")
    more = N_(
        "A snapshot counts only once its manifest is in place, and the manifest is written last. When the disk fills up before that, "
        "the files written so far are removed and the snapshot does not exist."
    )


class StoreReadOnlyError(VeedorError):
    """The evidence folder may not be written to."""

    code = "EVD003"
    what = N_("the evidence folder may not be written to: {why}")
    effect = N_("Nothing was written. What is stored can still be read.")
    next = N_("make the folder writable for this user, or copy the project to a place that is")
    more = N_("Taking in files writes to the evidence folder, and so does storing a judgement. Where it cannot, a judgement is only shown.")


class SnapshotAlteredError(VeedorError):
    """Stored bytes no longer hash to the name they are stored under."""

    code = "EVD004"
    exit_code = INTEGRITY
    what = N_("snapshot {snapshot} does not match its own name: its bytes hash to {found}")
    effect = N_("Nothing was read from it, and nothing is judged that cites it, until this is resolved.")
    next = N_("take the same file in again from its publisher or from a peer: the stored bytes are then restored")
    more = N_(
        "Every file of evidence is named by the SHA-256 of its bytes. A different hash means that the stored bytes have changed since: "
        "a damaged disk, a partial copy, or somebody's edit. The name says which bytes belong there, so only the same bytes restore it."
    )


class SnapshotUnknownError(VeedorError):
    """No snapshot begins with the digits that were asked for."""

    code = "EVD005"
    what = N_('there is no snapshot "{prefix}"{nearest}')
    effect = N_("Nothing was read or written.")
    next = N_("veedor snapshots")
    more = N_("A snapshot is named by the SHA-256 of its bytes; any beginning of it that fits only one is enough, from four digits on.")


class PrefixAmbiguousError(VeedorError):
    """Several snapshots begin with the digits that were asked for."""

    code = "EVD006"
    what = N_('"{prefix}" is the beginning of {count} snapshots: {candidates}')
    effect = N_("Nothing was read or written.")
    next = N_("give more digits, so that one of them is meant")
    more = N_("A snapshot is named by the SHA-256 of its bytes; any beginning of it that fits only one is enough, from four digits on.")


class PrefixShapeError(VeedorError):
    """What was asked for cannot be the beginning of a snapshot's name."""

    code = "EVD007"
    what = N_('"{prefix}" cannot name a snapshot: 4 to 64 of the digits 0-9 and a-f are expected')
    effect = N_("Nothing was read or written.")
    next = N_("veedor snapshots")
    more = N_("A snapshot is named by the SHA-256 of its bytes; any beginning of it that fits only one is enough, from four digits on.")


class RecordsAlteredError(VeedorError):
    """A table of records no longer matches the digest in its snapshot's manifest, or is gone."""

    code = "EVD008"
    exit_code = INTEGRITY
    what = N_("the {kind} records of snapshot {snapshot} do not match its manifest: they hash to {found}, {expected} was stored")
    effect = N_("Nothing was read from them, and nothing is judged that cites them, until this is resolved.")
    next = N_("take the same file in again: the records are then restored")
    more = N_(
        "Records are read from the stored bytes once, written as Parquet, and their digest is kept in the snapshot's manifest. "
        'A file that is gone shows as "nothing". Reading the same bytes with the same version of veedor gives the same records.'
    )


class ManifestAlteredError(VeedorError):
    """A snapshot's manifest is not what was written."""

    code = "EVD009"
    exit_code = INTEGRITY
    what = N_("the manifest of snapshot {snapshot} is not as it was written: {why}")
    effect = N_("No list of snapshots can be trusted while it is there. Nothing was judged.")
    next = N_("restore this file from a copy of the project, or move it away and take the same file in again")
    more = N_(
        "The manifest says who published the bytes and which records were read from them. It is canonical JSON and carries its own digest, "
        "so that damage shows. A manifest that names a format this version does not know was written by a newer version of veedor."
    )


class NoSuchRecordsError(VeedorError):
    """A snapshot holds no records of the kind that was asked for."""

    code = "EVD010"
    what = N_("snapshot {snapshot} holds no {kind} records; it holds: {known}")
    effect = N_("Nothing was read or written.")
    next = N_("veedor snapshots")
    more = N_("A snapshot that could not be used keeps its bytes and has no records at all; its list of problems says why.")


class LeftoverError(VeedorError):
    """A file of a take that did not finish; nothing refers to it."""

    code = "EVD011"
    exit_code = DONE
    what = N_("{file} belongs to no snapshot: the process that took it in was interrupted, or is still running")
    effect = N_("None. No snapshot refers to it, and no verdict can.")
    next = N_("veedor snapshots --sweep removes it, or take the same file in again")
    more = N_(
        "The manifest of a snapshot is written last. When a process is killed before that, the files written so far stay behind. "
        "They are never read, and sweeping removes them."
    )


class KeptAlteredError(VeedorError):
    """A kept text or file no longer hashes to the name it is stored under."""

    code = "EVD012"
    exit_code = INTEGRITY
    what = N_("{domain} {digest} does not match its own name: its bytes hash to {found}")
    effect = N_("Nothing was read from it. What refers to it cannot be recomputed until this is resolved.")
    next = N_("restore this file from a copy of the project")
    more = N_("Accord texts, indicator files and judgements are kept under the SHA-256 of their bytes, beside the snapshots they speak of.")


class StoreUnwritableError(VeedorError):
    """The operating system refused to write, for a reason that is neither a full disk nor a missing permission."""

    code = "EVD013"
    what = N_("the evidence folder could not be written to: {why}")
    effect = N_("The snapshot was not taken. Everything stored before is intact.")
    next = N_("look at the path above, then repeat the command")
    more = N_(
        "The message is the operating system's own. A folder that is a file, a lost network drive and a failing disk are the usual causes."
    )


class KeptUnknownError(VeedorError):
    """No kept object has the name that was asked for."""

    code = "EVD014"
    what = N_("no {domain} is kept under {digest}")
    effect = N_("Nothing was read or written.")
    next = N_("look for the file in another copy of the project")
    more = N_("Accord texts, indicator files and judgements are kept under the SHA-256 of their bytes, beside the snapshots they speak of.")


class CaptureAlteredError(VeedorError):
    """The facts of a capture are not what was written."""

    code = "EVD015"
    exit_code = INTEGRITY
    what = N_("a capture of snapshot {snapshot} is not as it was written: {file}")
    effect = N_("When the snapshot became known cannot be told. Nothing was judged.")
    next = N_("restore this file from a copy of the project")
    more = N_(
        "A capture says when and from where bytes came; it is named by the SHA-256 of its own content. The earliest capture decides from "
        "which day the content counts as known, so a changed one is never used."
    )


class BytesMissingError(VeedorError):
    """A snapshot is listed and its bytes are gone."""

    code = "EVD016"
    exit_code = INTEGRITY
    what = N_("the bytes of snapshot {snapshot} are gone")
    effect = N_("Its records are still there, but nobody can check them against the original.")
    next = N_("take the same file in again from its publisher or from a peer: the stored bytes are then restored")
    more = N_("A snapshot is its bytes, its manifest, its captures and its records. The manifest says which bytes belong to it.")


class StrayFileError(VeedorError):
    """A file in the evidence folder that veedor did not put there."""

    code = "EVD017"
    exit_code = DONE
    what = N_("{file} is not a file of this evidence folder")
    effect = N_("None. It is never read, and never removed.")
    next = N_("move it to another folder")
    more = N_("Every file of evidence has a name that follows from its content. Other files are left alone and listed.")


class CaptureMissingError(VeedorError):
    """A snapshot is listed and says nowhere when it was taken in."""

    code = "EVD018"
    exit_code = INTEGRITY
    what = N_("snapshot {snapshot} has no capture: when it became known cannot be told")
    effect = N_("No list of snapshots can be trusted while it is there. Nothing was judged.")
    next = N_("restore the folder of its captures from a copy of the project")
    more = N_("The first capture is written before the manifest, so a snapshot without any has lost one since.")
