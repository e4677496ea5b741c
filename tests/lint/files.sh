# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# To be sourced. The files the lint tests look at: what is in the tree, committed or not, except build folders.

# files_of ROOT PATTERN...: paths relative to ROOT of the files whose name fits one of the patterns.
files_of() {
  (
    cd "$1" || exit 1
    shift
    first=$1
    shift
    set -- "$@" -name "$first"
    while [ "$1" != -name ]; do
      set -- "$@" -o -name "$1"
      shift
    done
    find . -name .git -prune -o -path './build*' -prune -o -type f \( "$@" \) -print | sed 's|^\./||' | sort
  )
}

sources_of() {
  files_of "$1" '*.h' '*.cpp'
}
