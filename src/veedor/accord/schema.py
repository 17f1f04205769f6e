"""The JSON Schema of an accord file, for editors that check while one types. Made from the model, so it cannot lag behind.

It says what an accord file may look like. What only the whole file shows (a party that does not exist) is said by reading it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from veedor.accord.model import THEMES, Accord
from veedor.kernel import canonical

FILE = "accord.schema.json"
_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_TEXT = ["string", "number", "boolean"]  # an editor's YAML reader makes a number of `section: 4`; an accord reads text


def json_schema() -> dict[str, Any]:
    """The schema as plain data."""
    made: dict[str, Any] = _eased(Accord.model_json_schema())
    parts = made["$defs"]
    parts["Said"] = {"anyOf": [{"type": _TEXT, "minLength": 1}, {"$ref": "#/$defs/Words"}]}
    for test in ("LevelTest", "ShareTest"):
        parts[test]["oneOf"] = [{"required": ["at_most"]}, {"required": ["at_least"]}]
    parts["ChangeTest"]["oneOf"] = [{"required": ["fall"]}, {"required": ["rise"]}]
    parts["Owed"] |= {"minProperties": 1, "maxProperties": 1}
    parts["Commitment"]["properties"]["theme"] = {"enum": list(THEMES)}
    parts["Commitment"]["allOf"] = [
        _not_both("test", "readings"),
        _not_both("phase", "begins"),
        _not_both("test", "unlawful"),
        {
            "if": {"properties": {"duty": {"const": "may-not-without"}}},
            "then": {"required": ["without"]},
            "else": {"not": {"required": ["without"]}},
        },
    ]
    return {"$schema": _DRAFT, "$id": "urn:veedor:accord:1", **made, "title": "veedor accord file"}


def write(folder: Path) -> Path:
    """Write the schema into a folder and return its path."""
    path = folder / FILE
    path.write_text(canonical.pretty(json_schema()) + "\n", encoding="utf-8")
    return path


def _not_both(one: str, other: str) -> dict[str, Any]:
    return {"not": {"required": [one, other]}}


def _eased(part: Any) -> Any:  # noqa: ANN401, any part of a schema
    """The schema without null (no key of an accord may be blank), without defaults, and with scalars as YAML reads them."""
    if isinstance(part, list):
        return [_eased(item) for item in part]
    if not isinstance(part, dict):
        return part
    if part.get("$ref") == "#/$defs/Words":
        return {"$ref": "#/$defs/Said"}
    made = {key: _of_key(key, value) for key, value in part.items() if key != "default" or "type" not in part}
    made.pop("default", None)
    options = [option for option in made.pop("anyOf", []) if option != {"type": "null"}]
    if len(options) == 1:
        made |= options[0]
    elif options:
        made["anyOf"] = options
    if "patternProperties" in made:
        made["additionalProperties"] = False
    return _scalar(made)


def _of_key(key: str, value: Any) -> Any:  # noqa: ANN401
    if key in {"properties", "$defs"}:
        return {name: _without_title(_eased(below)) if key == "properties" else _eased(below) for name, below in value.items()}
    return _eased(value)


def _without_title(part: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in part.items() if key != "title"}


def _scalar(part: dict[str, Any]) -> dict[str, Any]:
    match part.get("type"):
        case "string" if "enum" not in part:
            pattern = part.get("pattern")
            if pattern is None:
                return part | {"type": _TEXT}
            return part | {"type": ["string", "number"]} if re.search(pattern, "12") else part
        case "integer":
            return part | {"type": ["integer", "string"], "pattern": r"^\d+$"}
        case _:
            return part
