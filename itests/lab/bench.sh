#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Measures Leasehold against Debian's Kea, and for DHCPv4 its ISC dhcpd, on this machine: perfdhcp, four messages per lease, every
# lease on disk (Kea: memfile, written but not synced; the others: synced before the answer). The servers take turns, each round on
# an empty store.
#
# perfdhcp asks for no receive buffer of its own, and the kernel's usual one holds fewer than 300 answers: it would lose them while
# the other core is busy, and the generator would be what is measured. So the kernel gives every socket more while this runs.
#
#   LAB_ROUNDS   rounds (3)           LAB_SECONDS  length of one try (5)
#   LAB_LEASES   leases held when memory is read (100000)
#   LAB_SERVERS  kea dhcpd leasehold          LAB_FAMILIES  6 4
set -euo pipefail
. "$(dirname "$0")/lab.sh"
. "$LAB_HOME/topology.sh"

LAB_OUT=$ROOT/target/lab/bench
ROUNDS=${LAB_ROUNDS:-3}
SECONDS_EACH=${LAB_SECONDS:-5}
LEASES=${LAB_LEASES:-100000}
SERVERS=${LAB_SERVERS:-kea dhcpd leasehold}
FAMILIES=${LAB_FAMILIES:-6 4}
DIRECT=(client)
DIRECT_WORDS=(-6 -l eth0)
RELAYED=(relay1)
RELAYED_WORDS=(-6 -A1 -l core 2001:db8:ffff::1)
# With DHCPv4 perfdhcp always speaks as a relay.
RELAYED4_WORDS=(-4 -l 10.255.0.2 10.255.0.1)

# note SERVER WHAT VALUE: a measured value; the report takes medians.
note() {
  printf '%s\t%s\t%s\n' "$@" >>"$LAB_OUT/values.tsv"
  say "$1: $2 $3"
}

# fresh SERVER FAMILY: on an empty store.
fresh() {
  local plan=$LAB_HOME/plans/bench$2.json
  [ "$1" != dhcpd ] || plan=$LAB_HOME/plans/bench-dhcpd.conf
  LAB_SERVER=$1
  SERVER_DIR=$LAB_OUT/$1
  rm -rf "$SERVER_DIR"
  . "$LAB_HOME/server.sh"
  server_start server "$plan" || die "$1 does not start: $(tail -5 "$(server_log)")"
  server_name >"$LAB_OUT/$1.name"
}

# serves SERVER FAMILY
serves() {
  case $1$2 in
    dhcpd6) false ;;
    *) LAB_SERVER=$1 bash -c '. "$0/server-$LAB_SERVER.sh"; server_families' "$LAB_HOME" | grep -q "$2" ;;
  esac
}

perf() { python3 "$LAB_HOME/perf.py" "$@" 2>>"$LAB_OUT/perf.log"; }

# dhcpd syncs each lease for itself: what suits the others would take it many minutes.
warm_up() {
  local much=(3000 60000)
  [ "$LAB_SERVER" != dhcpd ] || much=(200 2000)
  perf fill "$LAB_NAME" "$1" "${much[@]}" "${@:2}" >>"$LAB_OUT/perf.log"
}

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
  local before count much=(2000 20000)
  [ "$LAB_SERVER" != dhcpd ] || much=(200 2000)
  before=$(ticks)
  count=$(perf fill "$LAB_NAME" "$3" "${much[@]}" "${@:4}")
  note "$1" "$2 cost" "$(awk -v t=$(($(ticks) - before)) -v n="$count" 'BEGIN { printf "%.1f", t * 10000 / n }')"
}

# Datagrams that one system call receives and sends, where the transport counts its calls.
per_call() {
  declare -F leasehold >/dev/null && [ "$LAB_SERVER" = leasehold ] || return 0
  leasehold exec 'dhcp:counters --json' | python3 -c '
import json, sys
counts = json.load(sys.stdin)
for way, calls in (("received", "receive-calls"), ("sent", "send-calls")):
    done = sum(v for k, v in counts.items() if k.startswith("transport-") and k.endswith("-" + calls))
    if done:
        print(way, "%.2f" % (sum(v for k, v in counts.items() if k.startswith("transport-") and k.endswith("-" + way)) / done))' |
    while read -r way number; do note leasehold "$1 $way a call" "$number"; done
}

rates6() {
  warm_up "${DIRECT[@]}" "${DIRECT_WORDS[@]}"
  cost "$1" direct "${DIRECT[@]}" "${DIRECT_WORDS[@]}"
  cost "$1" relayed "${RELAYED[@]}" "${RELAYED_WORDS[@]}"
  search "$1" direct "${DIRECT[@]}" "${DIRECT_WORDS[@]}"
  search "$1" relayed "${RELAYED[@]}" "${RELAYED_WORDS[@]}"
}

rates4() {
  warm_up "${RELAYED[@]}" "${RELAYED4_WORDS[@]}"
  cost "$1" v4 "${RELAYED[@]}" "${RELAYED4_WORDS[@]}"
  search "$1" v4 "${RELAYED[@]}" "${RELAYED4_WORDS[@]}"
}

# rates SERVER FAMILY
rates() {
  fresh "$1" "$2"
  "rates$2" "$1"
  per_call "v$2"
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
  fresh "$1" 6
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
for family in $FAMILIES; do
  for ((i = 1; i <= ROUNDS; i++)); do
    for server in $SERVERS; do
      serves "$server" "$family" || continue
      say "DHCPv$family, round $i of $ROUNDS: $server"
      rates "$server" "$family"
    done
  done
done
for ((i = 1; i <= ROUNDS; i++)); do
  for server in $SERVERS; do
    if [[ $FAMILIES == *6* ]] && serves "$server" 6; then size_and_start "$server"; fi
  done
done
python3 "$LAB_HOME/bench_report.py" "$LAB_OUT" "$ROUNDS" "$SECONDS_EACH" | tee "$LAB_OUT/benchmarks.md"
