#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A hop that is to be protected by TLS, and everything that could make it less: a peer that refuses TLS, answers in clear, or proves to
# be somebody else, and a provider that is stopped. Each time nothing passes, one line of the log says why, and who listens reads nothing.
#
#   client --- edge --- west --- wan (TLS) --- east --- core --- server
#                                 |
#                              mallory
set -euo pipefail
. "$(dirname "$0")/lab.sh"
. "$LAB_HOME/server.sh"
. "$LAB_HOME/agents.sh"
. "$LAB_HOME/hops.sh"
. "$LAB_HOME/secrecy.sh"

[ "$LAB_SERVER" = leasehold ] || die "only leasehold protects hops"
EAST='[2001:db8:1::2]'
MALLORY='[2001:db8:1::66]'

network() {
  : >"$LAB_OUT/ports.tsv"
  add_host switch
  local each
  for each in edge wan core; do add_link "$each"; done
  for each in server east west client mallory; do add_host "$each"; done
  plug server core core 2001:db8:2::1/64
  plug east core core 2001:db8:2::2/64
  plug east wan wan 2001:db8:1::2/64
  plug west wan wan 2001:db8:1::1/64
  plug mallory wan wan 2001:db8:1::66/64
  plug west edge edge 2001:db8:c::1/64
  plug client eth0 edge
  CLIENT=$(awk '$1 == "client" { print $5 }' "$LAB_OUT/ports.tsv")
}

# Keys of two who may speak, and of some who may not.
keys() {
  local keys=$LAB_OUT/keys
  hop_keys east west
  hop_certificate stranger dns:stranger.example
  hop_certificate old dns:east.example -days -1
  mkdir "$keys/other"
  LAB_OUT=$keys/other hop_keys east west
  hop_psk west-east
  agent_make east east
  agent_make west west
  agent_features east security-tls transport-tcp
  agent_features west security-tls transport-tcp
  hop_side "$(agent_dir east)/etc" east tls-cert west relay
  hop_side "$(agent_dir west)/etc" west tls-cert east server
}

# west_to UPLINK: another uplink of the western relay agent.
west_to() {
  agent_config west relay-west <<END
family = ipv6
interfaces = edge
upstream = tls://$1
channel = hop
END
}

asks() { timeout "${1:-4}" python3 "$LAB_HOME/ask.py" "$LAB_NAME" "$CLIENT"; }
unanswered() { ! asks 2; }

# told_once WHO PATTERN: since the last mark there is one warning, and it says that. Connections that end otherwise are not meant: they
# are lost when the one at the other end is taken away.
mark() { for each in west east; do wc -l <"$(agent_log $each)" >"$LAB_OUT/$each.mark"; done; }
warnings() { tail -n "+$(($(<"$LAB_OUT/$1.mark") + 1))" "$(agent_log "$1")" | grep -E '\| (WARN |ERROR)' | grep -vE 'connect-failed|closed-by-peer'; }
told() { warnings "$1" | grep -qE "$2"; }
told_once() { eventually 10 told "$1" "$2" && warnings "$1" && [ "$(warnings "$1" | wc -l)" -eq 1 ]; }

# refuses NAME UPLINK PATTERN: the western relay agent does not use that uplink, and says why.
refuses() {
  mark
  west_to "$2"
  eventually 10 told west "$3" || true
  check "$1: no client is answered" unanswered
  check "$1: one line says why" told_once west "$3"
}

# OpenSSL as the server at mallory's. impostor NAME PATTERN OPTION... Each has another port, so that none waits for the one before.
PORT=5470
impostor() {
  PORT=$((PORT + 1))
  spawn mallory "$LAB_OUT/impostor.log" openssl s_server -accept "$MALLORY:$PORT" -Verify 2 -quiet "${@:3}"
  local pid=$SPAWNED
  eventually 5 listens || die "openssl does not listen: $(tail -2 "$LAB_OUT/impostor.log")"
  refuses "$1" "$MALLORY:$PORT?peer=east" "$2"
  lab_stop "$pid"
}
listens() { on mallory ss -Hltn "sport = :$PORT" | grep -q .; }

# OpenSSL as a client of the eastern one. intruder NAME PATTERN OPTION...
intruder() {
  mark
  on mallory timeout 15 openssl s_client -connect "$EAST:547" "${@:3}" </dev/null >>"$LAB_OUT/intruder.log" 2>&1 || true
  check "$1: one line says why" told_once east "$2"
}

fake() {
  PORT=$((PORT + 1))
  spawn mallory "$LAB_OUT/fake-$1.log" python3 "$LAB_HOME/fake_hop.py" "$1" 2001:db8:1::66 "$PORT"
  FAKE=$SPAWNED
  eventually 5 grep -q listening "$LAB_OUT/fake-$1.log" || die "the false server does not listen"
}

made_by_keys() { agent "$1" exec 'dhcp:security-list' | grep -q 'hop .*tls-psk.* ready '; }
west_says() { agent west exec 'dhcp:security-list' | grep -qi "$1"; }

# The DUIDs of those who ask begin like that.
ASKING=00:03:00:01:02:aa

# What others than mallory say on the wan: the western host hears the client as well.
wan_secret() {
  tshark -r "$1" -w "$1.wan" -Y 'ipv6.addr == 2001:db8:1::/64 and not ipv6.src == 2001:db8:1::66' 2>/dev/null
  secret "$1.wan" "$ASKING"
}

lab_begin
network
keys
west_to "$EAST?peer=east"
agent_config east relay-east <<END
family = ipv6
listen = tls://*?peer=west&channel=hop
upstream.interfaces = core
upstream = udp://[2001:db8:2::1]
allow.unprotected.upstream = true
END
say "starting $(server_name) and two relay agents"
sed 's/"wan2"/"core"/' "$LAB_HOME/plans/chain.json" >"$LAB_OUT/plan.json"
agents_start east west &
AGENTS=$!
server_start server "$LAB_OUT/plan.json" || die "the server does not start: $(tail -5 "$(server_log)")"
wait "$AGENTS" || exit 1
listen_in mallory "$LAB_OUT/mallory.pcap"
listen_in west "$LAB_OUT/west.pcap"
check "a client is answered by way of the protected hop" eventually 20 asks

K=$LAB_OUT/keys
fake refuse
refuses "a server that refuses TLS" "$MALLORY:$PORT?peer=east&starttls=true" 'refuses TLS'
lab_stop "$FAKE"
fake plain
refuses "a server that answers in clear" "$MALLORY:$PORT?peer=east" 'protocol'
lab_stop "$FAKE"
impostor "a certificate of another issuer" 'issued by' -tls1_3 -cert "$K/other/keys/east.pem" -key "$K/other/keys/east.key"
impostor "a certificate that has ended" 'ended on' -tls1_3 -cert "$K/old.pem" -key "$K/old.key"
impostor "a certificate with another name" 'stranger.example' -tls1_3 -cert "$K/stranger.pem" -key "$K/stranger.key"
impostor "a server of TLS 1.2" 'version' -tls1_2 -cert "$K/east.pem" -key "$K/east.key"
west_to "$EAST?peer=east"
check "the right server is used again" eventually 20 asks

mark
check "a message in clear ends the connection and is not answered" \
  test -z "$(on mallory python3 "$LAB_HOME/fake_hop.py" inject 2001:db8:1::2 547 02:00:00:00:00:99)"
check "a message in clear: one line says why" told_once east '2001:db8:1::66.*neither TLS nor'
intruder "a client without a certificate" 'sent no certificate' -tls1_3
intruder "a client of another issuer" 'issued by' -tls1_3 -cert "$K/other/keys/west.pem" -key "$K/other/keys/west.key"
intruder "a client that has ended" 'ended on' -tls1_3 -cert "$K/old.pem" -key "$K/old.key"
intruder "a client with another name" 'stranger.example' -tls1_3 -cert "$K/stranger.pem" -key "$K/stranger.key"
intruder "a client of TLS 1.2" 'no version that is accepted' -tls1_2 -cert "$K/west.pem" -key "$K/west.key"
check "the right client is still served" eventually 10 asks

mark
agent west exec 'feature:uninstall leasehold-security-tls'
check "a provider that is uninstalled: no client is answered" unanswered
check "a provider that is uninstalled: one line says why" told_once west 'provider-missing.*install the feature leasehold-security-tls'
check "a provider that is uninstalled: the console says it" west_says 'provider-missing'
agent west exec 'feature:install leasehold-security-tls'
check "a provider that is installed again serves again" eventually 20 asks

say "pre-shared keys"
hop_side "$(agent_dir east)/etc" east tls-psk west relay
hop_side "$(agent_dir west)/etc" west tls-psk east server
for each in east west; do
  check "the channel of $each is made by pre-shared keys" eventually 20 made_by_keys "$each"
done
check "a client is answered by way of pre-shared keys" eventually 20 asks
intruder "an unknown pre-shared key" 'nobody' -tls1_3 -psk_identity nobody -psk "$(openssl rand -hex 32)"
intruder "a wrong pre-shared key" 'proof is wrong.*west' -tls1_3 -psk_identity 'west-east#1' -psk "$(openssl rand -hex 32)"
check "the right key still serves" eventually 10 asks

check "who listens at the client reads who it is" test "$(readable "$LAB_OUT/west.pcap" "$ASKING")" -gt 0
for each in mallory west; do
  check "who listens at $each reads nothing" wan_secret "$LAB_OUT/$each.pcap"
done
finish
