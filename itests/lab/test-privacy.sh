#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What is known of clients on its way and at rest: a server that hears protected hops only, a relay agent of ours over TLS and one of
# others in clear. Captures, the store's files and the logs are searched for what must not be there.
#
#   LAB_HOP   provider of the protected hop (tls-cert; or tls-psk, dtls-cert, dtls-psk)
set -euo pipefail
. "$(dirname "$0")/lab.sh"
. "$LAB_HOME/topology.sh"
. "$LAB_HOME/server.sh"
. "$LAB_HOME/agents.sh"
. "$LAB_HOME/hops.sh"

[ "$LAB_SERVER" = leasehold ] || die "hops and retention are Leasehold's"
HOP=${LAB_HOP:-tls-cert}
SCHEME=${HOP%-*}
if [ "$SCHEME" = tls ]; then TRANSPORT=tcp PORTS='-t 547 67'; else TRANSPORT=dtls PORTS='-u 10547 10067'; fi
REMOTE=house-12-flat-3
PURGE_SECONDS=10

# holds WORD FILE...: one of the files has the octets: text, or "hex:" and digits.
holds() {
  python3 - "$@" <<'END'
import sys

word = sys.argv[1]
octets = bytes.fromhex(word[4:]) if word.startswith("hex:") else word.encode()
sys.exit(0 if any(octets in open(name, "rb").read() for name in sys.argv[2:]) else 1)
END
}
# shellcheck disable=SC2046 # one word per file is meant
stored() { holds "$1" $(find "$(server_store_dir)" -type f); }
nothing() { ! "$@"; }
says() { leasehold exec "$1" | grep -q "$2"; }
listens() {
  local port
  for port in "${@:2}"; do on server ss -Hln "$1" "sport = :$port" | grep -q . || return 1; done
}
leased() { [ "$(server_leases | wc -l)" -eq "$1" ]; }

lab_begin
topology
client_host client linkB
client_host other linkC
CLIENT_MAC=$(awk '$1 == "client" { print $4 }' "$LAB_OUT/ports.tsv")
hop_keys server relay1
hop_psk relay1-server

leasehold_instance
printf 'install leasehold-transport-%s\ninstall leasehold-security-%s\n' $TRANSPORT "$SCHEME" >"$SERVER_DIR/etc/leasehold/features"
hop_side "$SERVER_DIR/etc" server "$HOP" relay1 relay
printf 'listen = %s://*\nchannel = hop\nrelay.policy = protected\nprivacy.purge.seconds = %d\n' "$SCHEME" "$PURGE_SECONDS" \
  >"$SERVER_DIR/etc/io.leasehold.server.cfg"

agent_make west relay1
agent_features west "transport-$TRANSPORT" "security-$SCHEME"
hop_side "$(agent_dir west)/etc" relay1 "$HOP" server server
for family in ipv6 ipv4; do
  agent_config west "relay-$family" <<END
family = $family
interfaces = linkB
upstream.interfaces = core
upstream = $SCHEME://$([ $family = ipv4 ] && echo 10.255.0.1 || echo '[2001:db8:ffff::1]')
channel = hop
$(if [ $family = ipv4 ]; then printf 'remote.id = %s\nserver.override = true\n' $REMOTE; else echo "remote.id = 4491:$REMOTE"; fi)
END
done

say "starting $(server_name) and a relay agent"
server_start server "$LAB_HOME/plans/privacy6.json" "$LAB_HOME/plans/privacy4.json" || die "the server does not start: $(tail -5 "$(server_log)")"
# shellcheck disable=SC2086 # one word per port is meant
check "the server listens for $HOP" eventually 20 listens $PORTS
agent_start west || die "the relay agent does not start: $(tail -5 "$(agent_log west)")"
spawn server "$LAB_OUT/core.log" tcpdump -i core -n -U -s 0 -Z root -w "$LAB_OUT/core.pcap"
spawn relay1 "$LAB_OUT/linkB.log" tcpdump -i linkB -n -U -s 0 -Z root -w "$LAB_OUT/linkB.pcap"
eventually 10 grep -qs 'listening on' "$LAB_OUT/core.log" || die "tcpdump does not start"
eventually 10 grep -qs 'listening on' "$LAB_OUT/linkB.log" || die "tcpdump does not start"

say "a client behind the protected hop"
mkdir -p "$LAB_OUT/hosts/client"
printf 'send host-name "alices-laptop";\n' >"$LAB_OUT/hosts/client/dhclient.conf"
files=(-cf "$LAB_OUT/hosts/client/dhclient.conf" -sf "$LAB_HOME/dhclient-script.sh")
# dhclient FAMILY WORD...: each has its own lease file.
isc() { on client dhclient "-$1" -v -D LL "${files[@]}" -lf "$LAB_OUT/hosts/client/leases$1" -pf "$LAB_OUT/hosts/client/pid$1" "${@:2}" eth0; }
check "it obtains an IPv6 address" isc 6 -1
check "it obtains an IPv4 address" isc 4 -1
check "the server has both leases" eventually 10 leased 2
check "the relay agent is known by its credential" says dhcp:relay-list "relay1 .*$SCHEME.*confidential"
check "the connection is in the list" says dhcp:link-list 'relay1 .*TLS'
check "what the client sent has its hardware address" holds "hex:${CLIENT_MAC//:/}" "$LAB_OUT/linkB.pcap"
check "nothing of it is to be seen between relay agent and server" nothing holds "hex:${CLIENT_MAC//:/}" "$LAB_OUT/core.pcap"
check "nothing of what the relay agent adds either" nothing holds "$REMOTE" "$LAB_OUT/core.pcap"
check "no datagram of DHCP crosses that link" test -z \
  "$(tshark -r "$LAB_OUT/core.pcap" -Y 'udp and (dhcpv6 or dhcp)' 2>/dev/null)"

say "a relay agent in clear"
spawn relay2 "$LAB_OUT/relay2.log" dhcrelay -4 -d --no-pid -iu core -id linkC 10.255.0.1
eventually 10 grep -qs 'Sending on' "$LAB_OUT/relay2.log" || die "dhcrelay does not start: $(cat "$LAB_OUT/relay2.log")"
spawn other "$LAB_OUT/other.log" udhcpc -f -n -t 2 -T 1 -i eth0 -s "$LAB_HOME/udhcpc-script.sh"
check "it is refused, and the list says why" eventually 10 says dhcp:relay-list '10.255.0.3 .*relay-unprotected'
check "that is counted" says 'dhcp:counters --nonzero' 'pkt4-drop-relay-unprotected'
check "the log says so in one line" eventually 5 grep -q 'relay agent 10.255.0.3 .* is refused (relay-unprotected)' "$(server_log)"
check "the server has no lease more" leased 2

say "what is stored, and for how long"
check "the store has the client's hardware address" stored "hex:${CLIENT_MAC//:/}"
check "the store has the remote-id, as the plan wants" stored "$REMOTE"
check "the list of what is kept says so" says dhcp:retention 'store-extended-info'
isc 6 -r >>"$LAB_OUT/checks.log" 2>&1 || true
isc 4 -r >>"$LAB_OUT/checks.log" 2>&1 || true
check "the client gives both back" eventually 10 leased 0
check "the remote-id is in no file of the store after $PURGE_SECONDS s" eventually $((PURGE_SECONDS + 5)) nothing stored "$REMOTE"
check "nor is the client, once nothing is held for it" eventually $((2 * PURGE_SECONDS + 20)) nothing stored "hex:${CLIENT_MAC//:/}"
check "the logs never had its hardware address" nothing grep -qi "$CLIENT_MAC" "$(server_log)" "$(agent_log west)"
check "the server's log has no stack trace" server_log_clean
agent_stop west >>"$LAB_OUT/checks.log" 2>&1 || true
finish
