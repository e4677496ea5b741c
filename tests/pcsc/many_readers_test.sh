#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# gpsh --reader all on eight served cards behind a real PC/SC service. Run it inside with_pcscd.sh with
# GPSH_PCSCD_READERS=8; GPSH_PROGRAM is the program.
set -u
. "$(dirname "$0")/scenarios.sh"
cards=""

clean_up() {
  pull_cards
  rm -rf "$folder"
}

cards_in() { opensc-tool --list-readers 2>/dev/null | grep -c "Yes .*Virtual PCD"; }
all_are_asked() {
  [ "$(grep -o "localhost:[0-9]* > 84CA" "$folder/exchanges" | sort -u | wc -l)" = 8 ]
}
so_many_cards_are_in() { [ "$(cards_in)" = "$1" ]; }

# serve FIRST_PORT COUNT ARGUMENT...: cards in so many readers; every exchange is in the file exchanges.
serve() {
  port=$1
  count=$2
  shift 2
  "$gpsh" card serve --vpcd "localhost:$port" --count "$count" --log "$folder/exchanges" "$@" \
    >>"$folder/card.log" 2>&1 &
  cards="$cards $!"
}

pull_cards() {
  for card in $cards; do
    kill "$card" 2>/dev/null
    wait "$card" 2>/dev/null
  done
  cards=""
}

# empty_readers: for the next scenario, which serves its own cards.
empty_readers() {
  pull_cards
  await "the readers are empty" so_many_cards_are_in 0
  rm -f "$folder/exchanges"
}

# expect_count N TEXT FILE
expect_count() {
  count=$(grep -cF -- "$2" "$folder/$3")
  if [ "$count" != "$1" ]; then fail "\"$2\" stands $count times in $3, not $1 times"; fi
}

no_card_at_all() {
  run_gpsh --reader all "$script"
  expect_status 3
  expect_in err "gpsh: error[gpsh.no-card]: there is no card in any of the 8 readers"
}

# The listing on each is the one of a single run, in the order of the readers.
eight_cards() {
  serve 35963 8
  await "eight cards are in" so_many_cards_are_in 8
  run_gpsh --reader "Virtual PCD 3 00 01" "$script"
  expect_status 0
  mv "$folder/out" "$folder/single"
  run_gpsh --reader all --record "$folder/tray" "$script"
  expect_status 0
  {
    for name in "00 00" "00 01" "2 00 00" "2 00 01" "3 00 00" "3 00 01" "4 00 00" "4 00 01"; do
      echo "=== Virtual PCD $name ==="
      cat "$folder/single"
    done
  } >"$folder/expected"
  sed '/^=== Summary ===$/,$d' "$folder/out" | diff "$folder/expected" - || fail "the listings differ"
  expect_in out "8 readers: 8 good"
  expect_count 9 " > 8482" exchanges
  run_gpsh replay "$folder/tray"
  expect_status 0
  expect_in out "8 passed, 0 failed"
  run_gpsh ledger
  expect_in out "no open authentication attempts"
}

as_json() {
  run_gpsh --reader all --format json "$script"
  expect_status 0
  expect_count 8 '"run":"good"' out
  if grep -qv '^{"reader":"Virtual PCD [0-4 ]*",' "$folder/out"; then fail "a line without its reader"; fi
}

wrong_key_costs_one_card_one_try() {
  {
    printf 'mode_211\nestablish_context\ncard_connect\nselect\n'
    echo "open_sc -security 1 -key 00112233445566778899aabbccddeeff"
  } >"$folder/wrong.txt"
  rm -f "$folder/before"
  grep -cF " > 8050" "$folder/exchanges" >"$folder/before"
  run_gpsh --reader all "$folder/wrong.txt"
  expect_status 1
  expect_count $(($(cat "$folder/before") + 1)) " > 8050" exchanges
  expect_in out "8 readers: 1 failed, 7 not started"
  expect_in err "error[gpsh.card-cryptogram]"
  expect_in err "gpsh: warning[gpsh.not-started]: 7 cards were not started, as an authentication failed"
  run_gpsh ledger clear --all
  expect_status 0
  empty_readers
}

# The third is pulled in the middle of its listing, the last reader but one has no card.
faults_leave_the_others_alone() {
  serve 35963 2
  serve 35965 1 --fault remove@ins:F2
  serve 35966 3
  serve 35970 1
  await "seven cards are in" so_many_cards_are_in 7
  run_gpsh --reader all "$script"
  expect_status 3
  expect_in out "8 readers: 6 good, 1 failed, 1 without a card"
  expect_in err "=== Virtual PCD 2 00 00, messages ==="
  expect_in out "failed: gpsh."
  empty_readers
}

# Between two APDUs, on all of them; the cards answer slowly, so none has ended.
interruption_stops_all() {
  serve 35963 8 --fault slow=1000
  await "eight cards are in" so_many_cards_are_in 8
  {
    printf 'mode_211\nestablish_context\ncard_connect\nselect -AID a000000003000000\n'
    echo "open_sc -security 1 -key 404142434445464748494a4b4c4d4e4f"
    line=0
    while [ $line -lt 5000 ]; do
      echo "send_apdu -sc 1 -APDU 80ca9f7f00"
      line=$((line + 1))
    done
  } >"$folder/long.txt"
  "$gpsh" --reader all "$folder/long.txt" >"$folder/out" 2>"$folder/err" </dev/null &
  run=$!
  await "all cards are asked" all_are_asked
  kill -TERM $run  # INT is ignored by what a shell runs in the background
  wait $run
  status=$?
  expect_status 1
  expect_count 8 "error[gpsh.interrupted]" err
  expect_in out "8 readers: 8 failed"
  empty_readers
}

begin_scenarios
scenario no_card_at_all
scenario eight_cards
scenario as_json
scenario wrong_key_costs_one_card_one_try
scenario faults_leave_the_others_alone
scenario interruption_stops_all

[ $failures = 0 ]
