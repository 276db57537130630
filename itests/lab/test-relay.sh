#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Real clients behind our relay agents over plain UDP: behind one and, for DHCPv6, two of them; then behind Debian's relay agent in
# front of ours; then before Kea. The capture of the server's interfaces is the witness.
set -euo pipefail
. "$(dirname "$0")/lab.sh"
. "$LAB_HOME/topology.sh"
. "$LAB_HOME/server.sh"
. "$LAB_HOME/client-programs.sh"
. "$LAB_HOME/client-runs.sh"
. "$LAB_HOME/agents.sh"

[ "$LAB_SERVER" = leasehold ] || die "it starts with leasehold and ends with Kea"

# host, program, link, what it asks for
OURS='
dhclient-b  dhclient       linkB  V4 NA PD
dhcpcd-b    dhcpcd         linkB  V4 NA PD
udhcpc-b    udhcpc+dhcp6c  linkB  V4 NA
dibbler-b   dibbler        linkB  NA PD
dhclient-c  dhclient       linkC  V4 NA
dhcpcd-c    dhcpcd         linkC  V4 NA PD
'
BRIDGED='
dhclient-e  dhclient       linkC  V4 NA PD
udhcpc-e    udhcpc+dibbler linkC  V4 NA
'
KEAS='
dhclient-k  dhclient       linkB  V4 NA PD
udhcpc-k    udhcpc+dhcp6c  linkB  V4 NA
'

# run TITLE CAPTURE CLIENTS: the clients obtain, renew and release.
run() {
  CAPTURE=$LAB_OUT/$2.pcap CLIENTS=$3
  each_client make_host
  capture server "$CAPTURE"
  say "$1: clients obtain"
  each_client start
  eventually 30 seen SOLICIT REQUEST || say "still missing: $(xargs <"$LAB_OUT/missing.txt")"
  say "$1: clients renew"
  each_client renew
  eventually 20 seen RENEW || say "still missing: $(xargs <"$LAB_OUT/missing.txt")"
  each_client configured
  each_client release
  eventually 10 seen RELEASE || say "still missing: $(xargs <"$LAB_OUT/missing.txt")"
  each_client one_verdict
  check "$1: no malformed packet" no_malformed "$CAPTURE"
  capture_end
}

# shows FILTER COUNT FILE: so many packets at least.
shows() { [ "$(tshark -r "$3" -Y "$1" 2>/dev/null | wc -l)" -ge "$2" ]; }

# One instance on a host, of both protocols. relay NAME HOST CLIENT-LINK UPSTREAM-LINK4 UPSTREAM-LINK6 UPSTREAM6
relay() {
  agent_make "$1" "$2"
  agent_config "$1" "relay-$1-v6" <<END
family = ipv6
interfaces = $3
trusted = true
upstream.interfaces = $5
upstream = udp://[$6]
remote.id = 32473:$1
END
  agent_config "$1" "relay-$1-v4" <<END
family = ipv4
interfaces = $3
trusted = true
upstream.interfaces = $4
upstream = udp://10.255.0.1
circuit.id = %i
remote.id = $1
END
  on "$2" sysctl -qw net.ipv4.ip_forward=1
}

names_relay() { agent "$1" exec 'dhcp:relay-list' | grep -q "$2"; }

lab_begin
topology
say "starting $(server_name)"
server_start server "$LAB_HOME/plans/clients.json" "$LAB_HOME/plans/clients4.json" ||
  die "the server does not start: $(tail -5 "$(server_log)")"
say "starting relay agents"
relay near relay1 linkB core core 2001:db8:ffff::1
relay far relay2 linkC core linkB 2001:db8:b::1
agents_start near far
run "our relay agents" ours "$OURS"
check "option 82 has circuit and remote id" shows 'dhcp.option.agent_information_option.agent_circuit_id == "linkB" && dhcp.option.agent_information_option.agent_remote_id == "near"' 1 "$CAPTURE"
check "the Interface-Id names the interface, the Remote-Id the relay agent" shows 'dhcpv6.interface_id == "linkB" && dhcpv6.remoteid.enterprise == 32473' 1 "$CAPTURE"
check "messages of the nested link pass both relay agents" shows 'dhcpv6.msgtype == 12 && dhcpv6.hopcount == 1 && dhcpv6.interface_id == "linkC"' 1 "$CAPTURE"
check "the status of the relay agents names them" names_relay near near-v6

say "Debian's relay agent in front of ours"
lab_stop "$(agent_pid far)"
spawn relay2 "$LAB_OUT/relay2.log" dhcrelay -6 -d --no-pid -I -l linkC -u 2001:db8:b::1%linkB
spawn relay2 "$LAB_OUT/relay2-v4.log" dhcrelay -4 -d --no-pid -a -id linkC -iu linkB 10.2.0.1
for each in relay2 relay2-v4; do
  eventually 10 grep -qs 'Sending on' "$LAB_OUT/$each.log" || die "$each: $(cat "$LAB_OUT/$each.log")"
done
# The server answers to its address, whoever sent the message on; the way to it is by the link it speaks on.
ip -n "$(ns server)" route replace 10.3.0.0/16 via 10.255.0.2
ip -n "$(ns relay1)" route add 10.3.0.0/16 via 10.2.0.2
run "Debian's relay agent before ours" bridged "$BRIDGED"

say "our relay agent before Kea"
server_stop
lab_stop "${LAB_PIDS[@]}"
LAB_SERVER=kea SERVER_DIR=$LAB_OUT/kea
. "$LAB_HOME/server-kea.sh"
server_start server "$LAB_HOME/plans/clients.json" "$LAB_HOME/plans/clients4.json" ||
  die "Kea does not start: $(tail -5 "$(server_log)")"
run "our relay agent before Kea" kea "$KEAS"
finish
