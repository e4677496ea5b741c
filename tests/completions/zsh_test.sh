#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# zsh_test.sh SOURCE: completions/_gpsh in zsh. GPSH_PROGRAM is the program.
set -eu
source=$1
shell=zsh
. "$source/tests/completions/common.sh"

mkdir "$folder/functions"
cp "$source/completions/_gpsh" "$folder/functions/"
{
  echo "fpath=('$folder/functions' \$fpath)"
  echo 'autoload -Uz compinit && compinit -u -D'
  echo '_insert_all() { _main_complete; compstate[insert]=all; unset "compstate[list]" }'
  echo 'zle -C insert-all complete-word _insert_all'
  echo "bindkey '^Xa' insert-all"
  stand_in
} >"$folder/.zshrc"
export ZDOTDIR="$folder"
type_into '\030a' 'zsh -i' | compare
