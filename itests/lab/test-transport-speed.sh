#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What a datagram costs each transport: a probe echoes what a generator on another host keeps under way. A table, no limits. Run it on
# an idle machine: ./dev lab transport-speed
#
#   LAB_SECONDS   length of each measurement (5)
set -euo pipefail
. "$(dirname "$0")/lab.sh"
. "$LAB_HOME/probe.sh"

LENGTH=${LAB_SECONDS:-5}
PORT=10067
lab_begin
ip netns add "$(ns host)"
ip netns add "$(ns peer)"
ip -n "$(ns host)" link add h1 type veth peer p1 netns "$(ns peer)"
ip -n "$(ns host)" link set h1 up
on host ip address add 192.0.2.1/24 dev h1
ip -n "$(ns peer)" link set p1 up
on peer ip address add 192.0.2.2/24 dev p1

ticks() { awk '{ print $14 + $15 }' "/proc/$SPAWNED_PROBE/stat"; }
count() { sed -n "s/.*[{ ]$1=\([0-9]*\).*/\1/p" <<<"$COUNTERS"; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { if (b > 0) printf "%.1f", a / b; else printf "-" }'; }

# load UNDER-WAY: RATE and COUNTERS of one measurement.
load() {
  local out
  out=$(on peer java -XX:+UseSerialGC -cp "$(probe_classes)" io.leasehold.testkit.EchoLoad 192.0.2.1 $PORT "$LENGTH" "$1")
  RATE=$(head -1 <<<"$out")
  COUNTERS=$(tail -1 <<<"$out")
}

# measure TRANSPORT THREADS UNDER-WAY
measure() {
  local before received calls_in calls_out
  PROBE_JAVA="-Dthreads=$2" probe host "$LAB_OUT/$1-$2-$3.log" "$1" v4 $PORT h1/192.0.2.1 none quiet
  eventually 10 grep -qs LISTENING "$LAB_OUT/$1-$2-$3.log" || die "the probe does not listen"
  load "$3" # warm
  received=$(count received)
  calls_in=$(count receive-calls)
  calls_out=$(count send-calls)
  before=$(ticks)
  load "$3"
  before=$(($(ticks) - before))
  received=$(($(count received) - received))
  printf '%-9s %7s %9s %9s %14s %12s %12s\n' "$1" "$2" "$3" "$RATE" \
    "$(awk -v t="$before" -v n="$received" 'BEGIN { printf "%.1f", t * 10000 / n }')" \
    "$(ratio "$received" "$(($(count receive-calls) - ${calls_in:-0}))")" \
    "$(ratio "$received" "$(($(count send-calls) - ${calls_out:-0}))")" | tee -a "$LAB_OUT/table.txt"
  lab_stop "$SPAWNED_PROBE"
}

printf '%-9s %7s %9s %9s %14s %12s %12s\n' transport threads under-way echoes/s 'CPU us/echo' in/call out/call | tee "$LAB_OUT/table.txt"
for under_way in 1 16 256; do
  measure udp 1 "$under_way"
  measure epoll 1 "$under_way"
done
measure epoll 2 256
# shellcheck disable=SC2016 # the program is awk's
check "every measurement gave a rate" awk 'NR > 1 && $4 <= 0 { exit 1 } END { exit NR != 8 }' "$LAB_OUT/table.txt"
finish
