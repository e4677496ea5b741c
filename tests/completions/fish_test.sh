#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# fish_test.sh SOURCE: completions/gpsh.fish in fish. GPSH_PROGRAM is the program.
set -eu
source=$1
shell=fish
. "$source/tests/completions/common.sh"

while IFS= read -r line; do
  fish --no-config -c 'source $argv[1]; complete -C $argv[2]' "$source/completions/gpsh.fish" "$line" |
    cut -f1 | answer "$line"
done <"$folder/lines" | compare
