# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# The network that most tests use. Sourced.
#
#   server --- linkA --- clients          directly attached, 2001:db8:a::/64 and 10.1.0.0/16
#      | \
#      |  \-- linkD --- clients          directly attached, 2001:db8:d::/64 and 10.4.0.0/16
#      |
#   core  --- relay1 --- linkB --- clients    behind one relay, 2001:db8:b::/64 and 10.2.0.0/16
#                          |
#                        relay2 --- linkC --- clients    behind two relays, 2001:db8:c::/64, and behind one for 10.3.0.0/16

topology() {
  : >"$LAB_OUT/ports.tsv"
  add_host switch
  local link
  for link in core linkA linkB linkC linkD; do add_link "$link"; done
  add_host server
  plug server linkA linkA 2001:db8:a::1/64 10.1.0.1/16
  plug server core core 2001:db8:ffff::1/64 10.255.0.1/24
  add_host relay1
  plug relay1 core core 2001:db8:ffff::2/64 10.255.0.2/24
  plug relay1 linkB linkB 2001:db8:b::1/64 10.2.0.1/16
  add_host relay2
  plug relay2 linkB linkB 2001:db8:b::2/64 10.2.0.2/16
  plug relay2 linkC linkC 2001:db8:c::1/64 10.3.0.1/16
  plug server linkD linkD 2001:db8:d::1/64 10.4.0.1/16
  plug relay2 core core 10.255.0.3/24
  ip -n "$(ns server)" route add 10.0.0.0/8 via 10.255.0.2
  ip -n "$(ns server)" route add 10.3.0.0/16 via 10.255.0.3
}

# The relays are Debian's isc-dhcp-relay, and routers for IPv4: a client with an address speaks to the server itself. For IPv4 relay2
# has a cable of its own to the server: relay1 would take what is only routed through it for broadcasts of linkB, and ask for an
# address of linkC in the name of linkB.
start_relays() {
  spawn relay1 "$LAB_OUT/relay1.log" dhcrelay -6 -d --no-pid -I -l linkB -u 2001:db8:ffff::1%core
  spawn relay2 "$LAB_OUT/relay2.log" dhcrelay -6 -d --no-pid -I -l linkC -u 2001:db8:b::1%linkB
  local relay
  for relay in relay1 relay2; do on "$relay" sysctl -qw net.ipv4.ip_forward=1; done
  spawn relay1 "$LAB_OUT/relay1-v4.log" dhcrelay -4 -d --no-pid -a -id linkB -iu core 10.255.0.1
  spawn relay2 "$LAB_OUT/relay2-v4.log" dhcrelay -4 -d --no-pid -a -id linkC -iu core 10.255.0.1
  for relay in relay1 relay2 relay1-v4 relay2-v4; do
    eventually 10 grep -qs 'Sending on' "$LAB_OUT/$relay.log" || die "$relay: $(cat "$LAB_OUT/$relay.log")"
  done
}

# client_host NAME LINK: a host with one interface eth0.
client_host() {
  add_host "$1"
  plug "$1" eth0 "$2"
}
