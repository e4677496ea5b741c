# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0
# What the tests of gpsh behind a real PC/SC service share; they source it. GPSH_PROGRAM is the program. A test has a
# clean_up of its own and calls begin_scenarios once that is there.
gpsh=${GPSH_PROGRAM:?GPSH_PROGRAM does not name the program}
root=$(cd "$(dirname "$0")/../.." && pwd)
# It has no trace, which would show random numbers; the reader is named on the command line.
# shellcheck disable=SC2034 # the tests use it
script="$root/examples/listgp211.txt"
folder=$(mktemp -d)
failures=0

# The ledger of this test is not the user's.
XDG_STATE_HOME="$folder/state"
export XDG_STATE_HOME
unset GPSH_CARD GPSH_READER

fail() {
  failures=$((failures + 1))
  echo "  FAILED: $1"
  for file in out err card.log; do
    if [ -s "$folder/$file" ]; then
      echo "  --- $file"
      tail -n 40 "$folder/$file"
    fi
  done
}

# await WHAT COMMAND...: repeats the command until it succeeds, 400 times at most.
await() {
  what=$1
  shift
  tries=0
  until "$@"; do
    tries=$((tries + 1))
    if [ $tries -gt 400 ]; then
      fail "waited in vain until $what"
      return 1
    fi
    sleep 0.05
  done
}

# run_gpsh ARGUMENT...: stdout, stderr and exit code are kept for the expectations below.
run_gpsh() {
  "$gpsh" "$@" >"$folder/out" 2>"$folder/err" </dev/null
  status=$?
}

expect_status() {
  if [ "$status" != "$1" ]; then fail "exit code $status instead of $1"; fi
}

expect_in() {
  if ! grep -qF -- "$2" "$folder/$1"; then fail "no \"$2\" in $1"; fi
}

begin_scenarios() {
  trap clean_up EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

scenario() {
  before=$failures
  echo "$1"
  "$1"
  if [ $failures = $before ]; then echo "  good"; fi
}
