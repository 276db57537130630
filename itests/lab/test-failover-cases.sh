#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What clients see of it when something happens to one of two partners (RFC 8156), or to both: a thousand clients behind a relay agent
# renew, rebind, go and come all the time. After each case both are in NORMAL with equal leases; at the end a table says how long clients
# waited, and the capture of their link, like their own records, proves that nothing was given to two of them. It takes ten
# minutes; LAB_CASES names some of the cases.
#
#   crowd --- access --- relay --- core --- one (primary), two (secondary)
#                                             one --- pair (TLS) --- two
set -euo pipefail
. "$(dirname "$0")/lab.sh"
. "$LAB_HOME/server.sh"
. "$LAB_HOME/agents.sh"
. "$LAB_HOME/hops.sh"
. "$LAB_HOME/secrecy.sh"
. "$LAB_HOME/pairs.sh"

[ "$LAB_SERVER" = leasehold ] || die "only leasehold has partners of RFC 8156"
AGENT_HEAP_MIB=400
CLIENTS=${LAB_CLIENTS:-1000}
ALL_CASES='primary-killed secondary-killed cut cut-partner-down wrong-partner-down lost-disk power maintenance clock-ahead clock-behind'
CASES=${LAB_CASES:-$ALL_CASES}
# Longer than T2 of the plan, so that everybody has to look for another server.
FAULT_SECONDS=30
ROUND_SECONDS=12 # every client renews once

network() {
  : >"$LAB_OUT/ports.tsv"
  add_host switch
  local each
  for each in access core pair; do add_link "$each"; done
  for each in one two relay crowd; do add_host "$each"; done
  plug one core core 2001:db8:1::1/64
  plug two core core 2001:db8:1::2/64
  plug relay core core 2001:db8:1::9/64
  plug relay access access 2001:db8:c::1/64
  plug one pair pair 2001:db8:f::1/64
  plug two pair pair 2001:db8:f::2/64
  plug crowd eth0 access
  CROWD=$(awk '$1 == "crowd" { print $5 }' "$LAB_OUT/ports.tsv")
}

port() { awk -v h="$1" -v i="$2" '$1 == h && $2 == i { print "p" NR }' "$LAB_OUT/ports.tsv"; }
# unplug HOST INTERFACE, mend HOST INTERFACE: the cable at the switch.
unplug() { ip -n "$(ns switch)" link set "$(port "$1" "$2")" nomaster; }
mend() { ip -n "$(ns switch)" link set "$(port "$1" "$2")" master "$2"; }

# It sends to the servers' group: by their addresses, Debian's relay agent would wait for the neighbour entry of the one that is cut off.
relay() {
  spawn relay "$LAB_OUT/relay.log" dhcrelay -6 -d --no-pid -l access -u core
  eventually 10 grep -qs 'Sending on' "$LAB_OUT/relay.log" || die "relay: $(cat "$LAB_OUT/relay.log")"
}

crowd() {
  spawn crowd "$LAB_OUT/crowd.pcap.log" tcpdump -i eth0 -n -U -s 0 -B 16384 -Z root -w "$LAB_OUT/crowd.pcap" 'udp port 546 or udp port 547'
  TCPDUMP=$SPAWNED
  eventually 10 grep -qs 'listening on' "$LAB_OUT/crowd.pcap.log" || die "tcpdump does not start: $(cat "$LAB_OUT/crowd.pcap.log")"
  spawn crowd "$LAB_OUT/crowd.log" python3 "$LAB_HOME/crowd.py" "$CROWD" eth0 "$LAB_OUT" "$CLIENTS"
  CROWD_PID=$SPAWNED
}

witness() { python3 "$LAB_HOME/crowd_witness.py" "$@"; }
# content: everybody has an address, and nobody waits for an answer.
content() {
  local have waiting
  read -r have _ waiting <"$LAB_OUT/now" && [ "$have" -eq "$CLIENTS" ] && [ "$waiting" -eq 0 ] && alive "$CROWD_PID"
}

# served: everybody has an address, and few wait for an answer.
served() {
  local have waiting
  read -r have _ waiting <"$LAB_OUT/now" && [ "$have" -eq "$CLIENTS" ] && [ "$waiting" -le $((CLIENTS / 50)) ] && alive "$CROWD_PID"
}

both() { pair_is one "$1" && pair_is two "$1"; }
is_either() { pair_is "$1" "$2" || pair_is "$1" "$3"; }
equal() {
  pair_leases one >"$LAB_OUT/leases-one-before"
  pair_leases two >"$LAB_OUT/leases-two"
  pair_leases one >"$LAB_OUT/leases-one-after"
  witness equal "$LAB_OUT/leases-one-before" "$LAB_OUT/leases-two" "$LAB_OUT/leases-one-after" && return
  for each in one two; do pair_json $each dhcp:lease-list >"$LAB_OUT/all-$each.json"; done
  return 1
}

killed() {
  local each pid pids=()
  for each in "$@"; do pids+=("$(agent_pid "$each")"); done
  kill -9 "${pids[@]}"
  for pid in "${pids[@]}"; do eventually 10 dead "$pid"; done
}
starts() { agents_start "$@"; }

# begins TITLE, lasts, over, ends: the parts of a case. What is measured lasts from the first to the last one.
begins() {
  TITLE=$1
  say "$TITLE"
  BEGIN=$(date +%s.%N)
  pair_mark
}
lasts() { sleep "$FAULT_SECONDS"; }
over() { OVER=$(now_ms); }
ends() {
  local normal
  check "$TITLE: both are in NORMAL again" eventually 120 both NORMAL
  normal=$((($(now_ms) - OVER) / 1000))
  sleep "$ROUND_SECONDS"
  check "$TITLE: everybody has an address" eventually 30 content
  printf '%s\t%s\t%s\t%s\n' "$TITLE" "$BEGIN" "$(date +%s.%N)" "$normal" >>"$LAB_OUT/cases.tsv"
  check "$TITLE: both have the same leases" eventually 30 equal
}
# went NAME STATE...: since the case began the instance was in these states, one after the other.
went() {
  local name=$1 line
  shift
  while read -r line && [ $# -gt 0 ]; do
    if [[ $line == *" $1"* ]]; then shift; fi
  done < <(pair_since "$name" | grep -oE 'failover pair: .*')
  [ $# -eq 0 ] || { echo "$name was not in $1"; return 1; }
}

case_killed() {
  begins "kill -9 of the $3"
  killed "$1"
  check "$TITLE: the other one serves" eventually 15 pair_is "$2" COMMUNICATIONS-INTERRUPTED
  lasts
  check "$TITLE: everybody has an address meanwhile" eventually 20 served
  over
  starts "$1"
  ends
}
case_primary-killed() { case_killed one two primary; }
case_secondary-killed() { case_killed two one secondary; }

case_cut() {
  begins "network cut between the partners"
  unplug one pair
  check "$TITLE: both serve" eventually 20 both COMMUNICATIONS-INTERRUPTED
  lasts
  check "$TITLE: everybody has an address meanwhile" eventually 20 served
  over
  mend one pair
  ends
}

# The primary's cables are out; the operator switches it off, and says so to the other one.
case_cut-partner-down() {
  begins "primary cut off, partner-down, return"
  unplug one pair
  unplug one core
  check "$TITLE: the other one serves" eventually 15 pair_is two COMMUNICATIONS-INTERRUPTED
  killed one
  agent two exec 'dhcp:failover-partner-down pair' >>"$LAB_OUT/checks.log" 2>&1 || true
  check "$TITLE: it is in PARTNER-DOWN" eventually 5 pair_is two PARTNER-DOWN
  lasts
  check "$TITLE: everybody has an address meanwhile" eventually 20 served
  over
  mend one pair
  mend one core
  starts one
  ends
  check "$TITLE: the primary recovered" went one RECOVER RECOVER-WAIT RECOVER-DONE NORMAL
}

# What operators are told not to do: both serve, and one is told that the other is down.
case_wrong-partner-down() {
  begins "network cut between the partners, partner-down by mistake"
  unplug one pair
  check "$TITLE: both serve" eventually 20 both COMMUNICATIONS-INTERRUPTED
  agent two exec 'dhcp:failover-partner-down pair' >>"$LAB_OUT/checks.log" 2>&1 || true
  check "$TITLE: one is in PARTNER-DOWN" eventually 5 pair_is two PARTNER-DOWN
  lasts
  over
  mend one pair
  ends
  check "$TITLE: the conflict was resolved" went one POTENTIAL-CONFLICT NORMAL
}

case_lost-disk() {
  begins "lost disk of the primary"
  agent_stop one >>"$LAB_OUT/checks.log" 2>&1
  check "$TITLE: the other one serves" eventually 5 pair_is two COMMUNICATIONS-INTERRUPTED
  cp "$(agent_log one)" "$LAB_OUT/one-before-loss.log"
  rm -rf "$(agent_dir one)/data"
  echo 0 >"$LAB_OUT/one.mark"
  over
  starts one
  ends
  check "$TITLE: the primary recovered" went one RECOVER RECOVER-WAIT RECOVER-DONE NORMAL
}

case_power() {
  begins "kill -9 of both"
  killed one two
  over
  starts one two
  ends
}

# As in docs/failover.md; the primary has a clock afterwards that can be moved.
case_maintenance() {
  begins "maintenance of the primary: drain, stop, start"
  check "$TITLE: it drains" agent one exec 'dhcp:failover-drain pair'
  check "$TITLE: the other one serves" eventually 5 pair_is two COMMUNICATIONS-INTERRUPTED
  agent_stop one >>"$LAB_OUT/checks.log" 2>&1
  movable_clock
  over
  starts one
  ends
}

movable_clock() {
  gcc -shared -fPIC -O2 -o "$LAB_OUT/moved_clock.so" "$LAB_HOME/moved_clock.c"
  moves_clock 0
  printf 'export LD_PRELOAD=%s MOVED_CLOCK=%s\n' "$LAB_OUT/moved_clock.so" "$LAB_OUT/one.clock" >>"$(agent_dir one)/etc/setenv"
}
# Written in place: the server looks at the same octets.
moves_clock() { python3 -c 'import struct, sys; sys.stdout.buffer.write(struct.pack("=q", int(sys.argv[1])))' "$1" 1<>"$LAB_OUT/one.clock"; }
# skewed SECONDS: the last line of its log is by its own clock so much ahead of the time at which the kernel saw it written.
skewed() {
  local logged
  logged=$(date -d "$(tail -1 "$(agent_log one)" | sed 's/,.*//')" +%s) || return 1
  logged=$((logged - $(stat -c %Y "$(agent_log one)") - $1))
  [ "${logged#-}" -le 5 ]
}

case_clock() {
  if [ ! -e "$LAB_OUT/one.clock" ]; then
    agent_stop one >>"$LAB_OUT/checks.log" 2>&1
    movable_clock
    starts one
    check "with a clock that can be moved, both are in NORMAL" eventually 60 both NORMAL
    sleep "$ROUND_SECONDS"
  fi
  begins "clock of the primary 10 minutes $2"
  moves_clock "$1"
  check "$TITLE: they part" eventually 20 both COMMUNICATIONS-INTERRUPTED
  check "$TITLE: its clock is wrong" skewed "$1"
  lasts
  check "$TITLE: everybody has an address meanwhile" eventually 20 served
  over
  moves_clock 0
  ends
  check "$TITLE: few lines say so" few_lines
}
case_clock-ahead() { case_clock 600 ahead; }
case_clock-behind() { case_clock -600 behind; }
# It was tried thirty times.
few_lines() {
  for each in one two; do
    pair_since $each | grep -E 'failover|transport'
    [ "$(pair_since $each | grep -c 'apart')" -le 4 ] || return 1
  done
}

lab_begin
network
pair_make "$LAB_HOME/plans/crowd.json"
# Whoever returns is to hear its partner before it goes on alone, on a slow machine too.
for each in one two; do sed -i 's/^startup.seconds.*/startup.seconds = 15/' "$(agent_dir $each)/etc/io.leasehold.failover-pair.cfg"; done
say "starting two servers"
agents_start one two
check "both come to NORMAL" eventually 90 both NORMAL
relay
crowd
say "$CLIENTS clients obtain"
check "everybody has an address" eventually 60 content
sleep $((ROUND_SECONDS * 2)) # the secondary has its prefixes, leases have their full lifetimes
check "both have the same leases" eventually 30 equal
begins "nothing happens"
sleep 10
over
ends
for CASE in $CASES; do
  declare -F "case_$CASE" >/dev/null || die "no case $CASE; cases are $ALL_CASES"
  "case_$CASE"
done

touch "$LAB_OUT/calm"
check "everybody has an address in the end" eventually 30 content
lab_stop "$CROWD_PID"
sleep 2 # what the kernel holds for the capture
lab_stop "$TCPDUMP"
check "by their own records nothing was given to two clients" witness log "$LAB_OUT"
check "by the capture nothing was given to two clients, and renewals were answered" witness capture "$LAB_OUT"
check "no packet of the capture is malformed" no_malformed "$LAB_OUT/crowd.pcap"
for each in one two; do
  check "the log of $each shows no fault" bash -c "! grep -qE '^[[:space:]]+at [a-z]+\.' '$(agent_log $each)'"
done
grep -E '^(log|capture): ' "$LAB_OUT/checks.log"
witness table "$LAB_OUT" "$LAB_OUT/cases.tsv" | tee "$LAB_OUT/table.md"
finish
