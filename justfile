# Every check of this repository. `uv run --group test just` lists the recipes; `uv run` tells the recipes where uv is.

uv := env("UV", "uv")
run := quote(uv) + " run --group test"
catalogue := "-D veedor -d src/veedor/locale -l es"

[private]
default:
    @just --list --unsorted

# Everything that has to hold before a change is merged.
test: lint types layers
    {{ run }} pytest

# Style, formatting, unused dependencies.
lint:
    {{ run }} ruff check
    {{ run }} ruff format --check
    {{ run }} deptry src

# Static types.
types:
    {{ run }} mypy

# Which package may import which.
layers:
    {{ run }} lint-imports

# Repair what style and formatting can repair by themselves.
tidy:
    {{ run }} ruff check --fix
    {{ run }} ruff format

# The quick tests only; arguments go to pytest.
unit *arguments:
    {{ run }} pytest tests/unit {{ arguments }}

# Many more examples for every property, chosen anew each time.
long *arguments:
    {{ run }} pytest --hypothesis-profile=long --timeout=3600 tests/properties tests/hostile {{ arguments }}

# Write whatever is generated and committed: errors, schemas, catalogues, the starter project's files, the output in the README.
generated: errors schemas catalogues readme starter readme

# docs/errors.md, from the error classes.
errors:
    {{ run }} python docs/errors.py

# src/veedor/schemas/*.json, from the types.
schemas:
    {{ run }} python -c 'from pathlib import Path; from veedor.accord import schema; schema.write(Path("src/veedor/schemas"))'

# The Spanish catalogue: what the code says into veedor.po (new sentences stay empty), then veedor.po into veedor.mo.
catalogues:
    mkdir -p build
    {{ run }} pybabel -q extract --keyword=N_ --keyword=Template:2 --add-location=file --no-wrap --project=veedor --output=build/veedor.pot src
    {{ run }} pybabel -q update {{ catalogue }} --input-file=build/veedor.pot --init-missing --ignore-obsolete \
      --no-fuzzy-matching --no-wrap --ignore-pot-creation-date
    {{ run }} pybabel -q compile {{ catalogue }}

# The made-up files of the starter project.
starter:
    {{ run }} python -m veedor.starter.make

# The output of `veedor start` in README.md.
readme:
    {{ run }} python docs/refresh_readme.py

# Speed and size, printed; an argument names the folder of real files.
bench *arguments:
    {{ run }} --group bench python benchmarks/commands.py {{ arguments }}

# The newest versions within the bounds, as `constraint-dependencies` wants them; a marker stays where it tells two versions apart.
pins:
    #!/bin/sh
    set -eu
    folder=$(mktemp -d)
    trap 'rm -r "$folder"' EXIT
    sed '/^constraint-dependencies/,/^]/d' pyproject.toml > "$folder/pyproject.toml"
    {{ quote(uv) }} export --quiet --project "$folder" --all-extras --no-hashes --no-header --no-annotate --no-emit-project --all-groups |
      awk -F== '{ line[NR] = $0; name[NR] = $1; count[$1]++ }
        END { for (i = 1; i <= NR; i++) { if (count[name[i]] == 1) sub(/ ;.*/, "", line[i]); print "  \"" line[i] "\"," } }'
