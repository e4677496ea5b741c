#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# size.sh ROOT: no source over 400 lines, no function over 60.
set -eu
lint=$(cd "$(dirname "$0")" && pwd)
. "$lint/files.sh"
root=$1

cd "$root"
status=0
for file in $(sources_of .); do
  lines=$(wc -l <"$file")
  if [ "$lines" -gt 400 ]; then
    echo "$file:400: the file has $lines lines; 400 are the limit: one topic a file" >&2
    status=1
  fi
done
sources_of . | xargs -r awk -v limit=60 -f "$lint/function_size.awk" >&2 || status=1
exit $status
