#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What judges the benchmarks accepts ratios within their limits and names those beyond, and programs that failed.
set -eu
cd "$(dirname "$0")"
status=0

judged() { printf '%s\n' "$@" | awk -f judge.awk; }

judged 'wrap: 1.25 times bare wrap (at most 1.25)' 'Benchmark   Time' '  12 APDUs: 1.00 times the least (at most 1.00)' ||
  { echo 'good ratios were refused'; status=1; }
refuses() {
  if said=$(judged 'a: 1.00 times b (at most 1.00)' "$@"); then
    echo "accepted: $*"
    status=1
  fi
  case "$said" in *"$1"*) ;; *) echo "not named: $1"; status=1 ;; esac
}
refuses 'wrap: 1.26 times bare wrap (at most 1.25)'
refuses '  peak memory 11916 kB, 10.20 times that of 1 MB (at most 1.20)'
refuses 'verify of 100 MB: 40 MB/s, 3.01 times bare (at most 3.00)'
refuses 'FAILED build/bench/many_readers'
if judged 'no figures' >/dev/null; then
  echo 'nothing measured was accepted'
  status=1
fi
exit $status
