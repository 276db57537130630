# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# Who listens on a hop, and what is to be read there. Sourced.
#
#   listen_in HOST FILE       captures everything on all interfaces of the host; the process is in LISTENER
#   readable FILE MAC...      how many packets contain one of these hardware addresses; clients' identifiers contain them as well
#   secret FILE MAC...        succeeds if none does, and no datagram of DHCP's own ports is in it

listen_in() {
  spawn "$1" "$2.log" tcpdump -i any -n -U -s 0 -Z root -w "$2" 'tcp or udp'
  # shellcheck disable=SC2034 # callers stop it
  LISTENER=$SPAWNED
  eventually 10 grep -qs 'listening on' "$2.log" || die "tcpdump does not start: $(cat "$2.log")"
}

# The payload alone: headers of frames have hardware addresses of their own.
readable() {
  local mac filter=
  for mac in "${@:2}"; do filter+="${filter:+ or }udp contains $mac or tcp contains $mac"; done
  tshark -o tcp.desegment_tcp_streams:FALSE -r "$1" -Y "$filter" 2>/dev/null | wc -l
}

secret() {
  local plain
  plain=$(tshark -r "$1" -Y 'udp.port in {67,68,546,547}' 2>/dev/null)
  [ -z "$plain" ] || { echo "datagrams in clear: $plain"; return 1; }
  [ "$(readable "$@")" -eq 0 ] || { echo "$(readable "$@") packets tell who a client is"; return 1; }
}

# macs HOST...: their hardware addresses.
macs() {
  local host
  for host in "$@"; do awk -v h="$host" '$1 == h { print $4 }' "$LAB_OUT/ports.tsv"; done
}
