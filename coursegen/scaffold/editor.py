"""Help for editors: the schemas in a folder, which files they are for, and a line at the head of each file that is made.

VS Code reads ``.vscode/settings.json``. Others with the YAML language server read the line at the head of a file.
"""

from __future__ import annotations

import json
from fnmatch import fnmatchcase
from pathlib import Path

from .writing import Refused, write

FOLDER = ".schemas"
SETTINGS = Path(".vscode/settings.json")
EXTENSIONS = Path(".vscode/extensions.json")


def schema_files() -> dict[Path, bytes]:
    """The schemas of all kinds of file."""
    from ..readers.source import schema

    return {Path(FOLDER, f"{name}.schema.json"): _json(schema.schema(name)) for name in schema.FILES}


def associations() -> dict[str, list[str]]:
    """Which schema is for files of which names, in any folder."""
    from ..readers.source import schema

    fixed = ("course", "unit")
    return {
        f"./{FOLDER}/{name}.schema.json": [f"{name}.yaml", *([] if name in fixed else [f"{name}-*.yaml", f"*-{name}.yaml"])]
        for name in schema.FILES
    }


def settings() -> dict[Path, bytes]:
    """What VS Code needs to know, for a folder that has no settings yet."""
    return {
        SETTINGS: _json({"yaml.schemas": associations()}),
        EXTENSIONS: _json({"recommendations": ["redhat.vscode-yaml"]}),
    }


def headline(kind: str, file: Path) -> str:
    """The line by which editors find the schema of a file; ``file`` is its path in the folder that has the schemas."""
    up = "../" * (len(file.parts) - 1)
    return f"# yaml-language-server: $schema={up or './'}{FOLDER}/{kind}.schema.json\n"


def _of_course(folder: Path) -> dict[str, list[str]]:
    """The associations, with the files of the course in a folder, or in its folder ``modules``, that have names of their own."""
    from ..model.walk import parts
    from ..readers.source import read, schema

    found = associations()
    names = {kind: name for name, (kind, _) in schema.FILES.items()}
    for root in (folder, folder / "modules"):
        course = read(root)[0] if (root / "course.yaml").is_file() else None
        for part in parts(course) if course is not None else ():
            if type(part) in names:
                file = Path(part.place.file).name
                patterns = found[f"./{FOLDER}/{names[type(part)]}.schema.json"]
                if not any(fnmatchcase(file, pattern) for pattern in patterns):
                    patterns.append(file)
    return found


def set_up(folder: Path) -> list[Path]:
    """Write the schemas and the settings into a folder. Returns what was written. Settings of other things are kept."""
    named = _of_course(folder)
    files = {folder / path: content for path, content in (schema_files() | settings()).items()}
    path = folder / SETTINGS
    files[path] = _json({"yaml.schemas": named})
    if path.exists():
        try:
            present = json.loads(path.read_text("utf-8-sig"))
            if not isinstance(present, dict) or not isinstance(present.get("yaml.schemas", {}), dict):
                raise ValueError("not settings")
        except ValueError as error:
            ours = json.dumps({"yaml.schemas": named}, indent=2)
            raise Refused(f"{path.as_posix()} has notes in it, or is not JSON. Add this to it yourself:\n{ours}") from error
        files[path] = _json({**present, "yaml.schemas": {**present.get("yaml.schemas", {}), **named}})
    if (folder / EXTENSIONS).exists():
        del files[folder / EXTENSIONS]
    new = {path: content for path, content in files.items() if not path.exists()}
    write(new, {path: content for path, content in files.items() if path not in new})
    return sorted(files)


def _json(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
