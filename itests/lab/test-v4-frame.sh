#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A client that has no address and does not ask for broadcasts is answered in a frame to its hardware address, as the capture on
# its own side shows, checksums included. Then a PXE-like exchange.
set -euo pipefail
. "$(dirname "$0")/lab.sh"
. "$LAB_HOME/topology.sh"
. "$LAB_HOME/server.sh"

CAPTURE=$LAB_OUT/client.pcap
EVERYBODY=ff:ff:ff:ff:ff:ff
shark() { tshark -r "$CAPTURE" -o ip.check_checksum:TRUE -o udp.check_checksum:TRUE "$@" 2>/dev/null; }
obtain() { LEASE=$(python3 "$LAB_HOME/frame4.py" "$LAB_NAME" "$LAB_OUT" "$@"); }

# one FILTER: exactly one packet of the capture fits.
one() { eventually 5 seen_once "$1"; }
seen_once() { [ "$(shark -Y "$1" | wc -l)" -eq 1 ]; }

# answered KIND TYPE HARDWARE TARGET: that answer came once, in a frame to HARDWARE and a packet to TARGET, and nothing is wrong with it.
answered() {
  one "dhcp.option.dhcp == $2 and dhcp.hw.mac_addr == ${MAC[$1]} and eth.dst == $3 and ip.dst == $4 and udp.dstport == 68
    and ip.checksum.status == 1 and not _ws.malformed"
}

# framed KIND TYPE TARGET: the same for a frame to the client alone. Nobody but the server has made its UDP checksum; what goes by way
# of a socket has none yet on these virtual links.
framed() {
  answered "$1" "$2" "${MAC[$1]}" "$3" && one "dhcp.option.dhcp == $2 and dhcp.hw.mac_addr == ${MAC[$1]} and udp.checksum.status == 1"
}

declare -A MAC=([plain]=02:bb:00:00:00:01 [broadcast]=02:bb:00:00:00:02 [pxe]=02:bb:00:00:00:03)
lab_begin
topology
client_host client linkA
say "starting $(server_name)"
server_start server "$LAB_HOME/plans/frame4.json" || die "the server does not start: $(tail -5 "$(server_log)")"
spawn client "$LAB_OUT/tcpdump.log" tcpdump -i eth0 -n -U -s 0 -Z root -w "$CAPTURE" 'udp port 67 or arp'
eventually 10 grep -qs 'listening on' "$LAB_OUT/tcpdump.log" || die "tcpdump does not start"

check "a client without an address has a lease" obtain "${MAC[plain]}" plain
check "the OFFER came in a frame to the client alone, checksums good" framed plain 2 "$LEASE"
check "the ACK, too" framed plain 5 "$LEASE"
check "nobody was asked who has $LEASE" test -z "$(shark -Y "arp.dst.proto_ipv4 == $LEASE")"
check "a client that asks for broadcasts has a lease" obtain "${MAC[broadcast]}" broadcast
check "the OFFER came in a frame to everybody" answered broadcast 2 "$EVERYBODY" 255.255.255.255
check "the ACK, too" answered broadcast 5 "$EVERYBODY" 255.255.255.255
check "a client that boots from the network has a lease" obtain "${MAC[pxe]}" pxe
check "the OFFER came in a frame to the client alone" framed pxe 2 "$LEASE"
check "next server, host name and file are in their fields" one "dhcp.option.dhcp == 5 and dhcp.hw.mac_addr == ${MAC[pxe]}
  and dhcp.ip.server == 10.1.0.5 and dhcp.server == \"boot.lab.example.org\" and dhcp.file == \"pxe/bootx64.efi\""
check "vendor class, server name and file are options" one "dhcp.option.dhcp == 5 and dhcp.hw.mac_addr == ${MAC[pxe]}
  and dhcp.option.vendor_class_id == \"PXEClient\" and dhcp.option.tftp_server_name == \"10.1.0.5\"
  and dhcp.option.bootfile_name == \"pxe/bootx64.efi\""
shark -Y "dhcp.hw.mac_addr == ${MAC[pxe]}" -T fields -E header=y -E separator='|' -e eth.dst -e ip.dst -e dhcp.option.dhcp \
  -e dhcp.option.vendor_class_id -e dhcp.option.client_system_architecture -e dhcp.ip.server -e dhcp.file -e dhcp.option.bootfile_name |
  sed 's/|/ | /g' | tee "$LAB_OUT/pxe.txt"
check "no malformed packet" no_malformed "$CAPTURE"
finish
