#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A host has taken an address of the pool by itself: the server pings before it offers, and offers another.
set -euo pipefail
. "$(dirname "$0")/lab.sh"

[ "$LAB_SERVER" = leasehold ] || die "the probe is Leasehold's"
lab_begin
: >"$LAB_OUT/ports.tsv"
add_host switch
add_link linkA
add_host server
plug server eth0 linkA 192.0.2.1/24
add_host squatter
plug squatter eth0 linkA 192.0.2.100/24
for client in one two three; do
  add_host "$client"
  plug "$client" eth0 linkA
done
. "$LAB_HOME/server.sh"

# obtains CLIENT ADDRESS: in TOOK milliseconds.
obtains() {
  local begin
  begin=$(now_ms)
  on "$1" udhcpc -f -q -n -R -t 5 -T 3 -i eth0 -s "$LAB_HOME/udhcpc-script.sh" >"$LAB_OUT/$1.log" 2>&1 || true
  TOOK=$(($(now_ms) - begin))
  cat "$LAB_OUT/$1.log"
  grep -q "lease of $2 obtained" "$LAB_OUT/$1.log"
}
waited() { [ "$TOOK" -ge "$1" ] && [ "$TOOK" -lt "$2" ]; }
counts() { leasehold exec "dhcp:counters --json $1" | grep -q "\"$1\":$2[,}]"; }
alarms() { leasehold exec 'dhcp:status' | grep -q "$1"; }
silent() { ! alarms "$1"; }
declined() { leasehold exec 'dhcp:lease-list --state declined --json' | grep -q "\"$1\""; }

server_start server "$LAB_HOME/plans/probe4.json" || die "the server does not start"
check "without the feature an alarm stands" alarms 'leasehold-probe-icmp is not installed'
leasehold exec 'feature:install leasehold-probe-icmp' || die "the probe cannot be installed"
check "with it there is none" eventually 10 silent 'ping check'

check "a client is not offered what somebody uses" obtains one 192.0.2.101
check "it waited for the second ping only" waited 1000 2900
check "the conflict is counted" counts pkt4-ping-conflict 1
check "the address is declined" declined 192.0.2.100
check "a client is offered what nobody uses" obtains two 192.0.2.102
check "it waited for the ping" waited 1000 2900
check "both were asked" counts pkt4-ping-checked 3

server_kill
server_restart || die "the server does not start again"
check "the declined address outlives kill -9" declined 192.0.2.100

ip -n "$(ns squatter)" address del 192.0.2.100/24 dev eth0
leasehold exec 'dhcp:lease-release 192.0.2.100' || die "the declined address cannot be released"
check "it is offered again when nobody uses it" obtains three 192.0.2.100
check "after a ping" waited 1000 2900

leasehold exec 'feature:uninstall leasehold-probe-icmp' || die "the probe cannot be uninstalled"
leasehold exec 'dhcp:lease-wipe --all --yes' >/dev/null
check "without the feature clients are served at once" obtains three 192.0.2.100
check "within half a second" waited 0 900
check "which is counted" counts pkt4-ping-left-out 1
check "no error is in the log" server_log_clean
finish
