# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# The network that most tests use. Sourced.
#
#   server --- linkA --- clients          directly attached, 2001:db8:a::/64
#      |
#   core  --- relay1 --- linkB --- clients    behind one relay, 2001:db8:b::/64
#                          |
#                        relay2 --- linkC --- clients    behind two relays, 2001:db8:c::/64

topology() {
  : >"$LAB_OUT/ports.tsv"
  add_host switch
  local link
  for link in core linkA linkB linkC; do add_link "$link"; done
  add_host server
  plug server linkA linkA 2001:db8:a::1/64
  plug server core core 2001:db8:ffff::1/64
  add_host relay1
  plug relay1 core core 2001:db8:ffff::2/64
  plug relay1 linkB linkB 2001:db8:b::1/64
  add_host relay2
  plug relay2 linkB linkB 2001:db8:b::2/64
  plug relay2 linkC linkC 2001:db8:c::1/64
}

# The relays are Debian's isc-dhcp-relay.
start_relays() {
  spawn relay1 "$LAB_OUT/relay1.log" dhcrelay -6 -d --no-pid -I -l linkB -u 2001:db8:ffff::1%core
  spawn relay2 "$LAB_OUT/relay2.log" dhcrelay -6 -d --no-pid -I -l linkC -u 2001:db8:b::1%linkB
  eventually 10 grep -qs 'Sending on' "$LAB_OUT/relay1.log" || die "relay1: $(cat "$LAB_OUT/relay1.log")"
  eventually 10 grep -qs 'Sending on' "$LAB_OUT/relay2.log" || die "relay2: $(cat "$LAB_OUT/relay2.log")"
}

# client_host NAME LINK: a host with one interface eth0.
client_host() {
  add_host "$1"
  plug "$1" eth0 "$2"
}
