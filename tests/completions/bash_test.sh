#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# bash_test.sh SOURCE: completions/gpsh.bash in bash. GPSH_PROGRAM is the program.
set -eu
source=$1
shell=bash
. "$source/tests/completions/common.sh"

{
  echo "source '$source/completions/gpsh.bash'"
  stand_in
} >"$folder/bashrc"
type_into '\033*' "bash --noprofile --rcfile '$folder/bashrc' -i" | compare
