"""What can be wrong with a project folder, in words."""

from __future__ import annotations

from veedor.kernel.errors import UNREACHABLE, VeedorError
from veedor.kernel.language import N_


class NoProjectError(VeedorError):
    """No project file lies in the folder or above it."""

    code = "PRO001"
    what = N_('no project here: there is no veedor.toml in "{folder}" or in a folder above it')
    effect = N_("Nothing was read or written.")
    next = N_("veedor start makes the starter project; veedor new DIR makes an empty one; or give --project DIR")
    more = N_(
        "A project is a folder that holds veedor.toml, the accord file, the evidence and the stored judgements. "
        "Commands work in the project of the current folder, as git does, or in the one that --project names."
    )


class FolderNotEmptyError(VeedorError):
    """A new project would be mixed with files that are already there."""

    code = "PRO002"
    what = N_('"{folder}" already holds {files} files or folders, "{first}" among them')
    effect = N_("Nothing was written; what is in the folder is as it was.")
    next = N_("choose another folder, or work in the project that is there: veedor --project {folder} judge")
    more = N_("veedor start and veedor new write only into a folder that is empty or does not exist yet.")


class SettingsUnreadableError(VeedorError):
    """The project file is not TOML, or holds keys that nobody knows."""

    code = "PRO003"
    what = N_("veedor.toml cannot be used: {why}")
    effect = N_("Nothing was read or written.")
    next = N_("repair the named line; a fresh file to compare with: veedor new DIR")
    more = N_(
        "The project file has the tables [project], [node], [addresses] and [trust]. Unknown keys are refused, so that a "
        "misspelt setting is never ignored."
    )


class FolderUnwritableError(VeedorError):
    """A folder or file of the project cannot be written."""

    code = "PRO004"
    what = N_('"{path}" cannot be written: {why}')
    effect = N_("What had been written before is intact; this step was not done.")
    next = N_("make the folder writable, or choose another one")
    more = N_(
        "A project needs a folder that this user may write to, with room for the evidence: about one and a half times the files taken in."
    )


class JudgementUnknownError(VeedorError):
    """No stored judgement has that digest."""

    code = "PRO005"
    what = N_('no judgement is stored under "{digest}"')
    effect = N_("Nothing was recomputed.")
    next = N_("veedor report changes lists the stored judgements")
    more = N_(
        "Each run of veedor judge stores the judgement under its result digest. Any beginning of at least four "
        "digits that fits only one will do."
    )


class StartsNotMovableError(VeedorError):
    """An accord in force was to be judged from another start than its own."""

    code = "PRO006"
    what = N_("{accord} is {status}: its start, {starts}, is not moved")
    effect = N_("Nothing was judged.")
    next = N_("veedor judge without --starts")
    more = N_(
        "Another start date is an exercise: it is allowed for hypothetical and draft accords only, so that no "
        "binding verdict rests on a made-up date."
    )


class NotAdoptedError(VeedorError):
    """An accord says it is in force, but a party's signature does not verify."""

    code = "PRO007"
    what = N_("{accord} says it is in force, but this is not proved for {parties}")
    effect = N_("Nothing was judged: a verdict on an accord nobody signed would bind nobody.")
    next = N_("add the parties' adoption signatures to the file and their keys to [trust] in veedor.toml, or set status: draft")
    more = N_(
        "An accord in force carries under `adoption` each party's Ed25519 signature over the digest of its text. The keys that count "
        "are listed per party in the project file, because a key in the accord file itself would prove nothing."
    )


class SnapshotsDifferError(VeedorError):
    """Two snapshots to compare are not vintages of one thing."""

    code = "PRO008"
    what = N_("{first} and {second} are not two vintages of {source}")
    effect = N_("Nothing was compared.")
    next = N_("veedor snapshots lists what is held, with source and part")
    more = N_(
        "Only two snapshots of the same source and the same part of it are compared: a difference between two publishers is no revision."
    )


class OfflineError(VeedorError):
    """A download was asked for while connections are switched off."""

    code = "PRO009"
    exit_code = UNREACHABLE
    what = N_("--offline is set: none of {count} addresses was asked")
    effect = N_("No connection was opened; what was held stays in use.")
    next = N_("run it again without --offline, or take in files you have: veedor add FILE")
    more = N_("With --offline no command opens a connection. Everything but veedor fetch works without one.")


class FileExistsAlreadyError(VeedorError):
    """A file to write is there already."""

    code = "PRO010"
    what = N_('"{path}" exists already')
    effect = N_("Nothing was written; the file is as it was.")
    next = N_("choose another name with -o, or move the file away")
    more = N_("veedor never overwrites a file that it did not make itself in the same run.")


class SnapshotUnusableError(VeedorError):
    """A snapshot to compare could not be used when it was taken in, so it has no records."""

    code = "PRO011"
    what = N_("{snapshot} is kept but could not be used, so there are no records of it to compare")
    effect = N_("Nothing was compared.")
    next = N_("veedor snapshots lists what is held; compare two that are usable")
    more = N_(
        "A file that lost a column or changed its method is kept byte for byte, and nothing is read from it. The list says what was wrong. "
        "Once this version of veedor or a later one can read it, take the same file in again."
    )
