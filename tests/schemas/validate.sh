#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# validate.sh ROOT PROGRAM: what gpsh writes is valid against its schema, and the schemas refuse what is not.
set -eu
root=$1
gpsh=$2
skipped=77

command -v xmllint >/dev/null || { echo "xmllint is missing (libxml2-utils)"; exit $skipped; }
python3 -c 'from jsonschema import Draft202012Validator' 2>/dev/null ||
  { echo "the Python module jsonschema is missing (python3-jsonschema)"; exit $skipped; }

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

junit() { xmllint --noout --schema "$root/tests/schemas/junit.xsd" "$1"; }
recording() { python3 "$root/tests/schemas/recording_lines.py" "$root/docs/recording.schema.json" "$@"; }
refused() {
  if "$@" >/dev/null 2>&1; then
    echo "was not refused: $*"
    exit 1
  fi
}

cat >script.txt <<'END'
mode_211
establish_context
list_readers
card_connect
select
open_sc -security 51 -key 404142434445464748494A4B4C4D4E4F
get_status -element 80
select -AID A000000000000001
END
"$gpsh" --card virtual:scp03-i70 --record refused.jsonl script.txt >run.txt 2>&1 || true
head -n 7 script.txt >good.txt
"$gpsh" --card virtual:scp03-i70 --record good.jsonl good.txt >>run.txt 2>&1
printf 'A>> T=1 (4+0000) 80CA006600\nA<< (0000+2) (45ms) 6985\n' >card.log
"$gpsh" import card.log -o imported.jsonl >>run.txt 2>&1
recording refused.jsonl good.jsonl imported.jsonl
sed 's/"event": *"exchange"/"event":"exchanged"/' good.jsonl >unknown.jsonl
refused recording unknown.jsonl
sed 's/"check": *"/&Z/' good.jsonl >no-check.jsonl
refused recording no-check.jsonl

"$gpsh" replay good.jsonl refused.jsonl --junit passed.xml >>run.txt 2>&1
junit passed.xml
echo '# another script <&>' >>good.txt
refused "$gpsh" replay good.jsonl --junit failed.xml
grep -q '<failure' failed.xml
junit failed.xml
sed 's/ type="[^"]*"//' failed.xml >no-type.xml
refused junit no-type.xml
sed 's/ hostname="[^"]*"//' passed.xml >no-host.xml
refused junit no-host.xml
