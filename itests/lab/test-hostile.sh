#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Malformed and hostile packets, LAB_COUNT (200) of each row of hostile.py and hostile4.py: the server goes on as the same process, its
# counters name what it dropped, and after it has seen everything once its memory does not grow when it sees it again.
set -euo pipefail
. "$(dirname "$0")/lab.sh"
. "$LAB_HOME/topology.sh"
. "$LAB_HOME/server.sh"

COUNT=${LAB_COUNT:-200}
case $(server_families) in
  *4*) PLAN4=$LAB_HOME/plans/clients4.json ;;
  *) PLAN4= ;;
esac

# counted DROP: did the counters of drops grow by what the row sent? Kea does not count by reason.
counted() {
  [ "$LAB_SERVER" != kea ] || return 0
  [ "$1" = drop ] || return 0
  server_drops >"$LAB_OUT/drops-after.txt"
  awk -v want="$COUNT" 'NR == FNR { before[$1] = $2; next } { grown += $2 - before[$1] } END { exit grown < want }' \
    "$LAB_OUT/drops-before.txt" "$LAB_OUT/drops-after.txt"
}

reasons() {
  awk 'NR == FNR { before[$1] = $2; next } $2 > before[$1] { printf "%s%s +%d", sep, $1, $2 - before[$1]; sep = ", " } END { if (!sep) print "survived" }' \
    "$LAB_OUT/drops-before.txt" <(server_drops || true)
}

rows() {
  python3 "$LAB_HOME/hostile.py" rows
  [ -z "$PLAN4" ] || python3 "$LAB_HOME/hostile4.py" rows
}

send() {
  case $1 in
    v4-*) python3 "$LAB_HOME/hostile4.py" send "$LAB_NAME" "$LAB_OUT" "$1" "$COUNT" 2>>"$LAB_OUT/hostile.log" ;;
    *) python3 "$LAB_HOME/hostile.py" send "$LAB_NAME" "$ADDRESS" "$1" "$COUNT" 2>>"$LAB_OUT/hostile.log" ;;
  esac
}

one_row() {
  server_drops >"$LAB_OUT/drops-before.txt" || true
  if ! send "$1"; then
    fail "$1: the server no longer answers"
  elif ! alive "$PID"; then
    fail "$1: the server is gone"
  elif ! counted "$2"; then
    fail "$1: $COUNT packets sent, counters say: $(reasons)"
  else
    pass "$1: $(reasons)"
  fi
}

# Monitoring has a series for each reason before it occurs.
counters() { [ "$LAB_SERVER" = kea ] || leasehold exec 'dhcp:counters --json' | tr ',' '\n' | sed 's/[{}]//g; s/:.*//' | sort; }

lab_begin
topology
client_host client linkA
ADDRESS=$(awk '$1 == "client" { print $5 }' "$LAB_OUT/ports.tsv")
say "starting $(server_name)"
# shellcheck disable=SC2086 # no word where there is no plan
server_start server "$LAB_HOME/plans/clients.json" $PLAN4 || die "the server does not start: $(tail -5 "$(server_log)")"
PID=$(server_pid)
counters >"$LAB_OUT/counters-before.txt"
while read -r name drop; do one_row "$name" "$drop"; done < <(rows)

resident_kib() { awk '/^VmRSS/ { print $2 }' "/proc/$PID/status"; }

# flat WHAT BEFORE AFTER MARGIN, in KiB
flat() {
  if [ "$3" -lt $(($2 + $4)) ]; then pass "$1 flat: $2 KiB, then $3 KiB"; else fail "$1 grew from $2 KiB to $3 KiB"; fi
}

counters >"$LAB_OUT/counters-after.txt"
check "every counter was there from the start" diff "$LAB_OUT/counters-before.txt" "$LAB_OUT/counters-after.txt"
once=$(server_memory_kib)
resident_once=$(resident_kib)
say "everything once more"
while read -r name drop; do
  send "$name" || true
done < <(rows)
flat "memory in use" "$once" "$(server_memory_kib)" 16384
flat "resident memory" "$resident_once" "$(resident_kib)" 49152
if server_log_clean; then pass "no stack trace in the log"; else fail "stack traces in $(server_log)"; fi
finish
