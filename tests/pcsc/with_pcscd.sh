#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Runs a command with a PC/SC service of its own, whose only readers are "Virtual PCD 00 00" (a card connects to
# TCP port 35963) and "Virtual PCD 00 01" (35964):
#
#     with_pcscd.sh COMMAND [ARGUMENT...]
#
# With GPSH_PCSCD_READERS=8 there are eight, up to "Virtual PCD 4 00 01" on port 35970; the number must be even.
#
# Service, ports and readers live in namespaces of their own: nothing is shared with the machine's service or with
# another run. The exit code is the command's; 77 where this machine lacks something, or 1 if CI=true.
# The command finds the service's process id in GPSH_PCSCD_PID and the folder of its reader configuration in
# GPSH_PCSCD_CONFIG.
set -u
PATH="$PATH:/usr/sbin:/sbin"

cannot_run() {
  echo "with_pcscd.sh: $1"
  if [ "${CI:-}" = true ]; then
    echo "with_pcscd.sh: CI=true, so this is a failure"
    exit 1
  fi
  echo "with_pcscd.sh: skipped"
  exit 77
}

find_driver() {
  for driver in /usr/lib/pcsc/drivers/serial/libifdvpcd.so /usr/local/lib/pcsc/drivers/serial/libifdvpcd.so \
    /usr/lib/*/pcsc/drivers/serial/libifdvpcd.so; do
    if [ -e "$driver" ]; then
      echo "$driver"
      return
    fi
  done
}

check_machine() {
  for need in pcscd:pcscd opensc-tool:opensc scriptor:pcsc-tools tmux:tmux unshare:util-linux setpriv:util-linux ip:iproute2; do
    command -v "${need%%:*}" >/dev/null || cannot_run "${need%%:*} is missing (Debian package ${need##*:})"
  done
  [ -n "$(find_driver)" ] || cannot_run "the vpcd driver is missing (Debian package vsmartcard-vpcd)"
}

# Not root: a user namespace makes us root inside.
namespaces() {
  if [ "$(id -u)" = 0 ]; then echo "--net --mount"; else echo "--map-root-user --net --mount"; fi
}

# The machine's own readers stay with the machine's own service.
hide_usb_drivers() {
  for bundle in /usr/lib/pcsc/drivers/*.bundle; do
    if [ -d "$bundle" ]; then mount -t tmpfs none "$bundle"; fi
  done
}

prepare_namespaces() {
  if [ -d /run/pcscd ]; then
    mount -t tmpfs none /run/pcscd || cannot_run "cannot mount on /run/pcscd"
  else
    mount -t tmpfs none /run || cannot_run "cannot mount on /run"
    mkdir /run/pcscd
  fi
  hide_usb_drivers
  ip link set lo up || cannot_run "cannot use the loopback interface of the network namespace"
}

start_service() {
  GPSH_PCSCD_CONFIG="$folder/reader.conf.d"
  export GPSH_PCSCD_CONFIG
  mkdir "$GPSH_PCSCD_CONFIG"
  # One entry of the driver is two readers, on two ports. It keeps them in variables of the library, so each entry
  # needs a library of its own, and a name of its own too.
  entry=0
  while [ $entry -lt $((readers / 2)) ]; do
    channel=$(printf '0x%X' $((0x8C7B + 2 * entry)))
    number=""
    if [ $entry -gt 0 ]; then number=" $((entry + 1))"; fi
    driver="$folder/driver-$entry.so"
    cp "$(find_driver)" "$driver"
    cat >>"$GPSH_PCSCD_CONFIG/vpcd" <<END
FRIENDLYNAME "Virtual PCD$number"
DEVICENAME   /dev/null:$channel
LIBPATH      $driver
CHANNELID    $channel

END
    entry=$((entry + 1))
  done
  unset LISTEN_FDS LISTEN_PID
  # Should this shell be killed, the service goes with it.
  setpriv --pdeathsig TERM pcscd --foreground --error --config "$GPSH_PCSCD_CONFIG" >"$folder/pcscd.log" 2>&1 &
  GPSH_PCSCD_PID=$!
  export GPSH_PCSCD_PID
}

await_readers() {
  tries=0
  until [ "$(opensc-tool --list-readers 2>/dev/null | grep -c "Virtual PCD")" = "$readers" ]; do
    tries=$((tries + 1))
    if [ $tries -gt 200 ] || ! kill -0 "$GPSH_PCSCD_PID" 2>/dev/null; then
      cat "$folder/pcscd.log"
      echo "with_pcscd.sh: the service offers no reader"
      exit 1
    fi
    sleep 0.05
  done
}

# shellcheck disable=SC2317 # the trap calls it
clean_up() {
  if [ -n "${GPSH_PCSCD_PID:-}" ] && kill "$GPSH_PCSCD_PID" 2>/dev/null; then wait "$GPSH_PCSCD_PID"; fi
  rm -rf "$folder"
}

if [ "${1:-}" != --inside ]; then
  if [ $# = 0 ]; then
    echo "usage: with_pcscd.sh COMMAND [ARGUMENT...]"
    exit 2
  fi
  check_machine
  # shellcheck disable=SC2046
  unshare $(namespaces) true 2>/dev/null || cannot_run "unshare $(namespaces) is not permitted here"
  # shellcheck disable=SC2046
  exec unshare $(namespaces) sh "$0" --inside "$@"
fi

shift
readers=${GPSH_PCSCD_READERS:-2}
folder=$(mktemp -d)
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
prepare_namespaces
start_service
await_readers
"$@"
status=$?
if [ $status != 0 ]; then
  echo "with_pcscd.sh: exit code $status; the service's log:"
  tail -n 20 "$folder/pcscd.log"
fi
exit $status
