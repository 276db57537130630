#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Everything that a protected hop is made of is replaced, one after the other, while clients behind a relay agent of ours send 1,000
# packets a second: credentials, trust anchors, the kind of proof, the provider, the transport and a bundle. What the clients and the
# hop saw is captured.
set -euo pipefail
. "$(dirname "$0")/lab.sh"
. "$LAB_HOME/topology.sh"
. "$LAB_HOME/hops.sh"

EXCHANGES=${LAB_SWAP_EXCHANGES:-500} # a second; clients send two packets for each
LOAD=$ROOT/itests/load/target/leasehold-load.jar
SERVER_URI='[2001:db8:ffff::1]'
LAB_SERVER=leasehold

lab_begin
topology
client_host behind linkB
add_host probe
plug probe core core 2001:db8:ffff::9/64
. "$LAB_HOME/server.sh"
. "$LAB_HOME/agents.sh"
[ -f "$LOAD" ] || die "no load generator: build itests/load first (./dev run does)"
leasehold_instance
agent_make relay relay1
S=$SERVER_DIR/etc
R=$(agent_dir relay)/etc
KEYS=$LAB_OUT/keys
mkdir -p "$S/leasehold" "$S/keys"
chmod 700 "$S/keys"

# put FILE TEXT: a configuration file, written whole.
put() { printf '%s\n' "$2" >"$1.new" && mv "$1.new" "$1"; }

# profile ETC CHANNEL PROVIDER CREDENTIAL [LINE]
profile() {
  put "$1/io.leasehold.security.channel-$2.cfg" "provider = $3
credential = $4
drain.seconds = 3
${5:-}"
}

# anchors ETC FILE
anchors() { put "$1/io.leasehold.security.credential-ca.cfg" $'kind = trust\nanchors = file:keys/'"$2"; }

# keys_to ETC FILE...: keys and certificates into an instance, each file whole.
keys_to() {
  local file
  for file in "${@:2}"; do
    cp -p "$KEYS/$file" "$1/keys/.$file" && mv "$1/keys/.$file" "$1/keys/$file"
  done
}

# upstream URI...: of the relay agent.
upstream() {
  put "$R/io.leasehold.relay-swap.cfg" "interfaces = linkB
upstream.interfaces = core
upstream.mode = first
upstream = $*"
}

# server_links PYTHON: about the rows of the server's connections.
server_links() {
  leasehold exec 'dhcp:link-list --json' >"$LAB_OUT/links.json" 2>>"$LAB_OUT/checks.log" || return
  python3 -c "import json, sys
rows = json.load(open('$LAB_OUT/links.json'))
$1"
}

# only WORD [OLD]: the server has one connection, with this word, and it is not that of before.
only() {
  server_links "sys.exit(0 if len(rows) == 1 and rows[0]['state'] == 'up' and '\"$1\"' in json.dumps(rows) and rows[0]['link'] != '${2:-}' else 1)"
}

no_links() { server_links 'sys.exit(len(rows))'; }

# swapped NAME WORD: a check that a new connection has come, with that word, and that all of before have gone.
swapped() {
  check "$1: new connections are made in the new way, and old ones have drained" eventually 20 only "$2" "$LAST"
  LAST=$(server_links 'print(rows[0]["link"])')
}

phase() { echo "$(date +%s.%N) $1" >>"$LAB_OUT/phases"; say "$1"; }

# logged FILE TEXT COUNT
logged() { [ "$(grep -cF "$2" "$1")" -ge "$3" ]; }
server_logged() { eventually 10 logged "$(server_log)" "$@" || die "the server does not log '$1'"; }

# shows FILE [OPTION...]: the server shows this certificate to whoever asks.
shows() {
  sleep 0.3
  [ "$(serial_shown)" = "$(openssl x509 -noout -serial -in "$1")" ]
}
serial_shown() {
  on probe openssl s_client -connect "$SERVER_URI:547" -tls1_3 -alpn dhcpv6-relay/1 "$@" </dev/null 2>/dev/null | openssl x509 -noout -serial
}

fails() { ! "$@"; }
no_line() { [ -z "$("$@" | tee -a "$LAB_OUT/checks.log")" ]; }
only_protected() {
  cat "$LAB_OUT/protocols"
  grep -q ':tls' "$LAB_OUT/protocols" && grep -q ':dtls' "$LAB_OUT/protocols" && ! grep -q dhcp "$LAB_OUT/protocols"
}
clean_logs() { server_log_clean && ! grep -qE '^[[:space:]]+at [a-z]+\.' "$(agent_log relay)"; }

hop_keys server relay1
hop_psk pair
keys_to "$S" server.pem server.key ca.pem pair.psk
keys_to "$R" relay1.pem relay1.key ca.pem pair.psk
for side in "$S server" "$R relay1"; do
  read -r etc me <<<"$side"
  put "$etc/io.leasehold.security.credential-own.cfg" "kind = certificate
certificate = file:keys/$me.pem
key = file:keys/$me.key"
  anchors "$etc" ca.pem
  put "$etc/io.leasehold.security.credential-pair.cfg" $'kind = psk\nidentity = pair#1\nsecret = file:keys/pair.psk'
  profile "$etc" hop tls-cert own 'trust = ca'
  profile "$etc" quick dtls-cert own 'trust = ca'
done
put "$S/io.leasehold.security.peer-relay1.cfg" $'roles = relay\nnames = dns:relay1.example'
put "$S/io.leasehold.security.peer-relay1-key.cfg" $'roles = relay\npsk = pair'
put "$R/io.leasehold.security.peer-server.cfg" $'roles = server\nnames = dns:server.example'
put "$R/io.leasehold.security.peer-server-key.cfg" $'roles = server\npsk = pair'
put "$S/io.leasehold.server.cfg" "listen = tls://$SERVER_URI?channel=hop dtls://$SERVER_URI?channel=quick
relay.policy = protected"
TLS="tls://$SERVER_URI?channel=hop"
DTLS="dtls://$SERVER_URI?channel=quick"
upstream "$TLS"
FEATURES="transport-tcp transport-dtls security-tls security-dtls"
for feature in $FEATURES; do echo "install leasehold-$feature"; done >"$S/leasehold/features"
# shellcheck disable=SC2086 # a word each
agent_features relay $FEATURES

agent_start relay &
server_start server "$LAB_HOME/plans/hops6.json" || die "the server does not start: $(tail -5 "$(server_log)")"
wait $! || die "the relay agent does not start: $(tail -5 "$(agent_log relay)")"
capture behind "$LAB_OUT/clients.pcap"
spawn server "$LAB_OUT/hop.log" tcpdump -i core -n -U -s 0 -Z root -w "$LAB_OUT/hop.pcap"
eventually 10 grep -qs 'listening on' "$LAB_OUT/hop.log" || die "tcpdump does not start: $(cat "$LAB_OUT/hop.log")"
eventually 30 only relay1 || die "no connection: $(tail -3 "$(agent_log relay)")"
LAST=$(server_links 'print(rows[0]["link"])')
say "load"
spawn behind "$LAB_OUT/load.log" java -XX:+UseSerialGC -Xmx256m -jar "$LOAD" 6 --interface eth0 --rate "$EXCHANGES" --seconds 600
LOAD_PID=$SPAWNED
sleep 4 # compilers

phase steady
sleep 2

phase credential
hop_certificate server dns:server.example
hop_certificate relay1 dns:relay1.example
keys_to "$S" server.pem server.key
check "credential: the server shows its new certificate" eventually 10 shows "$KEYS/server.pem"
keys_to "$R" relay1.pem relay1.key
swapped credential relay1
cp "$KEYS/relay1.pem" "$KEYS/relay1.key" "$KEYS/ca.pem" "$LAB_OUT/"

phase anchor
LAB_OUT=$LAB_OUT/second hop_keys server relay1
cat "$KEYS/ca.pem" "$LAB_OUT/second/keys/ca.pem" >"$KEYS/both.pem"
for etc in "$S" "$R"; do
  keys_to "$etc" both.pem
  anchors "$etc" both.pem
done
server_logged 'credential-configured ca: 2 anchors' 1
eventually 10 logged "$(agent_log relay)" 'credential-configured ca: 2 anchors' 1
KEYS=$LAB_OUT/second/keys
keys_to "$S" server.pem server.key ca.pem
check "anchor: the server shows a certificate of the new issuer" eventually 10 shows "$KEYS/server.pem"
keys_to "$R" relay1.pem relay1.key ca.pem
eventually 10 logged "$(agent_log relay)" 'credential-changed own' 2
anchors "$S" ca.pem
server_logged 'credential-configured ca: 1 anchors' 2
anchors "$R" ca.pem
swapped anchor relay1
serial_shown -cert "$LAB_OUT/relay1.pem" -key "$LAB_OUT/relay1.key" >>"$LAB_OUT/checks.log" 2>&1 || true
check "anchor: who has a certificate of the old issuer is refused" server_logged "whom trust 'ca' does not name" 1

phase kind
profile "$S" hop tls-psk pair
server_logged 'channel-opened hop: tls-psk' 1
profile "$R" hop tls-psk pair
swapped kind relay1-key

phase provider
leasehold exec 'feature:uninstall leasehold-security-tls'
check "provider: without it there is no connection, and one line says why" no_links
server_logged 'provider-missing hop: provider-missing: nothing provides tls-psk; install the feature leasehold-security-tls' 1
check "provider: nobody can connect" fails on probe openssl s_client -connect "$SERVER_URI:547" -psk 00
leasehold exec 'feature:install leasehold-security-tls'
swapped provider relay1-key

phase transport
upstream "$DTLS" "$TLS"
eventually 10 server_links "sys.exit(sum(row['state'] == 'up' for row in rows) != 2)"
upstream "$DTLS"
swapped transport DTLSv1.2

phase bundle
leasehold exec 'bundle:update io.leasehold.security.dtls'
swapped bundle DTLSv1.2

phase end
sleep 2
kill "$LOAD_PID"
sleep 1
lab_stop "$CAPTURE_PID"

python3 "$LAB_HOME/swap.py" phases "$LAB_OUT/clients.pcap" "$LAB_OUT/phases" "$LAB_OUT/acknowledged" >"$LAB_OUT/losses"
while read -r name begun lost gap; do
  case $name in
    end) continue ;;
    provider | bundle) most=$((EXCHANGES * 10)) ;; # nothing passes while it is away
    *) most=$EXCHANGES ;; # those of a second, if handshakes keep machines busy for so long
  esac
  check "$name: $lost of $begun exchanges lost, $gap ms without a lease" test "$lost" -le "$most"
done <"$LAB_OUT/losses"

server_leases | sort >"$LAB_OUT/leases"
sort -o "$LAB_OUT/acknowledged" "$LAB_OUT/acknowledged"
check "each of $(wc -l <"$LAB_OUT/acknowledged") acknowledged leases is in the server's list" \
  no_line comm -13 "$LAB_OUT/leases" "$LAB_OUT/acknowledged"
read -r clear packets < <(python3 "$LAB_HOME/swap.py" clear "$LAB_OUT/clients.pcap" "$LAB_OUT/hop.pcap")
check "$clear of $packets packets of the hop show a client" test "$clear" -eq 0 -a "$packets" -gt "$(wc -l <"$LAB_OUT/acknowledged")"
tshark -r "$LAB_OUT/hop.pcap" -d tcp.port==547,tls -d udp.port==10547,dtls -T fields -e frame.protocols 2>/dev/null | sort | uniq -c >"$LAB_OUT/protocols"
check "tshark sees TLS and DTLS on the hop, and nothing of DHCP" only_protected
check "the logs of both have no trace of an error" clean_logs
finish
