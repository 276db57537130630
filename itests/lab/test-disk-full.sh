#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A full disk, a store that cannot be written while the server runs, and one that cannot be written when it starts: no client
# gets a REPLY that is not stored, the status says why, service comes back by itself, and nothing that was promised is lost.
set -euo pipefail
. "$(dirname "$0")/lab.sh"
. "$LAB_HOME/topology.sh"
. "$LAB_HOME/server.sh"

RECORD=$LAB_OUT/promised.txt
STORE_MIB=${LAB_STORE_MIB:-48}

replies() { grep -c '^[+!]' "$RECORD" || true; }
grows() { local before; before=$(replies); sleep 1; [ "$(replies)" -gt "$before" ]; }
silent() { local before; before=$(replies); sleep 3; [ "$(replies)" -eq "$before" ]; }
healthy() { server_status >"$LAB_OUT/status.txt" 2>&1; }

# troubled PATTERN: the status is not zero and its text says what is the matter.
troubled() { ! healthy && grep -qiE "$1" "$LAB_OUT/status.txt"; }

expect() {
  local name=$1
  shift
  if "$@"; then pass "$name"; else fail "$name: $(head -c 300 "$LAB_OUT/status.txt" 2>/dev/null | xargs -0)"; fi
}

# Writes until the file system of the store has no room left.
fill() { dd if=/dev/zero of="$STORE/filler" bs=64k 2>/dev/null || dd if=/dev/zero of="$STORE/filler2" bs=512 2>/dev/null || true; }

nothing_lost() {
  local upto
  upto=$(stat -c %s "$RECORD")
  server_leases >"$LAB_OUT/held.txt"
  python3 "$LAB_HOME/load.py" lost "$RECORD" "$upto" "$LAB_OUT/held.txt" >"$LAB_OUT/lost.txt"
}

lab_begin
topology
STORE=$(server_store_dir)
mkdir -p "$STORE"
mount -t tmpfs -o "size=${STORE_MIB}m" leasehold-lab "$STORE"
say "starting $(server_name) with a store of $STORE_MIB MiB"
server_small_store
server_start server "$LAB_HOME/plans/load.json" || die "the server does not start: $(tail -5 "$(server_log)")"
: >"$RECORD"
spawn server "$LAB_OUT/load.log" python3 "$LAB_HOME/load.py" run "$LAB_NAME" "$LAB_OUT" "$RECORD" 6
LOAD=$SPAWNED
expect "clients get leases" eventually 20 grows

say "the disk is full"
fill
expect "no REPLY goes out when the disk is full" eventually 90 silent
expect "the status names the full disk" eventually 10 troubled 'space|full|room'
expect "the process lives on" alive "$(server_pid)"
rm -f "$STORE"/filler*
expect "service comes back when there is space" eventually 30 grows
expect "the status is good again" eventually 10 healthy

if server_survives_file_limit; then
  say "the store cannot be written"
  prlimit --pid "$(server_pid)" --fsize=0:unlimited
  expect "no REPLY goes out when the store cannot be written" eventually 30 silent
  expect "the status names the store" eventually 10 troubled 'store|journal|write|large'
  prlimit --pid "$(server_pid)" --fsize=unlimited:unlimited
  expect "service comes back when it can be written" eventually 30 grows
  expect "the status is good again after that" eventually 10 healthy
fi

lab_stop "$LOAD"
server_kill
expect "start after kill -9" server_restart
expect "nothing that was promised is lost" nothing_lost
server_stop

if server_survives_file_limit; then
  mount -o remount,ro "$STORE"
  if server_restart >"$LAB_OUT/status.txt" 2>&1; then fail "start on a read-only store succeeds"; else
    expect "start on a read-only store says why it cannot" grep -qiE 'read-only|writ' "$LAB_OUT/status.txt"
  fi
  server_stop
  mount -o remount,rw "$STORE"
  expect "start when the store can be written again" server_restart
fi
finish
