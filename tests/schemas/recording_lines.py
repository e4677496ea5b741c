# SPDX-License-Identifier: Apache-2.0
"""recording_lines.py SCHEMA RECORDING...: whether every line is as the schema says."""
import json
import pathlib
import sys

from jsonschema import Draft202012Validator

schema = json.loads(pathlib.Path(sys.argv[1]).read_text())
Draft202012Validator.check_schema(schema)
validator = Draft202012Validator(schema)
wrong = 0
for name in sys.argv[2:]:
    for number, line in enumerate(pathlib.Path(name).read_text().splitlines(), 1):
        for error in validator.iter_errors(json.loads(line)):
            print(f"{name}:{number}: {error.message}")
            wrong += 1
sys.exit(1 if wrong else 0)
