#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Clients behind an ordinary relay agent of a switch (Debian's), which speaks plainly to ours beside it; that one speaks TLS to
# a second one of ours, and that one DTLS to the server. Leases of both protocols are obtained and renewed, every hop is seen in the
# status, and who listens on the protected hops reads nothing. Then the last hop is to be in clear: nothing passes until that is
# acknowledged, and clients go on after it.
#
#   clients --- access --- switch's relay --- edge --- west --- wan1 (TLS) --- east --- wan2 (DTLS) --- server
set -euo pipefail
. "$(dirname "$0")/lab.sh"
. "$LAB_HOME/server.sh"
. "$LAB_HOME/topology.sh"
. "$LAB_HOME/client-programs.sh"
. "$LAB_HOME/client-runs.sh"
. "$LAB_HOME/agents.sh"
. "$LAB_HOME/hops.sh"
. "$LAB_HOME/secrecy.sh"

[ "$LAB_SERVER" = leasehold ] || die "only leasehold protects hops"
# host, program, link, what it asks for. Only that one on the edge can reach whom it takes for its server, our relay agent, to renew
# over IPv4; dhcpcd asks everybody when it gets no answer.
CLIENTS='
dhclient-b  dhclient       edge    V4 NA
dhclient-c  dhclient       access  V4 NA
dhcpcd-c    dhcpcd         access  V4 NA PD
udhcpc-c    udhcpc+dibbler access  V4 NA
'
RENEWING='
dhclient-b  dhclient       edge    V4 NA
dhclient-c  dhclient       access  NA
dhcpcd-c    dhcpcd         access  V4 NA PD
udhcpc-c    udhcpc+dibbler access  NA
'

chain() {
  : >"$LAB_OUT/ports.tsv"
  add_host switch
  local each
  for each in access edge wan1 wan2; do add_link "$each"; done
  for each in server east west relay; do add_host "$each"; done
  plug server wan2 wan2 2001:db8:2::1/64 10.102.0.1/24
  plug east wan2 wan2 2001:db8:2::2/64 10.102.0.2/24
  plug east wan1 wan1 2001:db8:1::2/64 10.101.0.2/24
  plug west wan1 wan1 2001:db8:1::1/64 10.101.0.1/24
  plug west edge edge 2001:db8:b::1/64 10.2.0.1/16
  plug relay edge edge 2001:db8:b::2/64 10.2.0.2/16
  plug relay access access 2001:db8:c::1/64 10.3.0.1/16
  ip -n "$(ns west)" route add 10.3.0.0/16 via 10.2.0.2
  client_host client access
  ASKER=$(awk '$1 == "client" { print $5 }' "$LAB_OUT/ports.tsv")
}

# The channel "hop" of each is for its hop to the west or to the server; that of east to the server is "far".
keys() {
  hop_keys server east west
  leasehold_instance
  hop_side "$SERVER_DIR/etc" server dtls-cert east relay
  agent_make east east
  agent_make west west
  agent_features east security-tls security-dtls security-none transport-tcp transport-dtls
  agent_features west security-tls transport-tcp
  hop_side "$(agent_dir east)/etc" east tls-cert west relay
  printf 'roles = server\nnames = dns:server.example\n' >"$(agent_dir east)/etc/io.leasehold.security.peer-server.cfg"
  printf 'provider = dtls-cert\ncredential = east\ntrust = ca\n' >"$(agent_dir east)/etc/io.leasehold.security.channel-far.cfg"
  hop_side "$(agent_dir west)/etc" west tls-cert east server
}

relays() {
  local v
  for v in 4 6; do
    agent_config west "relay-west-v$v" <<END
family = ipv$v
interfaces = edge
trusted = true
$([ $v = 6 ] || echo 'server.override = true')
upstream = tls://$([ $v = 4 ] && echo 10.101.0.2 || echo '[2001:db8:1::2]')?peer=east
channel = hop
END
    agent_config east "relay-east-v$v" <<END
family = ipv$v
listen = tls://*?peer=west
upstream = dtls://$(server_address $v)?peer=server&channel=far
channel = hop
END
  done
}

server_address() { if [ "$1" = 4 ]; then echo 10.102.0.1; else echo '[2001:db8:2::1]'; fi; }

# The hop between east and server, with a channel that protects nothing. A DHCPv4 server answers to giaddr and not to whom it heard, so
# that over UDP its answers would leave the chain; over TCP they come back.
clear_hop() {
  local v
  printf 'provider = none\n' >"$(agent_dir east)/etc/io.leasehold.security.channel-far.cfg"
  for v in 4 6; do
    agent_config east "relay-east-v$v" <<END
family = ipv$v
listen = tls://*?peer=west
upstream = $([ $v = 4 ] && echo tcp || echo udp)://$(server_address $v)?channel=far
upstream.interfaces = wan2
allow.unprotected.upstream = true
channel = hop
END
  done
}

# acknowledge ETC PROFILE: that it is known to protect nothing.
acknowledge() {
  printf 'protected.networks = 2001:db8:2::/64 10.102.0.0/24\ninsecure.acknowledged = %s\n' "$2" >"$1/io.leasehold.security.cfg"
}

server_hops() {
  printf 'install leasehold-%s\n' security-dtls security-none transport-dtls transport-tcp >>"$SERVER_DIR/etc/leasehold/features"
  sed -i '/^\(listen\|channel\|relay\.policy\) *=/d' "$SERVER_DIR/etc/io.leasehold.server.cfg"
  printf 'listen = dtls://*\nchannel = hop\nrelay.policy = protected\n' >>"$SERVER_DIR/etc/io.leasehold.server.cfg"
}

switch_relay() {
  spawn relay "$LAB_OUT/relay6.log" dhcrelay -6 -d --no-pid -I -l access -u 2001:db8:b::1%edge
  spawn relay "$LAB_OUT/relay4.log" dhcrelay -4 -d --no-pid -a -id access -iu edge 10.2.0.1
  local each
  for each in relay4 relay6; do
    eventually 10 grep -qs 'Sending on' "$LAB_OUT/$each.log" || die "$each: $(cat "$LAB_OUT/$each.log")"
  done
}

make_host() { client_host "$1" "$3"; }
# says WHO COMMAND PATTERN...: the console's answer has a line for each pattern.
says() {
  local pattern out
  if [ "$1" = server ]; then out=$(leasehold exec "$2"); else out=$(agent "$1" exec "$2"); fi
  echo "$out"
  for pattern in "${@:3}"; do grep -qiE "$pattern" <<<"$out" || { echo "lacks $pattern"; return 1; }; done
}

asks() { timeout "${1:-4}" python3 "$LAB_HOME/ask.py" "$LAB_NAME" "$ASKER"; }
unanswered() { ! asks 3; }
log_says() { [ "$(tail -n "+$MARK" "$(agent_log east)" | grep -cE "$1")" -eq "$2" ]; }
chained() {
  [ "$(grep -c 'DTLS to .* is up' "$(agent_log east)")" -ge 2 ] && [ "$(grep -c 'tcp link .*: up' "$(agent_log west)")" -ge 2 ]
}
obtained() { seen SOLICIT REQUEST RENEW; }
carries() { [ "$(tshark -r "$1" -Y "$2" 2>/dev/null | wc -l)" -gt 0 ]; }

lab_begin
chain
keys
relays
server_hops
say "starting $(server_name) and two relay agents"
agents_start east west &
AGENTS=$!
server_start server "$LAB_HOME/plans/chain.json" "$LAB_HOME/plans/chain4.json" ||
  die "the server does not start: $(tail -5 "$(server_log)")"
wait "$AGENTS" || exit 1
switch_relay
CAPTURE=$LAB_OUT/plain.pcap
capture west "$CAPTURE"
listen_in east "$LAB_OUT/east.pcap"
each_client make_host
eventually 30 chained || die "the chain is not closed: $(tail -2 "$(agent_log east)")"
say "clients obtain"
each_client start
check "every client obtains what it asks for, of both protocols" eventually 40 seen SOLICIT REQUEST
each_client configured

CLIENTS=$RENEWING
check "clients renew by way of the chain" eventually 20 seen RENEW
check "the west's links are up, by TLS 1.3" says west 'dhcp:link-list' 'tcp.*dhcpv6.* up .*east.*TLSv1.3' 'tcp.*dhcpv4.* up .*east.*TLSv1.3'
check "the east's links are up, by TLS and DTLS" says east 'dhcp:link-list' 'tcp.* in .* up .*west' 'dtls.* out .* up .*server'
check "the east's relay agents are healthy" says east 'dhcp:relay-list' 'dtls://10.* yes .*confidential' 'dtls://\[.* yes .*confidential'
check "the server knows who speaks" says server 'dhcp:link-list' 'dtls.*dhcpv6.* up .*east' 'dtls.*dhcpv4.* up .*east'
check "its channel is ready" says server 'dhcp:security-list' 'hop.*dtls-cert.*ready'
capture_end
lab_stop "$LISTENER"
for each in 'tcp.port == 547' 'tcp.port == 67' 'udp.port == 10547' 'udp.port == 10067'; do
  check "who listens hears $each" carries "$LAB_OUT/east.pcap" "$each"
done
# shellcheck disable=SC2046 # one word per address is meant
check "who listens on the plain hop reads who the clients are" test "$(readable "$CAPTURE" $(macs dhclient-c))" -gt 0
# shellcheck disable=SC2046 # one word per address is meant
check "who listens on the protected hops reads nothing" secret "$LAB_OUT/east.pcap" $(macs dhclient-b dhclient-c dhcpcd-c udhcpc-c)

say "the last hop in clear"
CAPTURE=$LAB_OUT/clear.pcap
capture west "$CAPTURE"
listen_in server "$LAB_OUT/server.pcap"
MARK=$(($(wc -l <"$(agent_log east)") + 1))
clear_hop
check "not acknowledged: one line says why" eventually 10 log_says 'far.*protects nothing' 1
check "not acknowledged: no client is answered" unanswered
# shellcheck disable=SC2046 # one word per address is meant
check "not acknowledged: nothing is sent" secret "$LAB_OUT/server.pcap" $(macs client dhclient-b dhclient-c dhcpcd-c udhcpc-c)
check "not acknowledged: still one line" log_says 'far.*protects nothing' 1
printf 'provider = none\n' >"$SERVER_DIR/etc/io.leasehold.security.channel-plain.cfg"
acknowledge "$SERVER_DIR/etc" plain
sed -i 's/^relay.policy.*/relay.policy = open\nrelay.channel = plain/; s/^listen = /&tcp:\/\/wan2?channel=plain /' "$SERVER_DIR/etc/io.leasehold.server.cfg"
acknowledge "$(agent_dir east)/etc" far
check "acknowledged: a client is answered" eventually 15 asks
CLIENTS='dhcpcd-d dhcpcd access V4 NA PD'
each_client make_host
each_client start
check "acknowledged: a client obtains and renews, over both protocols" eventually 20 obtained
check "the status says that nothing protects the hop" says east 'dhcp:security-list' 'far.*none.*INSECURE'
finish
