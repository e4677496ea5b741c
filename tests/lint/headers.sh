#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# headers.sh ROOT OUT COMPILER [FLAGS...]: every header compiles with nothing before it. Ninja runs the compiler,
# so that a second run in the same OUT looks only at what changed.
set -eu
. "$(dirname "$0")/files.sh"
root=$(cd "$1" && pwd)
out=$2
compiler=$3
shift 3

mkdir -p "$out"
{
  echo "rule alone"
  echo "  command = $compiler $* -I$root -MD -MF \$out.d -MT \$out -fsyntax-only -include \$header -x c++ /dev/null && touch \$out"
  echo "  deps = gcc"
  echo "  depfile = \$out.d"
  echo "  description = \$header"
  for header in $(files_of "$root" '*.h'); do
    echo "build $header.alone: alone $root/$header"
    echo "  header = $root/$header"
  done
} >"$out/build.ninja"
exec ninja -C "$out" -k 0 --quiet
