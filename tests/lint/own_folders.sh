#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# own_folders.sh ROOT: no test writes to a path that a test beside it may use too; folders come from TemporaryFolder.
set -eu
. "$(dirname "$0")/files.sh"
root=$1
found=0
for file in $(sources_of "$root" | grep '^tests/' | grep -vFx tests/support/temporary_folder.h || true); do
  lines=$(grep -nE 'TempDir\(\)|temp_directory_path|mkdtemp|mkstemp|tmpnam' "$root/$file" | cut -d: -f1) || true
  for line in $lines; do
    echo "$file:$line: a folder of its own comes from tests/support/temporary_folder.h"
    found=1
  done
done
exit $found
