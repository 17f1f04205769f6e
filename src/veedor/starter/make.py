"""Write the files of the starter project: `python -m veedor.starter.make`. They are committed, and a test makes them again."""

from __future__ import annotations

from pathlib import Path

from veedor.starter.contents import FILES

FOLDER = Path(__file__).with_name("files")


def made() -> dict[str, bytes]:
    """Every file by name, the same bytes on every machine."""
    return {file.name: file.make() for file in FILES}


def main() -> None:
    """Write them, and remove what no longer belongs to them."""
    files = made()
    for path in FOLDER.glob("*"):
        if path.name not in files:
            path.unlink()
    FOLDER.mkdir(exist_ok=True)
    for name, data in files.items():
        FOLDER.joinpath(name).write_bytes(data)


if __name__ == "__main__":
    main()
