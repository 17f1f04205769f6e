"""Check a log or a bundle of veedor with Python and nothing else: one file, no package, no network, to be read before it is run.

    python3 standalone.py FILE|DIR [POLICY]

DIR is the folder of a log (the file `checkpoint` and the folder `tile`), FILE a bundle. POLICY is a file that says whose keys count: which
logs, which witnesses, how many of them. Get it from somebody you trust, never from whoever gave you the bundle.

It ends with 0 where everything holds, 4 where something fails, 3 where something cannot be told, 2 where it could not begin. What it
recomputes: SHA-256 hashes of entries, the Merkle tree of RFC 6962, Ed25519 signatures (RFC 8032), and the forms of C2SP (signed-note,
tlog-checkpoint, tlog-tiles, tlog-cosignature, tlog-policy, tlog-proof). ML-DSA-44 signatures it cannot check, and says so.

Comprueba un registro o un paquete de veedor solo con Python. POLICY dice qué claves cuentan; obténgala de alguien de confianza.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import itertools
import json
import re
import sys
from pathlib import Path
from typing import Any

CHECKS = {
    "log.checkpoint": ("It can be read: {} entries of {}.", "Se puede leer: {} asientos de {}."),
    "log.signed": ("A log of the policy signed it.", "Lo firmó un registro de la política."),
    "log.quorum": ("Enough witnesses cosigned it.", "Lo cofirmaron suficientes testigos."),
    "log.entries": ("Every entry is there and fits its hash.", "Todos los asientos están y corresponden a su huella."),
    "log.tiles": ("Every tile is there and fits those below it.", "Todas las teselas están y corresponden a las inferiores."),
    "log.root": ("The files lead to the signed root.", "Los archivos conducen a la raíz firmada."),
    "log.names": ("Nothing else lies among the files.", "Nada más hay entre los archivos."),
    "bundle.labels": ("Class and exercise label are the verdict's own.", "La clase y la marca de ejercicio son las del dictamen."),
    "bundle.signed": ("Logs of the policy signed its checkpoints.", "Registros de la política firmaron sus puntos de control."),
    "bundle.quorum": ("Enough witnesses cosigned them.", "Los cofirmaron suficientes testigos."),
    "bundle.split": ("No two of them contradict each other.", "No hay dos que se contradigan."),
    "bundle.opened": ("Its entries open their commitments.", "Sus asientos abren sus compromisos."),
    "bundle.included": ("Its entries stand in the log.", "Sus asientos constan en el registro."),
    "bundle.verdict": ("An entry of the log names this verdict.", "Un asiento del registro nombra este dictamen."),
    "bundle.inputs": ("What the verdict rests on is listed and fits.", "Lo que sustenta el dictamen está listado y corresponde."),
    "bundle.officers": ("Its officers' signatures fit.", "Sus firmas de funcionarios corresponden."),
}
CLASSES = {
    "anyone": ("recomputable by anyone", "cualquiera puede recalcularlo"),
    "observers": ("recomputable by observers only", "solo los observadores pueden recalcularlo"),
    "one-party": ("an assertion: one party alone can recompute it", "una afirmación: solo una parte puede recalcularla"),
    "log": ("a log: it proves what was recorded, not that it is true", "un registro: prueba qué se asentó, no que sea cierto"),
}
STATUS = {"held": ("holds", "se cumple"), "failed": ("FAILS", "FALLA"), "open": ("not told", "no consta")}
HEX64, EMPTY = re.compile("[0-9a-f]{64}"), hashlib.sha256(b"").digest()


class Unreadable(Exception):  # noqa: N818, it is caught here and never shown
    """Something does not have the form that it must have."""


def unless(is_right: object) -> None:
    """Stop reading where something is not in its form."""
    if not is_right:
        raise Unreadable


# --- Forms: base64, decimal numbers, canonical JSON (RFC 8785). Each value has one spelling, so what is read equals what is hashed. ---


def b64(text: str) -> bytes:
    """Bytes from base64 in its one spelling."""
    try:
        raw = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise Unreadable from error
    unless(base64.b64encode(raw).decode() == text)
    return raw


def number(text: str) -> int:
    """A decimal number without leading zeros, below 2**63."""
    unless(re.fullmatch("0|[1-9][0-9]{0,18}", text) and int(text) < 2**63)
    return int(text)


def canonical(value: object) -> bytes:
    """The one spelling of JSON data: names in UTF-16 order, no blanks, no fractions."""
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return b"{" + b",".join(canonical(name) + b":" + canonical(value[name]) for name in names) + b"}"
    if isinstance(value, list):
        return b"[" + b",".join(canonical(one) for one in value) + b"]"
    unless(value is None or isinstance(value, (bool, str)) or (type(value) is int and abs(value) < 2**53))
    return json.dumps(value, ensure_ascii=False).encode("utf-8")  # noqa: TID251, of one string, number, true, false or null


def read_json(data: bytes) -> Any:  # noqa: ANN401, whatever JSON holds
    """Data from JSON that is canonical already."""
    try:
        found = json.loads(data)
        unless(canonical(found) == data)
    except (ValueError, RecursionError) as error:
        raise Unreadable from error
    return found


def has_form(value: object, form: Any) -> bool:  # noqa: ANN401, a form is a type, a pattern, a set of values, or forms inside
    """Whether data have exactly this form: no key too many, none missing."""
    if isinstance(form, dict):
        return type(value) is dict and value.keys() == form.keys() and all(has_form(value[key], form[key]) for key in form)
    if isinstance(form, list):
        return type(value) is list and all(has_form(one, form[0]) for one in value)
    if isinstance(form, re.Pattern):
        return type(value) is str and form.fullmatch(value) is not None
    return any(value == one if isinstance(one, str) else type(value) is one for one in form)


# --- Ed25519 (RFC 8032, 5.1): the curve -x² + y² = 1 + d·x²·y² over the integers modulo p; points as (X, Y, Z, T). ---

P, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
HALF = pow(2, (P - 1) // 4, P)


def point(raw: bytes) -> tuple[int, int, int, int] | None:
    """A point from its 32 bytes; None where they are not those of a point."""
    y, sign = int.from_bytes(raw, "little") & (2**255 - 1), raw[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if (x * x - square) % P == 0 else x * HALF % P
    if y >= P or (x * x - square) % P or (x == 0 and sign):
        return None
    x = x if x & 1 == sign else P - x
    return x, y, 1, x * y % P


def add(a: tuple[int, int, int, int], b: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    """The sum of two points (5.1.4)."""
    m, n = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    c, d = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = n - m, d - c, d + c, n + m
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(scalar: int, a: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    """A point, so many times."""
    total = (0, 1, 1, 0)
    while scalar:
        total, a, scalar = add(total, a) if scalar & 1 else total, add(a, a), scalar >> 1
    return total


def is_weak(public: bytes) -> bool:
    """Whether a key is of small order, or not in its one spelling: under such a key anybody can make signatures."""
    found = point(public[:31] + bytes([public[31] & 127]))
    return int.from_bytes(public, "little") % 2**255 >= P or (found is not None and times(8, found)[0] == 0)


def ed25519(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the signature fits."""
    key = point(public) if len(public) == 32 and len(signature) == 64 else None
    scalar = int.from_bytes(signature[32:], "little")
    if key is None or scalar >= ORDER or is_weak(public):
        return False
    hashed = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    base = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little")) or (0, 1, 1, 0)
    x, y, z, _ = add(times(scalar, base), times(hashed, (P - key[0], key[1], 1, P - key[3])))
    inverse = pow(z, P - 2, P)
    return (y * inverse % P | (x * inverse % P & 1) << 255).to_bytes(32, "little") == signature[:32]


# --- The tree (RFC 6962): a leaf is SHA-256 of 0x00 and the entry, a node of 0x01 and the two below it. ---


def node(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def rows(hashes: list[bytes]) -> list[list[bytes]]:
    """The hashes of every level of tiles: those of the leaves, those of each 256 leaves, and so on."""
    found = [hashes]
    while len(found[-1]) >= 256:
        last = found[-1]
        found.append([root(last[at : at + 256]) for at in range(0, len(last) - 255, 256)])
    return found


def root(hashes: list[bytes]) -> bytes:
    """The root over the hashes of leaves."""
    if len(hashes) < 2:
        return hashes[0] if hashes else EMPTY
    middle = 1 << (len(hashes) - 1).bit_length() - 1
    return node(root(hashes[:middle]), root(hashes[middle:]))


def root_of_path(entry: bytes, index: int, size: int, path: list[bytes]) -> bytes | None:
    """The root that a proof leads to from an entry (RFC 9162, 2.1.3.2)."""
    at, last, found = index, size - 1, hashlib.sha256(b"\x00" + entry).digest()
    if index >= size:
        return None
    for step in path:
        if last == 0:
            return None
        if at & 1 or at == last:
            found = node(step, found)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            found = node(found, step)
        at, last = at >> 1, last >> 1
    return found if last == 0 else None


# --- Signed notes, checkpoints, policies. ---


def read_note(data: bytes) -> tuple[str, list[tuple[str, bytes, bytes]], tuple[str, int, bytes]]:
    """Text, signature lines (name, id, rest) and checkpoint (origin, size, root) of a signed checkpoint."""
    unless(len(data) <= 1 << 20 and all(byte >= 0x20 or byte == 0x0A for byte in data))
    try:
        body, found, tail = data.decode("utf-8").rpartition("\n\n")
    except UnicodeDecodeError as error:
        raise Unreadable from error
    lines = tail.split("\n")
    unless(found and body and lines.pop() == "" and 1 <= len(lines) <= 128)
    signatures = []
    for line in lines:
        parts = line.split(" ")
        unless(len(parts) == 3 and parts[0] == "—" and is_name(parts[1]) and len(b64(parts[2])) > 4)
        signatures.append((parts[1], b64(parts[2])[:4], b64(parts[2])[4:]))
    stated = body.split("\n")
    unless(len(stated) >= 3 and all(stated) and len(b64(stated[2])) == 32)
    return body + "\n", signatures, (stated[0], number(stated[1]), b64(stated[2]))


def is_name(name: str) -> bool:
    """Whether a key may have this name."""
    return 0 < len(name.encode("utf-8", "replace")) <= 255 and not any(c.isspace() or c < " " or c == "+" for c in name)


def read_key(text: str) -> tuple[str, bytes, int, bytes]:
    """Name, id, kind and public key from `name+id+key`."""
    name, _, rest = text.partition("+")
    raw = b64(rest[9:])
    unless(is_name(name) and rest[8:9] == "+" and raw and len(raw) == {1: 33, 4: 33, 6: 1313}.get(raw[0]))
    unless(raw[0] == 6 or not is_weak(raw[1:]))
    unless(rest[:8] == hashlib.sha256(name.encode() + b"\n" + raw).hexdigest()[:8])
    return name, bytes.fromhex(rest[:8]), raw[0], raw[1:]


def fits(key: tuple[str, bytes, int, bytes], text: str, blob: bytes) -> bool:
    """Whether a signature line fits: a plain signature of the text, or a cosignature with its time."""
    if key[2] == 1:
        return ed25519(key[3], text.encode(), blob)
    time = int.from_bytes(blob[:8], "big")
    return 0 < time < 2**63 and ed25519(key[3], f"cosignature/v1\ntime {time}\n{text}".encode(), blob[8:])


class Policy:
    """Whose signatures count (tlog-policy): logs, witnesses, and groups of which so many must agree."""

    def __init__(self, data: bytes) -> None:
        """Read a policy file; `Unreadable` where any line is wrong."""
        self.logs: list[Any] = []
        self.witnesses: dict[str, Any] = {}
        self.groups: dict[str, tuple[int, list[str]]] = {}
        self.quorum = ""
        members: set[str] = set()
        keys: set[tuple[str, bytes]] = set()
        unless(len(data) <= 1 << 20 and data[-1:] in {b"", b"\n"} and all(b in {9, 10} or (b >= 32 and b != 127) for b in data))
        for line in data.decode("utf-8", "surrogateescape").split("\n"):
            kind, *words = re.split("[ \t]+", line.strip(" \t"))
            if kind == "" or kind.startswith("#"):
                continue
            unless(len(words) in {"log": (1, 2), "witness": (2, 3), "quorum": (1,), "group": range(3, 100_000)}.get(kind, ()))
            if kind in {"witness", "group"}:
                unless(words[0] != "none" and words[0] not in self.witnesses and words[0] not in self.groups)
            if kind == "quorum":
                unless(not self.quorum and (words[0] == "none" or words[0] in self.witnesses or words[0] in self.groups))
                self.quorum = words[0]
            elif kind == "group":
                self.group(words[0], words[1], words[2:], members)
            else:
                key = read_key(words[kind == "witness"])
                unless((kind, key[3]) not in keys and (kind == "log" or key[2] != 1))
                keys.add((kind, key[3]))
                if kind == "log":
                    self.logs.append(key)
                else:
                    self.witnesses[words[0]] = key
        unless(self.quorum)

    def group(self, name: str, least: str, named: list[str], members: set[str]) -> None:
        """Take in a group: it names what stands above it, and each name is a member once."""
        unless(all(one in self.witnesses or one in self.groups for one in named))
        unless(len(set(named)) == len(named) and not members.intersection(named))
        unless(least in {"all", "any"} or re.fullmatch("[1-9][0-9]{0,5}", least))
        needed = len(named) if least == "all" else 1 if least == "any" else int(least)
        unless(needed <= len(named))
        self.groups[name] = needed, named
        members.update(named)

    def agrees(self, cosigned: set[str]) -> bool:
        """Whether these witnesses are enough."""
        standing = set(cosigned)
        for name, (least, named) in self.groups.items():
            standing.update({name} if len(standing.intersection(named)) >= least else ())
        return self.quorum == "none" or self.quorum in standing


class Signed:
    """What a policy finds on the checkpoints of one subject."""

    def __init__(self, policy: Policy | None) -> None:
        """Begin with nothing seen."""
        self.policy = policy
        self.roots: dict[tuple[str, int], bytes] = {}
        self.unsigned: list[str] = []
        self.lacking: list[str] = []
        self.splits: list[str] = []
        self.untold: list[str] = []

    def take(self, where: str, data: bytes) -> None:
        """Check one signed checkpoint."""
        try:
            text, lines, (origin, size, top) = read_note(data)
        except Unreadable:
            self.unsigned.append(f"{where}: unreadable / ilegible")
            return
        if self.roots.setdefault((origin, size), top) != top:
            self.splits.append(f"{where}: same log and size, other root / mismo registro y tamaño, otra raíz")
        if self.policy is None:
            return
        known = {key[:2]: ("", key) for key in self.policy.logs if key[0] == origin}
        by: set[str] = set()
        later: set[str] = set()
        for name, key in [*known.values(), *self.policy.witnesses.items()]:
            mine = [one for one in lines if one[:2] == key[:2]]
            if len(mine) > 1:
                self.unsigned.append(f"{where}: {key[0]} signed twice / {key[0]} firmó dos veces")
                return
            for line in mine:
                if key[2] != 6 and not fits(key, text, line[2]):
                    self.unsigned.append(f"{where}: signature of {key[0]} does not fit / la firma de {key[0]} no corresponde")
                    return
                (later if key[2] == 6 else by).add(name)
        if "" not in by:
            (self.untold if "" in later else self.unsigned).append(f"{where}: no signature of a log / sin firma de un registro")
        elif not self.policy.agrees(by - {""}):
            short = self.untold if self.policy.agrees(by | later - {""}) else self.lacking
            short.append(f"{where}: cosigned only by / cofirmado solo por: {', '.join(sorted(by - {''})) or '–'}")


# --- A check is its code, what speaks against it, what leaves it open, and what fills its sentence. ---


class Check:
    """One numbered check of an audit."""

    def __init__(self, code: str, against: list[str], untold: str = "", *gaps: object) -> None:
        """It failed where something speaks against it, is open where something is untold, and holds otherwise."""
        self.code, self.against, self.untold, self.gaps = code, against, untold, gaps
        self.status = "failed" if against else "open" if untold else "held"


def signatures(kind: str, signed: Signed, absent: str, unread: list[str]) -> list[Check]:
    """The two checks of signatures: by the log, and by enough witnesses."""
    by_log = Check(f"{kind}.signed", unread + signed.unsigned, absent or "; ".join(signed.untold))
    if by_log.against:
        return [by_log, Check(f"{kind}.quorum", [], "not reached / no se alcanzó")]
    return [by_log, Check(f"{kind}.quorum", signed.lacking, absent or "; ".join(signed.untold))]


# --- A log: every entry, every tile, and the root they lead to. ---


def path_of(level: object, index: int, width: int) -> str:
    """The path of a tile, or of a bundle of entries."""
    digits = f"{index:03d}".zfill(-(-len(f"{index:03d}") // 3) * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    return f"tile/{level}/" + "/".join([*(f"x{one}" for one in groups[:-1]), groups[-1]]) + ("" if width == 256 else f".p/{width}")


def read_path(path: str) -> tuple[str, int, int] | None:
    """Level, index and width from a path; None where it is none of a log."""
    found = re.fullmatch(r"tile/(entries|0|[1-9][0-9]?)/((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?", path)
    name = found and (found[1], int(re.sub("[x/]", "", found[2])), int(found[3] or 256))
    is_one = name and path_of(*name) == path and name[2] <= 256 and (name[0] == "entries" or int(name[0]) < 64)
    return name if is_one else None


def leaves_of(data: bytes) -> list[bytes]:
    """The hashes of the entries in a bundle, as far as they can be read; one that is cut short counts as a wrong one."""
    found, at = [], 0
    while at < len(data):
        end = at + 2 + int.from_bytes(data[at : at + 2], "big")
        found.append(hashlib.sha256(b"\x00" + data[at + 2 : end]).digest() if end <= len(data) else b"")
        at = end
    return found


def pieces(data: bytes) -> list[bytes]:
    """The hashes in a tile."""
    return [data[at : at + 32] for at in range(0, len(data), 32)]


class Log:
    """The folder of a log."""

    def __init__(self, folder: Path) -> None:
        """List its files; read them when they are asked for."""
        self.paths = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if not path.is_dir()}

    def read(self, path: str) -> bytes | None:
        """The bytes of a file; None where there is none."""
        return self.paths[path].read_bytes() if path in self.paths else None

    def level(self, level: str, count: int) -> tuple[list[bytes], list[str]]:
        """The hashes that the files of one level state, or those of the entries in them; and the files that are missing."""
        found: list[bytes] = []
        missing = []
        for index in range(-(-count // 256)):
            width = min(count - index * 256, 256)
            data = self.read(path_of(level, index, width)) or self.read(path_of(level, index, 256))
            if data is None:
                missing.append(f"{path_of(level, index, width)}: missing / falta")
            read = (leaves_of if level == "entries" else pieces)(data or b"")
            found += [*read[:width], *[b""] * (width - len(read))]
        return found, missing

    def differing(self, right: list[list[bytes]], size: int) -> tuple[list[str], list[str], list[str]]:
        """What is wrong with entries and tiles, given the hashes that are right; and files that belong nowhere."""
        entries: list[str] = []
        tiles: list[str] = []
        strays: list[str] = []
        for path in self.paths:
            name = read_path(path)
            if name is None:
                strays.extend([f"{path}: belongs nowhere / no corresponde"] if path.startswith("tile/") else [])
                continue
            level, index, width = name
            at_level = 0 if level == "entries" else int(level)
            expected = right[at_level][index * 256 : index * 256 + width] if at_level < len(right) else []
            if len(expected) < width:
                continue  # of a later size than the checkpoint
            found = (leaves_of if level == "entries" else pieces)(self.read(path) or b"")
            at = next((at for at, pair in enumerate(itertools.zip_longest(expected, found)) if pair[0] != pair[1]), None)
            if at is not None:
                (entries if level == "entries" else tiles).append(f"{path}: {index * 256 + at}")
        return entries, tiles, strays


def audit_log(folder: Path, policy: Policy | None) -> list[Check]:
    """The checks of the folder of a log."""
    log = Log(folder)
    head = log.read("checkpoint") or b""
    try:
        _, _, (origin, size, top) = read_note(head)
    except Unreadable:
        rest = ("signed", "quorum", "entries", "tiles", "root", "names")
        unread = Check("log.checkpoint", ["checkpoint: unreadable / ilegible"], "", 0, "–")
        return [unread, *(Check(f"log.{one}", [], "not reached / no se alcanzó") for one in rest)]
    signed = Signed(policy)
    signed.take("checkpoint", head)
    absent = "" if policy else "whose keys count is not known / no se sabe qué claves cuentan"
    (by_entries, no_entries), (by_tiles, no_tiles) = log.level("entries", size), log.level("0", size)
    is_right = [root(by_entries) == top, root(by_tiles) == top]
    right = rows(by_tiles if is_right[1] and not is_right[0] else by_entries)
    for level, row in enumerate(right[1:], 1):
        no_tiles += log.level(str(level), len(row))[1]
    entries, tiles, strays = log.differing(right, size)
    return [
        Check("log.checkpoint", [], "", size, origin),
        *signatures("log", signed, absent, []),
        Check("log.entries", no_entries + entries),
        Check("log.tiles", no_tiles + tiles),
        Check("log.root", [] if any(is_right) else ["checkpoint: other root / otra raíz"]),
        Check("log.names", strays),
    ]


# --- A bundle: what is shown, that it stands in the log, and that the verdict is the one that was recorded. ---

TEXT, WHOLE = (str,), (int,)
ENTRY = {
    "actor": TEXT,
    "at": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z"),
    "body": (dict,),
    "kind": TEXT,
    "schema": ("veedor/entry/1",),
}
FORM = {
    "class": ("anyone", "observers", "one-party"),
    "entries": [{"entry": (dict,), "proof": TEXT, "salt": HEX64}],
    "exercise": (bool,),
    "format": ("veedor/bundle/1",),
    "inputs": [{"address": TEXT, "data": TEXT, "digest": HEX64, "name": TEXT}],
    "method": {"name": TEXT, "version": TEXT},
    "policy": TEXT,
    "signatures": [{"entry": WHOLE, "key": TEXT, "signature": TEXT}],
    "signed_checkpoints": [TEXT],
    "verdict": (dict, type(None)),
}


def read_bundle(data: bytes) -> Any:  # noqa: ANN401, of the form above
    """A bundle; `Unreadable` where it is not exactly in its form."""
    found = read_json(data)
    unless(has_form(found, FORM))
    for text in [one["data"] for one in found["inputs"]] + [one[key] for one in found["signatures"] for key in ("key", "signature")]:
        b64(text)
    unless(all(0 <= one["entry"] < len(found["entries"]) for one in found["signatures"]))
    return found


def read_proof(text: str) -> tuple[int, list[bytes], bytes]:
    """Index, hashes and signed checkpoint of a proof file. Its `extra` line is signed by nobody and is passed over."""
    unless(len(text.encode()) <= 2 << 20)
    head, found, note = text.partition("\n\n")
    lines = head.split("\n")
    unless(found and lines.pop(0) == "c2sp.org/tlog-proof@v1" and lines)
    if lines[0].startswith("extra "):
        unless(b64(lines.pop(0)[6:]) and lines)
    unless(lines[0].startswith("index ") and len(lines) <= 64)
    hashes = [b64(line) for line in lines[1:]]
    unless(all(len(one) == 32 for one in hashes))
    read_note(note.encode())
    return number(lines[0][6:]), hashes, note.encode()


def leaf(shown: Any) -> bytes:  # noqa: ANN401, one of a bundle's entries
    """The published leaf of an entry: a hash over its salt and itself."""
    hashed = hashlib.sha256(b"veedor/commit/1\n" + bytes.fromhex(shown["salt"]) + canonical(shown["entry"])).hexdigest()
    return b'{"c":"' + hashed.encode() + b'"}'


def inclusion(bundle: Any, signed: Signed) -> list[str]:  # noqa: ANN401, a bundle
    """What speaks against the proofs; their checkpoints are checked on the way."""
    against = [] if bundle["entries"] else ["entries: none / ninguno"]
    taken: set[bytes] = set()
    for at, shown in enumerate(bundle["entries"]):
        try:
            index, hashes, note = read_proof(shown["proof"])
        except Unreadable:
            against.append(f"entries[{at}].proof: unreadable / ilegible")
            continue
        if note not in taken:
            taken.add(note)
            signed.take(f"entries[{at}].proof", note)
        _, size, top = read_note(note)[2]
        if root_of_path(leaf(shown), index, size, hashes) != top:
            against.append(f"entries[{at}]: does not lead to the signed root / no conduce a la raíz firmada")
    return against


def strings(value: object) -> list[str]:
    """Every text inside data."""
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [value] if isinstance(value, str) else [text for part in inside for text in strings(part)]


def verdict_checks(bundle: Any) -> tuple[list[Check], list[Check]]:  # noqa: ANN401, a bundle
    """What is said of the verdict in a bundle: its labels; and that the log records it, and what it rests on."""
    verdict, grade = bundle["verdict"], bundle["class"]
    if verdict is None:
        return [], []
    labels = [] if verdict.get("recomputable") == grade else ["class"]
    labels += [] if verdict.get("exercise") is bundle["exercise"] else ["exercise"]
    labels += ["verdict: BROKEN"] if "one-party" in {str(verdict.get("recomputable")), grade} and verdict.get("outcome") == "BROKEN" else []
    digest = hashlib.sha256(b"veedor/verdict/1\n" + canonical(verdict)).hexdigest()
    kinds = re.compile("verdict(-.*)?", re.DOTALL)
    recorded = [one["entry"] for one in bundle["entries"] if has_form(one["entry"], ENTRY) and kinds.fullmatch(one["entry"]["kind"])]
    named = any(digest in strings(entry["body"]) for entry in recorded)
    supports = verdict.get("supports")
    rests_on = [str(one.get("snapshot")) for one in supports if isinstance(one, dict)] if isinstance(supports, list) else []
    inputs = [f"inputs: {one}" for one in rests_on if one not in {given["digest"] for given in bundle["inputs"]}]
    for at, one in enumerate(bundle["inputs"]):
        raw = b64(one["data"])
        inputs += [f"inputs[{at}].data"] if raw and hashlib.sha256(raw).hexdigest() != one["digest"] else []
        inputs += [f"inputs[{at}].address"] if grade == "anyone" and not raw and not one["address"] else []
    recorded_as = Check("bundle.verdict", [] if named else [f"verdict: {digest}"])
    return [Check("bundle.labels", labels)], [recorded_as, Check("bundle.inputs", inputs)]


def audit_bundle(bundle: Any, policy: Policy | None) -> list[Check]:  # noqa: ANN401, a bundle
    """The checks of a bundle."""
    own: Policy | None = None
    unread: list[str] = []
    try:
        own = Policy(bundle["policy"].encode())
    except Unreadable:
        unread = ["policy: unreadable / ilegible"]
    signed = Signed(policy or own)
    not_included = inclusion(bundle, signed)
    for at, text in enumerate(bundle["signed_checkpoints"]):
        signed.take(f"signed_checkpoints[{at}]", text.encode())
    absent = "" if policy else "only the bundle's own policy says so / solo lo dice la política del propio paquete"
    unopened = [f"entries[{at}]: unreadable / ilegible" for at, one in enumerate(bundle["entries"]) if not has_form(one["entry"], ENTRY)]
    officers: list[str] = []
    later: list[str] = []
    for at, one in enumerate(bundle["signatures"]):
        message = b"veedor/officer/1\n" + canonical(bundle["entries"][one["entry"]]["entry"])
        if len(b64(one["key"])) == 1312:
            later.append(f"signatures[{at}]: ML-DSA-44")
        elif not ed25519(b64(one["key"]), message, b64(one["signature"])):
            officers.append(f"signatures[{at}]")
    labels, verdict = verdict_checks(bundle)
    return [
        *labels,
        *signatures("bundle", signed, absent, unread),
        Check("bundle.split", signed.splits),
        Check("bundle.opened", unopened),
        Check("bundle.included", not_included),
        *verdict,
        Check("bundle.officers", officers, "; ".join(later)),
    ]


# --- The report. ---


def clean(text: object) -> str:
    """Text that may come from anywhere, without what a terminal would obey."""
    return "".join(c if c.isprintable() else " " for c in str(text))


def report(grade: str, bundle: Any, checks: list[Check]) -> str:  # noqa: ANN401, a bundle, or nothing
    """The class first, then every check, in English and Spanish."""
    lines = [f"CLASS / CLASE: {CLASSES[grade][0]} / {CLASSES[grade][1]}"]
    if bundle and bundle["exercise"]:
        lines.append("exercise: no party has signed this / ejercicio: ninguna parte ha firmado esto")
    if bundle and bundle["verdict"] is not None:
        lines.append(f"verdict / dictamen: {clean(bundle['verdict'].get('outcome', ''))}")
    for at, check in enumerate(checks, 1):
        words = [f"{STATUS[check.status][one]}: {CHECKS[check.code][one]}".format(*map(clean, check.gaps)) for one in (0, 1)]
        lines += [f"{at:2}. {check.code}", *(f"      {line}" for line in words)]
        lines += [f"        {clean(one)}" for one in [*check.against, *([check.untold] if check.status == "open" else [])]]
    return "\n".join(lines) + "\n"


def main(words: list[str]) -> int:
    """Audit what the arguments name; print the report; the exit code."""
    try:
        policy = Policy(Path(words[1]).read_bytes()) if len(words) == 2 else None
        path = Path(words[0])
        is_log = path.is_dir() and ((path / "checkpoint").is_file() or (path / "tile").is_dir())
        data = b"" if is_log else path.read_bytes()
    except (Unreadable, OSError, IndexError) as error:
        sys.stderr.write(f"{clean(error) or 'the policy cannot be read / la política es ilegible'}\n{(__doc__ or '').splitlines()[2]}\n")
        return 2
    try:
        bundle = None if is_log else read_bundle(data)
    except Unreadable:
        sys.stderr.write("this is not a bundle / esto no es un paquete: veedor/bundle/1\n")
        return 4
    checks = audit_log(path, policy) if is_log else audit_bundle(bundle, policy)
    sys.stdout.write(report(bundle["class"] if bundle else "log", bundle, checks))
    statuses = {check.status for check in checks}
    return 4 if "failed" in statuses else 3 if "open" in statuses else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
