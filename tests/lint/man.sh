#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# man.sh ROOT: mandoc finds nothing in the manual pages. 77: no mandoc here.
set -eu
root=$1

command -v mandoc >/dev/null || {
  echo "mandoc is not installed" >&2
  [ -z "${CI-}" ] || exit 1
  exit 77
}
status=0
for page in "$root"/docs/man/*.[1-9]; do
  [ ! -e "$page" ] || mandoc -T lint -W style "$page" >&2 || status=1
done
exit $status
