#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# spdx.sh ROOT: every source, CMake file, script and file of the page names its licence in its first two lines.
set -eu
. "$(dirname "$0")/files.sh"
root=$1

scripts=$(cd "$root" && for file in dev .ci/run; do [ ! -e "$file" ] || echo "$file"; done)
status=0
for file in $scripts $(files_of "$root" '*.h' '*.cpp' '*.in' 'CMakeLists.txt' '*.cmake' '*.sh' '*.awk' \
  '*.py' '*.html' '*.css' '*.js' '*.bash' '*.fish' '_gpsh' '*.[1-9]'); do
  if ! head -n 2 "$root/$file" | grep -q 'SPDX-License-Identifier: Apache-2\.0\( \*/\| -->\)\{0,1\}$'; then
    echo "$file:1: no 'SPDX-License-Identifier: Apache-2.0' in the first two lines" >&2
    status=1
  fi
done
exit $status
