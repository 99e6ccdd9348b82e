#!/usr/bin/env python3
"""schemas.py SCHEMA FILE: the file fits the schema, and would not if any required member were missing.

Exit codes: 0 so; 1 not so; 77 the package python3-jsonschema is missing (the test is then skipped).
"""
import copy
import json
import sys

try:
    import jsonschema
except ImportError:
    print("skipped: needs Debian's python3-jsonschema")
    sys.exit(77)


def members(value, path=()):
    """Paths of all members of all objects, of arrays only the first and last element's."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield path + (name,)
            yield from members(inner, path + (name,))
    elif isinstance(value, list) and value:
        for index in {0, len(value) - 1}:
            yield from members(value[index], path + (index,))


def without(document, path):
    changed = copy.deepcopy(document)
    inner = changed
    for step in path[:-1]:
        inner = inner[step]
    del inner[path[-1]]
    return changed


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        schema = json.load(file)
    with open(sys.argv[2], encoding="utf-8") as file:
        document = json.load(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    errors = [f"{sys.argv[2]}: {error.json_path}: {error.message}" for error in validator.iter_errors(document)]
    missed = sum(not validator.is_valid(without(document, path)) for path in members(document))
    if missed < len(schema["required"]):
        errors.append(f"{sys.argv[1]}: only {missed} members would be missed")
    print("\n".join(errors) or f"fits; {missed} members would be missed")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
