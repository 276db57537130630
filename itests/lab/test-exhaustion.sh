#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Exhaustion of what listens for protected hops: connections that say nothing, handshakes of an octet a second, messages that are never
# whole, floods of DTLS, and claims of huge handshake messages, all at once. Clients behind relay agents that were there before, one on
# TLS and one on DTLS, are served meanwhile, memory and descriptors stay as they were, and counters tell what was refused.
set -euo pipefail
. "$(dirname "$0")/lab.sh"
. "$LAB_HOME/topology.sh"
. "$LAB_HOME/server.sh"
. "$LAB_HOME/agents.sh"
. "$LAB_HOME/hops.sh"

JAR=$ROOT/itests/load/target/leasehold-load.jar
SECONDS_OF_ATTACK=13
CONNECTIONS=10000
RATE=100          # exchanges a second of each relay agent
LOST=25           # per cent of them: nobody asks again, and all of the lab shares a few processors
SECONDS_OF_LOAD=6
BACK=10           # seconds in which a relay agent is back in the middle of it
GROWTH=49152      # KiB of memory in use
DESCRIPTORS=400   # more than before
SERVER6=2001:db8:ffff::1
ROGUE=2001:db8:ffff::bad:ff  # a peer whose address is configured, and finds a place in every crowd
SOURCES=("$ROGUE")
for ((i = 16; i < 56; i++)); do SOURCES+=("$(printf '2001:db8:ffff::bad:%x' "$i")"); done

[ -e "$JAR" ] || die "no load generator in $JAR: build it first (./dev bench does)"
ulimit -n 16384

descriptors() { find "/proc/$1/fd" -mindepth 1 -maxdepth 1 2>/dev/null | wc -l; }
loaded() { python3 -c 'import json, sys; r = json.load(open(sys.argv[1])); print(r[sys.argv[2]])' "$LAB_OUT/load-$1.json" "$2"; }
counter() { python3 -c 'import json, sys; print(sum(v for k, v in json.load(open(sys.argv[1])).items() if k.endswith(sys.argv[2])))' "$LAB_OUT/counters.json" "$1"; }
said() { awk -v n="$2" '$1 == n { print $2 }' "$LAB_OUT/attack-$1.txt"; }
link_up() { [ "$(agent relay exec dhcp:link-list 2>/dev/null | awk -F ' *[|] *' '$7 == "up"' | wc -l)" -eq "$1" ]; }

links_of_relay() { leasehold exec dhcp:link-list | awk -F ' *[|] *' '$7 == "up" && $8 == "relay1" { print $1 }'; }

relay_is_back() { [ "$(links_of_relay | grep -vxF "$old" | wc -l)" -eq 2 ]; }

# The most of them, in $LAB_OUT/descriptors.txt, until the lab ends.
watch_descriptors() {
  local most=0 now
  while sleep 0.3; do
    now=$(descriptors "$PID")
    [ "$now" -le "$most" ] || { most=$now && echo "$most" >"$LAB_OUT/descriptors.txt"; }
  done
}

# load LINK SECONDS WARM: the clients of a link, in the background.
load() {
  spawn "behind-$1" "$LAB_OUT/load-$1.log" sh -c "exec java -XX:+UseSerialGC -Xmx128m -jar '$JAR' 6 --interface eth0 --rate $RATE --seconds $2 \
    --warm $3 --drop-ms 3000 --json >'$LAB_OUT/load-$1.json'"
  LOADS+=("$SPAWNED")
}

# attack NAME PORT NUMBER ARGUMENT...
attack() {
  spawn attacker "$LAB_OUT/attack-$1.txt" python3 "$LAB_HOME/exhaust.py" "$1" "$SERVER6" "$2" "$SECONDS_OF_ATTACK" "${@:3}"
  ATTACKS+=("$SPAWNED")
}

# expect NAME VALUE COMPARISON BOUND
expect() { if awk "BEGIN { exit !(${2:-0} $3 $4) }"; then pass "$1: $2"; else fail "$1: ${2:-nothing}, expected $3 $4"; fi; }

lab_begin
topology
add_link linkE
plug relay1 linkE linkE 2001:db8:e::1/64
client_host behind-linkB linkB
client_host behind-linkE linkE
add_host attacker
plug attacker core core
for source in "${SOURCES[@]}"; do ip -n "$(ns attacker)" address add "$source/64" dev core nodad; done

leasehold_instance
hop_keys server relay1 rogue
agent_make relay relay1
printf 'install leasehold-%s\n' transport-tcp transport-dtls security-tls security-dtls >"$SERVER_DIR/etc/leasehold/features"
agent_features relay transport-tcp transport-dtls security-tls security-dtls
hop_side "$SERVER_DIR/etc" server tls-cert relay1 relay
hop_side "$(agent_dir relay)/etc" relay1 tls-cert server server
printf 'provider = dtls-cert\ncredential = server\ntrust = ca\n' >"$SERVER_DIR/etc/io.leasehold.security.channel-datagrams.cfg"
printf 'roles = relay\nnames = dns:rogue.example ip:%s\n' "$ROGUE" >"$SERVER_DIR/etc/io.leasehold.security.peer-rogue.cfg"
printf 'listen = tls://*?channel=hop dtls://*?channel=datagrams\n' >"$SERVER_DIR/etc/io.leasehold.server.cfg"
agent_config relay security.channel-datagrams <<<$'provider = dtls-cert\ncredential = relay1\ntrust = ca'
agent_config relay relay-streams <<<"interfaces = linkB
upstream = tls://[$SERVER6]
channel = hop"
agent_config relay relay-datagrams <<<"interfaces = linkE
upstream = dtls://[$SERVER6]
channel = datagrams"

say "starting $(server_name) and a relay agent"
HEAP_MIB=256 server_start server "$LAB_HOME/plans/exhaustion6.json" || die "the server does not start: $(tail -5 "$(server_log)")"
agent_start relay || die "the relay agent does not start: $(tail -5 "$(agent_log relay)")"
PID=$(server_pid)
eventually 20 link_up 2 || die "the hops are not up: $(agent relay exec dhcp:link-list)"
LOADS=()
for link in linkB linkE; do load "$link" 4 1; done
wait "${LOADS[@]}"
before=$(server_memory_kib)
descriptors_before=$(descriptors "$PID")

say "$CONNECTIONS connections, slow handshakes, partial messages, floods of DTLS"
LOADS=()
ATTACKS=()
attack claim 10547 40 "${SOURCES[@]:33:8}"
eventually 10 grep -qs there "$LAB_OUT/attack-claim.txt" || die "no claims"
for link in linkB linkE; do load "$link" "$SECONDS_OF_LOAD" 0; done
attack connect 547 "$CONNECTIONS" "${SOURCES[@]:1:16}"
attack drip 547 64 "${SOURCES[@]:17:16}"
attack partial 547 2 "$LAB_OUT/keys" rogue "$ROGUE"
attack hello 10547 2000 "${SOURCES[@]:1:16}"
watch_descriptors &
LAB_PIDS+=($!)
wait "${LOADS[@]}"
old=$(links_of_relay)
for link in $old; do leasehold exec "dhcp:link-drain $link"; done >"$LAB_OUT/drain.txt"
if eventually "$BACK" relay_is_back; then pass "drained hops are back in the middle of it"; else fail "drained hops are not back: $(links_of_relay)"; fi
wait "${ATTACKS[@]}"
leasehold exec 'dhcp:counters --json' >"$LAB_OUT/counters.json"
leasehold exec 'dhcp:link-list' >"$LAB_OUT/links.txt"
after=$(server_memory_kib)
descriptors_after=$(descriptors "$PID")
for name in connect drip partial hello claim; do echo "$name: $(tr '\n' ' ' <"$LAB_OUT/attack-$name.txt")"; done

for link in linkB linkE; do
  expect "per cent lost behind $link, of $(loaded $link begun)" "$(loaded $link lostPercent)" '<=' "$LOST"
done
if link_up 2; then pass "both hops are up"; else fail "a hop is not up: $(agent relay exec dhcp:link-list)"; fi
expect "KiB more in use after a collection" $((after - before)) '<' "$GROWTH"
expect "descriptors at most, $descriptors_before before" $(($(<"$LAB_OUT/descriptors.txt") - descriptors_before)) '<' "$DESCRIPTORS"
expect "descriptors more when it is over" $((descriptors_after - descriptors_before)) '<' 64
expect "connections were begun" "$(said connect made)" '>=' "$CONNECTIONS"
expect "seconds that a slow handshake lasted" "$(said drip longest-life)" '<' 13
expect "seconds that a message was waited for" "$(said partial longest-life)" '<' 13
expect "per cent of what strangers sent that went back to them" "$(said hello octets-back-percent)" '<' 100
expect "handshakes with huge messages were begun" "$(said claim handshakes-begun)" '>' 0
for name in hop-tls-refused-{handshake-rate,unauthenticated} hop-tls-{handshake,frame}-timeout \
  hop-dtls-refused-{greeting-rate,source-limit} hop-dtls-handshake-failed; do
  expect "counted: $name" "$(counter "$name")" '>' 0
done
if server_log_clean; then pass "no stack trace in the log"; else fail "stack traces in $(server_log)"; fi
expect "lines in the log" "$(wc -l <"$(server_log)")" '<' 1000
finish
