#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# What a person at a terminal of 80 columns and 24 lines sees of the shell, compared with the screens in
# tests/data/screens. GPSH_PROGRAM is the program. With GPSH_WRITE_SCREENS=1 the screens are written instead: look
# at them before you commit them.
set -u
gpsh=${GPSH_PROGRAM:?GPSH_PROGRAM does not name the program}
root=$(cd "$(dirname "$0")/../.." && pwd)
screens="$root/tests/data/screens"
folder=$(mktemp -d)
terminal=none
failures=0

if ! command -v tmux >/dev/null; then
  echo "screens.sh: tmux is missing (Debian package tmux)"
  exit 1
fi
unset GPSH_CARD GPSH_READER TMUX
LC_ALL=C.UTF-8
TERM=xterm
export LC_ALL TERM

on_terminal() { tmux -S "$folder/$terminal" -f /dev/null "$@"; }

clean_up() {
  on_terminal kill-server 2>/dev/null
  rm -rf "$folder"
}

# begin NAME ARGUMENT...: gpsh on an empty screen, with the history and ledger of nobody.
begin() {
  on_terminal kill-server 2>/dev/null
  terminal=$1
  shift
  on_terminal new-session -d -x 80 -y 24 -c "$root" \
    env NO_COLOR=1 "XDG_STATE_HOME=$folder/state-of-$terminal" "$gpsh" "$@"
}

# keys KEY...: as tmux names them.
keys() { on_terminal send-keys -t 0 "$@"; }
type_text() { on_terminal send-keys -t 0 -l -- "$1"; }

# columns NUMBER: resizes, and waits until the program's terminal has that size.
columns() {
  on_terminal resize-window -t 0 -x "$1" -y 24
  tries=0
  until [ "$(stty -F "$(on_terminal display-message -p -t 0 '#{pane_tty}')" size)" = "24 $1" ]; do
    tries=$((tries + 1))
    if [ $tries -gt 200 ]; then
      failures=$((failures + 1))
      echo "the terminal does not become $1 columns wide"
      return
    fi
    sleep 0.05
  done
}

screen() { on_terminal capture-pane -p -t 0 2>/dev/null; }

shows() { screen | grep -qF -- "$1"; }

# await TEXT: until the screen shows it, 10 seconds at most.
await() {
  tries=0
  until shows "$1"; do
    tries=$((tries + 1))
    if [ $tries -gt 200 ]; then
      failures=$((failures + 1))
      echo "the screen does not show \"$1\":"
      screen
      return
    fi
    sleep 0.05
  done
}

same_as() { screen | cmp -s - "$screens/$1.txt"; }

# expect_screen NAME: until the screen is the kept one, 10 seconds at most.
expect_screen() {
  if [ "${GPSH_WRITE_SCREENS:-}" = 1 ]; then
    sleep 2
    screen >"$screens/$1.txt"
    return
  fi
  tries=0
  until same_as "$1"; do
    tries=$((tries + 1))
    if [ $tries -gt 200 ]; then
      failures=$((failures + 1))
      echo "the screen is not that of $screens/$1.txt:"
      screen | diff "$screens/$1.txt" -
      return
    fi
    sleep 0.05
  done
}

# From nothing to a listing, asking Tab alone what there is.
newcomer_finds_the_listing() {
  begin newcomer -i --card virtual:jcop-j2a040
  await "gp211 jcop-j2a040>"
  keys Tab
  expect_screen empty-line
  type_text "sel"
  keys Tab Enter
  await "A000…00>"
  keys Tab
  expect_screen selected
  type_text "open_sc -sec"
  keys Tab Tab
  expect_screen security-levels
  type_text "3 -key 40"
  keys Tab Enter
  await "scp02:mac+enc>"
  type_text "get_st"
  keys Tab
  type_text "-el"
  keys Tab Tab
  type_text "80"
  keys Enter
  expect_screen listing
}

# A narrow terminal, also one that becomes narrow while a line is typed.
lists_fit_the_terminal() {
  begin narrow -i --card virtual
  await "gp211 virtual>"
  columns 50
  type_text "get_status "
  keys Tab
  expect_screen narrow
  type_text "-element 40 -format "
  columns 80
  keys Tab
  expect_screen wide-again
}

wrong_input_and_ctrl_c() {
  begin mistakes -i --card virtual
  await "gp211 virtual>"
  type_text "get_statsu"
  keys Enter
  await "did you mean"
  type_text "select -AID "
  keys C-c
  await "^C"
  keys Up Enter
  expect_screen mistakes
}

trap clean_up EXIT
newcomer_finds_the_listing
lists_fit_the_terminal
wrong_input_and_ctrl_c
if [ $failures != 0 ]; then exit 1; fi
echo "all screens are as kept"
