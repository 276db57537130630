#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A server and a relay agent that are told of no registrar find one by its announcements (RFC 5352 section 3.6), over TLS. Somebody else on the
# link announces what is no registrar, before, meanwhile and in a flood; nobody is fooled by it (RFC 5355 section 2.12).
#
#   server ---+
#   relay  ---+--- core
#   reg    ---+
#   liar   ---+
set -euo pipefail
. "$(dirname "$0")/lab.sh"
. "$LAB_HOME/server.sh"
. "$LAB_HOME/agents.sh"
. "$LAB_HOME/hops.sh"
. "$LAB_HOME/pairs.sh"

[ "$LAB_SERVER" = leasehold ] || die "only leasehold has pools"
POOL=dhcp6-core
declare -A ADDRESS=([server]=1 [relay]=2 [reg]=3 [liar]=66)

network() {
  local each
  : >"$LAB_OUT/ports.tsv"
  add_host switch
  add_link core
  add_link access
  for each in "${!ADDRESS[@]}"; do
    add_host "$each"
    plug "$each" core core "2001:db8:1::${ADDRESS[$each]}/64" "192.0.2.${ADDRESS[$each]}/24"
  done
  plug relay access access 2001:db8:c::1/64
}
peer() {
  printf 'roles = %s\nnames = dns:%s.example\n' "$3" "$2" >"$(agent_dir "$1")/etc/io.leasehold.security.peer-$2.cfg"
  [ $# -le 3 ] || printf '%s\n' "${@:4}" >>"$(agent_dir "$1")/etc/io.leasehold.security.peer-$2.cfg"
}

make_registrar() {
  agent_make reg reg
  printf 'uninstall leasehold-server\nuninstall leasehold-store-journal\n' >"$(agent_dir reg)/etc/leasehold/features"
  agent_features reg registrar security-tls transport-tcp
  hop_side "$(agent_dir reg)/etc" reg tls-cert server pool-element
  peer reg server pool-element "pools = $POOL"
  peer reg relay pool-user
  agent_config reg registrar <<END
channel = hop
address = 2001:db8:1::3
announce.interfaces = core
END
}

make_server() {
  agent_make server server
  printf 'install leasehold-pool-element\n' >"$(agent_dir server)/etc/leasehold/features"
  agent_features server security-tls transport-tcp
  mkdir -p "$(agent_dir server)/etc/leasehold/plan.d"
  cat >"$(agent_dir server)/etc/leasehold/plan.d/plan.json" <<'END'
{ "Dhcp6": { "interfaces-config": { "interfaces": [ "core" ] },
  "subnet6": [ { "id": 1, "subnet": "2001:db8:c::/64", "pools": [ { "pool": "2001:db8:c::1000 - 2001:db8:c::1fff" } ] } ] } }
END
  hop_side "$(agent_dir server)/etc" server tls-cert reg enrp-server
  agent_config server pool.element-core <<END
pools = $POOL
address = 2001:db8:1::1
group = 1
channel = hop
announcements = core
END
}

make_relay() {
  agent_make relay relay
  agent_features relay pool-user security-tls transport-tcp
  hop_side "$(agent_dir relay)/etc" relay tls-cert reg enrp-server
  agent_config relay pool.user <<END
channel = hop
announcements = core
END
  agent_config relay relay-access <<END
interfaces = access
upstream = pool:$POOL
upstream.interfaces = core
END
}

# asked HOST WORD: dhcp:registrar-list of it has a line with all the words.
asked() { agent "$1" exec dhcp:registrar-list 2>/dev/null | grep -E "$2" >/dev/null; }
homeless() { ! asked "$1" ' home '; }
at_home() { asked "$1" '2001:db8:1::3\].* home '; }
few() { [ "$(agent relay exec dhcp:registrar-list | grep -c 2001:db8:bad)" -le 32 ]; }
members() { [ "$(pair_json relay "dhcp:pool-show $POOL" | python3 -c 'import json, sys; print(len(json.load(sys.stdin)["members"]))')" -eq "$1" ]; }
announcements() { tshark -r "$LAB_OUT/announcements.pcap" -Y "ipv6.src == $1 and asap.message_type == 10" -T fields -e frame.time_epoch 2>/dev/null; }
# paced SECONDS: between so many and twice as many seconds pass for that many announcements of the registrar.
paced() {
  announcements "$REG_LINK_LOCAL" | tail -n +3 | awk -v least="$1" '
    NR == 1 { first = $1 } { last = $1 }
    END { period = (last - first) / (NR - 1); print NR " announcements, one in " period " s"; exit !(NR > 5 && period > least * 0.9 && period < least * 1.5) }'
}

lab_begin
network
hop_keys reg server relay
# Somebody with a certificate that nobody trusts.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=reg -addext 'subjectAltName=DNS:reg.example' \
  -keyout "$LAB_OUT/keys/liar.key" -out "$LAB_OUT/keys/liar.pem" 2>/dev/null
REG_LINK_LOCAL=$(awk '$1 == "reg" { print $5 }' "$LAB_OUT/ports.tsv")
make_registrar
make_server
make_relay
spawn relay "$LAB_OUT/tcpdump.log" tcpdump -i core -n -U -s 0 -Z root -w "$LAB_OUT/announcements.pcap" 'udp port 3863 and ip6'
CAPTURE_PID=$SPAWNED
spawn liar "$LAB_OUT/liar.log" openssl s_server -accept '[::]:3864' -cert "$LAB_OUT/keys/liar.pem" -key "$LAB_OUT/keys/liar.key" -alpn asap/1 -www
LIAR_PID=$SPAWNED
spawn liar "$LAB_OUT/lies.log" python3 "$LAB_HOME/announce.py" lie core 2001:db8:1::66 3864
LIES_PID=$SPAWNED
say "starting a server and a relay agent, whom nobody but a liar tells of a registrar"
# The relay agent is ready when it knows a server, which takes a registrar.
AGENT_SETTLE_SECONDS=150 agent_start relay &
RELAY_START=$!
agents_start server
check "the server tries what the liar announces" eventually 60 asked server '2001:db8:1::66\].*handshake-failed'
check "the relay agent, too" eventually 60 asked relay '2001:db8:1::66\].*handshake-failed'
check "neither of them has a home by that" homeless server
check "nor the relay agent" homeless relay
check "that it has none is an alarm" asked relay 'no registrar is home'

say "starting the registrar"
agents_start reg
check "the server finds it by its announcement" eventually 60 at_home server
check "the relay agent finds it by its announcement" eventually 60 at_home relay
check "the relay agent knows the server" eventually 30 members 1
check "and is ready by that" wait "$RELAY_START"
sleep 12
check "the registrar announces itself once in a second, though somebody else announces twice" paced 1

say "a flood of announcements"
on liar python3 "$LAB_HOME/announce.py" flood core 10
check "the server has its home" at_home server
check "the relay agent has its home" at_home relay
check "and knows the server" members 1
check "of the flood 32 are remembered at most" few

say "the registrar is killed, and comes back while the liar goes on"
kill -9 "$(agent_pid reg)"
check "the server looks for another one" eventually 30 homeless server
check "what the relay agent knows stays" members 1
agents_start reg
check "the server is back" eventually 90 at_home server
check "the relay agent is back" eventually 90 at_home relay
check "and knows the server" eventually 30 members 1
lab_stop "$CAPTURE_PID" "$LIAR_PID" "$LIES_PID"
check "Wireshark understands the announcements" no_malformed "$LAB_OUT/announcements.pcap" "ipv6.src == $REG_LINK_LOCAL"
for each in server relay reg; do
  check "the log of $each shows no fault" bash -c "! grep -qE '^[[:space:]]+at [a-z]+\.' '$(agent_log "$each")'"
done
finish
