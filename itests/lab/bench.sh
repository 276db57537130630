#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Measures Leasehold against Debian's Kea on this machine: perfdhcp, four messages per lease, every lease on disk (Kea: memfile,
# written but not synced; ours: synced before the answer). The servers take turns, each round on an empty store.
#
# perfdhcp asks for no receive buffer of its own, and the kernel's usual one holds fewer than 300 answers: it would lose them while
# the other core is busy, and the generator would be what is measured. So the kernel gives every socket more while this runs.
#
#   LAB_ROUNDS   rounds (3)           LAB_SECONDS  length of one try (5)
#   LAB_LEASES   leases held when memory is read (100000)
set -euo pipefail
. "$(dirname "$0")/lab.sh"
. "$LAB_HOME/topology.sh"

LAB_OUT=$ROOT/target/lab/bench
ROUNDS=${LAB_ROUNDS:-3}
SECONDS_EACH=${LAB_SECONDS:-5}
LEASES=${LAB_LEASES:-100000}
SERVERS=${LAB_SERVERS:-kea leasehold}
PLAN=$LAB_HOME/plans/bench.json
DIRECT=(client)
DIRECT_WORDS=(-l eth0)
RELAYED=(relay1)
RELAYED_WORDS=(-A1 -l core 2001:db8:ffff::1)

# note SERVER WHAT VALUE: a measured value; the report takes medians.
note() {
  printf '%s\t%s\t%s\n' "$@" >>"$LAB_OUT/values.tsv"
  say "$1: $2 $3"
}

# A server on an empty store, warmed up.
fresh() {
  LAB_SERVER=$1
  SERVER_DIR=$LAB_OUT/$1
  rm -rf "$SERVER_DIR"
  . "$LAB_HOME/server.sh"
  server_start server "$PLAN" || die "$1 does not start: $(tail -5 "$(server_log)")"
  server_name >"$LAB_OUT/$1.name"
}

perf() { python3 "$LAB_HOME/perf.py" "$@" 2>>"$LAB_OUT/perf.log"; }
warm_up() { perf fill "$LAB_NAME" "${DIRECT[@]}" 3000 60000 "${DIRECT_WORDS[@]}" >>"$LAB_OUT/perf.log"; }
resident_kib() { awk '/^VmRSS/ { print $2 }' "/proc/$(server_pid)/status"; }

# search SERVER WHAT HOST WORDS...
search() {
  local server=$1 what=$2 host=$3 rate delay
  read -r rate delay < <(perf search "$LAB_NAME" "$host" "$SECONDS_EACH" "${@:4}")
  note "$server" "$what rate" "$rate"
  note "$server" "$what delay" "$delay"
}

# Clock ticks of processor time that the server has used, 100 a second.
ticks() { awk '{ print $14 + $15 }' "/proc/$(server_pid)/stat"; }

# Processor time of the server for an exchange, at a rate that leaves the machine room. Other work on the machine disturbs it least.
cost() {
  local before count
  before=$(ticks)
  count=$(perf fill "$LAB_NAME" "$3" 2000 20000 "${@:4}")
  note "$1" "$2 cost" "$(awk -v t=$(($(ticks) - before)) -v n="$count" 'BEGIN { printf "%.1f", t * 10000 / n }')"
}

rates() {
  fresh "$1"
  warm_up
  cost "$1" direct "${DIRECT[@]}" "${DIRECT_WORDS[@]}"
  cost "$1" relayed "${RELAYED[@]}" "${RELAYED_WORDS[@]}"
  search "$1" direct "${DIRECT[@]}" "${DIRECT_WORDS[@]}"
  search "$1" relayed "${RELAYED[@]}" "${RELAYED_WORDS[@]}"
  server_stop
}

# From the command to the first answer that can be given: on an empty store, and with all leases.
start_time() {
  local begin
  server_stop
  begin=$(now_ms)
  server_restart
  note "$1" "$2" $(($(now_ms) - begin))
}

size_and_start() {
  fresh "$1"
  start_time "$1" "start, no leases"
  note "$1" "leases held" "$(perf fill "$LAB_NAME" "${DIRECT[@]}" 2000 "$LEASES" "${DIRECT_WORDS[@]}")"
  note "$1" "resident" "$(resident_kib)"
  start_time "$1" "start, all leases"
  note "$1" "resident after start" "$(resident_kib)"
  server_stop
}

bench_end() {
  local code=$?
  set +e
  sysctl -qw net.core.rmem_default="$BUFFER_BEFORE"
  (exit "$code")
  lab_end
}

lab_begin
BUFFER_BEFORE=$(sysctl -n net.core.rmem_default)
trap bench_end EXIT
sysctl -qw net.core.rmem_default=4194304
topology
client_host client linkA
for ((i = 1; i <= ROUNDS; i++)); do
  for server in $SERVERS; do
    say "round $i of $ROUNDS: $server"
    rates "$server"
  done
done
for ((i = 1; i <= ROUNDS; i++)); do
  for server in $SERVERS; do size_and_start "$server"; done
done
python3 "$LAB_HOME/bench_report.py" "$LAB_OUT" "$ROUNDS" "$SECONDS_EACH" | tee "$LAB_OUT/benchmarks.md"
