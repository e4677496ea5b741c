#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# gpsh and its served card on both sides of a real PC/SC service, and a client that is not ours. Run it inside
# with_pcscd.sh; GPSH_PROGRAM is the program.
set -u
. "$(dirname "$0")/scenarios.sh"
service=${GPSH_PCSCD_PID:?run this script with with_pcscd.sh}
reader="Virtual PCD 00 00"
card=""

clean_up() {
  stop_card
  rm -rf "$folder"
}

card_is_in() { opensc-tool --list-readers 2>/dev/null | grep -q "Yes .*$reader"; }
both_cards_are_in() { [ "$(opensc-tool --list-readers 2>/dev/null | grep -c "Yes .*Virtual PCD")" = 2 ]; }
card_is_out() { opensc-tool --list-readers 2>/dev/null | grep -q "No .*$reader"; }
has_sent_commands() { grep -q "^send_apdu" "$folder/out"; }
script_succeeds() { "$gpsh" "$script" --reader "$reader" >/dev/null 2>&1 </dev/null; }
service_is_gone() { ! kill -0 "$service" 2>/dev/null; }

serve_card() {
  "$gpsh" card serve --profile generic-scp02 >"$folder/card.log" 2>&1 &
  card=$!
  await "the served card is in the reader" card_is_in
}

stop_card() {
  if [ -z "$card" ]; then return; fi
  kill "$card" 2>/dev/null
  wait "$card" 2>/dev/null
  card=""
}

listing_without_card() {
  run_gpsh "$script" --reader "$reader"
  expect_status 3
  expect_in err "no card in the reader"
}

readers_are_listed() {
  run_gpsh readers
  expect_status 0
  expect_in out "$reader"
  expect_in out "Virtual PCD 00 01"
}

# The bytes on the wire differ in their random numbers; the listing may not.
listing_equals_the_one_without_a_service() {
  run_gpsh --card virtual:generic-scp02 "$script"
  expect_status 0
  mv "$folder/out" "$folder/expected"
  run_gpsh "$script" --reader "$reader"
  expect_status 0
  if [ ! -s "$folder/out" ]; then fail "no listing"; fi
  diff "$folder/expected" "$folder/out" || fail "the listings differ"
}

part_of_a_name_is_enough() {
  run_gpsh "$script" --reader "pcd 00 00"
  expect_status 0
  diff "$folder/expected" "$folder/out" || fail "the listings differ"
  run_gpsh "$script" --reader "pcd"
  expect_status 3
  expect_in err "is part of several reader names"
}

another_client_selects() {
  opensc-tool --reader 0 --send-apdu 00A4040000 >"$folder/out" 2>"$folder/err"
  status=$?
  expect_status 0
  expect_in out "SW1=0x90, SW2=0x00"
  expect_in out "6F"
}

# The ledger counts each attempt before it is made, also one whose program is killed.
wrong_key_is_refused_at_the_fourth_time() {
  {
    printf 'mode_211\nenable_trace\nestablish_context\ncard_connect -reader "%s"\nselect\n' "$reader"
    echo "open_sc -security 1 -key 00112233445566778899aabbccddeeff"
  } >"$folder/wrong.txt"
  for _ in 1 2 3; do
    run_gpsh "$folder/wrong.txt"
    expect_status 1
    expect_in err "error[gpsh.card-cryptogram]"
    expect_in out "Command --> 80500000"
  done
  run_gpsh "$folder/wrong.txt"
  expect_status 1
  expect_in err "has failed three times in a row, so INITIALIZE UPDATE was not sent"
  if grep -q "Command --> 8050" "$folder/out"; then fail "INITIALIZE UPDATE was sent at the fourth time"; fi
  run_gpsh ledger show
  expect_in out "$reader"
  run_gpsh ledger clear --all
  expect_status 0
  run_gpsh "$script" --reader "$reader"
  expect_status 0
}

# A run that authenticates again and again, in the background; its process is $run.
start_authenticating() {
  {
    printf 'mode_211\nestablish_context\ncard_connect -reader "%s"\nselect\n' "$reader"
    line=0
    while [ $line -lt 2000 ]; do
      echo "open_sc -security 1 -key 404142434445464748494a4b4c4d4e4f -noStop"
      line=$((line + 1))
    done
  } >"$folder/many.txt"
  : >"$folder/err"
  "$gpsh" "$folder/many.txt" >"$folder/out" 2>"$folder/err" </dev/null &
  run=$!
  await "the script authenticates" grep -q "gpsh.keys-proven" "$folder/err"
}

killed_authentication_stays_counted() {
  start_authenticating
  kill -9 $run
  wait $run 2>/dev/null
  await "the service has let go of the card" script_succeeds
  run_gpsh ledger show
  expect_in out "no open authentication attempts"
}

# scriptor and pcsc_scan of pcsc-tools; neither knows of GlobalPlatform.
other_tools_talk_to_the_card() {
  printf '00 A4 04 00 00\n80 CA 9F 7F 00\n80 F2 80 02 02 4F 00 00\n' >"$folder/commands"
  scriptor -r "$reader" "$folder/commands" >"$folder/out" 2>"$folder/err"
  status=$?
  expect_status 0
  expect_in out "6F 41 84 08 A0 00 00 00 03 00 00 00"
  expect_in out "69 82"
  pcsc_scan -n -c >"$folder/out" 2>"$folder/err" &
  scan=$!
  await "pcsc_scan has seen the ATR" grep -q "3B D5 18 FF 81 91 FE 1F C3 80 73 C8 21 10 0A" "$folder/out"
  kill "$scan" 2>/dev/null
  wait "$scan" 2>/dev/null
}

# A card that is kept, and one beside it; every exchange is in the log.
two_cards_in_two_readers() {
  "$gpsh" card serve --profile scp02-i55 --count 2 --log "$folder/exchanges" >"$folder/card.log" 2>&1 &
  card=$!
  await "both cards are in their readers" both_cards_are_in
  for name in "$reader" "Virtual PCD 00 01"; do
    run_gpsh "$script" --reader "$name"
    expect_status 0
  done
  expect_in exchanges " localhost:35963 > 8050"
  expect_in exchanges " localhost:35964 > 8050"
  stop_card
}

card_keeps_its_counter() {
  for _ in 1 2; do
    "$gpsh" card serve --state "$folder/kept.json" >"$folder/card.log" 2>&1 &
    card=$!
    await "the served card is in the reader" card_is_in
    run_gpsh "$script" --reader "$reader"
    expect_status 0
    stop_card
    await "the reader is empty" card_is_out
  done
  expect_in kept.json '"sequence_counter": 2'
}

twenty_clients_one_after_another() {
  client=0
  while [ $client -lt 20 ]; do
    run_gpsh "$script" --reader "$reader"
    expect_status 0
    client=$((client + 1))
  done
}

kept_counter() { sed -n 's/.*"sequence_counter": \([0-9]*\).*/\1/p' "$folder/killed.json"; }
has_counted() { [ "$(kept_counter)" -gt "$counter" ]; }

# Whatever the card was doing when it was killed, its file is good and its counter goes on.
killed_card_leaves_a_readable_state() {
  counter=0
  for _ in 1 2 3; do
    "$gpsh" card serve --state "$folder/killed.json" >"$folder/card.log" 2>&1 &
    card=$!
    await "the served card is in the reader" card_is_in
    start_authenticating
    await "the card has counted" has_counted
    kill -9 "$card"
    wait "$card" 2>/dev/null
    card=""
    wait $run
    await "the reader is empty" card_is_out
    if ! has_counted; then fail "the counter is $(kept_counter) after $counter"; fi
    counter=$(kept_counter)
    run_gpsh ledger clear --all
  done
  run_gpsh --card "virtual:$folder/killed.json" "$script"
  expect_status 0
}

service_restarts_and_the_card_comes_back() {
  kill "$service"
  await "the service has ended" service_is_gone
  setpriv --pdeathsig TERM pcscd --foreground --error --config "$GPSH_PCSCD_CONFIG" >"$folder/pcscd.log" 2>&1 &
  service=$!
  await "the card is in the reader of the new service" card_is_in
  listing_equals_the_one_without_a_service
}

card_is_pulled_during_a_script() {
  {
    printf 'mode_211\nestablish_context\ncard_connect -reader "%s"\nselect -AID a000000003000000\n' "$reader"
    line=0
    while [ $line -lt 20000 ]; do
      echo "send_apdu -APDU 80ca9f7f00"
      line=$((line + 1))
    done
  } >"$folder/long.txt"
  : >"$folder/out"
  "$gpsh" "$folder/long.txt" >"$folder/out" 2>"$folder/err" </dev/null &
  run=$!
  await "the script has sent its first commands" has_sent_commands
  stop_card
  wait $run
  status=$?
  expect_status 3
  expect_in err "the card was removed"
  await "the reader is empty" card_is_out
}

at_terminal() { tmux -S "$folder/terminal" -f /dev/null "$@"; }
terminal_shows() {
  at_terminal capture-pane -p -t 0 >"$folder/out" 2>/dev/null
  grep -qF -- "$1" "$folder/out"
}
terminal_is_gone() { ! at_terminal has-session 2>/dev/null; }

# The shell lets go of a card that is pulled out, and connects to the next one when it is asked to.
shell_sees_cards_come_and_go() {
  at_terminal new-session -d -x 100 -y 24 "$gpsh" -i --reader "$reader"
  await "the shell is connected" terminal_shows "gp211 Virtual>"
  stop_card
  await "the shell misses the card" terminal_shows \
    "$reader: the card was taken out; its selection and its channel are gone"
  await "the prompt has no card" terminal_shows "gp211>"
  serve_card
  await "the shell sees the card" terminal_shows "$reader: a card was put in; card_connect connects to it"
  at_terminal send-keys -t 0 card_connect Enter select Enter
  await "the shell uses the card" terminal_shows "gp211 Virtual A000"
  at_terminal send-keys -t 0 exit Enter
  await "the shell has ended" terminal_is_gone
}

listing_without_service() {
  kill "$service"
  await "the service has ended" service_is_gone
  run_gpsh "$script"
  expect_status 3
  expect_in err "the PC/SC service is not running"
}

begin_scenarios
scenario listing_without_card
scenario readers_are_listed
serve_card
scenario listing_equals_the_one_without_a_service
scenario part_of_a_name_is_enough
scenario another_client_selects
scenario other_tools_talk_to_the_card
scenario twenty_clients_one_after_another
scenario wrong_key_is_refused_at_the_fourth_time
scenario killed_authentication_stays_counted
scenario card_is_pulled_during_a_script
serve_card
scenario listing_equals_the_one_without_a_service
scenario shell_sees_cards_come_and_go
scenario service_restarts_and_the_card_comes_back
stop_card
await "the reader is empty" card_is_out
scenario card_keeps_its_counter
scenario killed_card_leaves_a_readable_state
scenario two_cards_in_two_readers
scenario listing_without_service

[ $failures = 0 ]
