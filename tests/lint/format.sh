#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# format.sh ROOT: every source looks as clang-format 14 leaves it. 77: no clang-format 14 here.
set -eu
. "$(dirname "$0")/files.sh"
root=$1

for candidate in clang-format-14 clang-format; do
  if command -v "$candidate" >/dev/null && "$candidate" --version | grep -q 'version 14\.'; then
    (cd "$root" && sources_of . | xargs -r -n 40 "$candidate" --dry-run -Werror --style=file)
    exit
  fi
done
echo "clang-format 14 is not installed: other versions format differently" >&2
[ -z "${CI-}" ] || exit 1
exit 77
