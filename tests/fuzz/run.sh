#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# run.sh FOLDER SECONDS TARGET: fuzzes that long, beginning with FOLDER/seeds and what earlier runs left in
# FOLDER/corpus. One line when nothing was found, else the end of the log and exit code 1; the input is in
# FOLDER/findings.
set -eu
folder=$1
seconds=$2
target=$3
seeds=$folder/seeds/$target
corpus=$folder/corpus/$target
log=$folder/logs/$target
mkdir -p "$corpus" "$seeds" "$folder/findings" "$folder/logs"
dictionary=
[ ! -e "$seeds.dict" ] || dictionary=-dict=$seeds.dict

# More than 10 seconds or 2 GiB for an input is a finding too.
if "$folder/tests/fuzz/gpsh_fuzz_$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 \
  -artifact_prefix="$folder/findings/$target-" ${dictionary:+"$dictionary"} "$corpus" "$seeds" >"$log" 2>&1; then
  echo "$target: $(grep -o 'cov: .* corp: [^ ]*' "$log" | tail -n 1), $(tail -n 1 "$log")"
  exit 0
fi
echo "$target: a finding; the whole log is $log"
tail -n 30 "$log"
exit 1
