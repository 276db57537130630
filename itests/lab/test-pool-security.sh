#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The threats of RFC 5355 against two registrars as they are shipped, one with keys and one with certificates, by peers who are not the product:
# openssl s_client with octets that pool_wire.py makes of the RFCs. Whoever must not is refused, nothing of the handlespace has changed, and
# a counter and one line of the log say so. While others flood, an element registers and users resolve as before. LAB_FLOOD_SECONDS is
# how long each flood lasts.
#
#   good ---+            +-- reg1 (tls-psk)
#   bad ----+--- core ---+
#   crowd --+            +-- reg2 (tls-cert)
set -euo pipefail
. "$(dirname "$0")/lab.sh"
. "$LAB_HOME/server.sh"
. "$LAB_HOME/agents.sh"
. "$LAB_HOME/hops.sh"
. "$LAB_HOME/pairs.sh"

[ "$LAB_SERVER" = leasehold ] || die "only leasehold has pools"
POOL=dhcp6-access
FLOOD_SECONDS=${LAB_FLOOD_SECONDS:-5}
declare -A ADDRESS=([reg1]=2001:db8:1::11 [reg2]=2001:db8:1::12 [good]=2001:db8:1::21 [bad]=2001:db8:1::66 [crowd]=2001:db8:1::77)
CROWD=2001:db8:1::1000+200
export POOL_KEYS=$LAB_OUT/keys
ASAP=3864
ENRP=9902

network() {
  : >"$LAB_OUT/ports.tsv"
  add_host switch
  add_link core
  local each
  for each in "${!ADDRESS[@]}"; do
    add_host "$each"
    plug "$each" core core "${ADDRESS[$each]}/64"
  done
  for ((each = 0; each < ${CROWD#*+}; each++)); do
    printf 'address add 2001:db8:1::%x/64 dev core nodad\n' $((0x1000 + each))
  done >"$LAB_OUT/addresses"
  ip -n "$(ns crowd)" -batch "$LAB_OUT/addresses"
}

# peer REGISTRAR NAME ROLE [LINE...]: by key at reg1, by certificate at reg2.
peer() {
  local etc
  etc=$(agent_dir "$1")/etc
  if [ "$1" = reg1 ]; then
    [ -e "$POOL_KEYS/$2.psk" ] || hop_psk "$2"
    cp -p "$POOL_KEYS/$2.psk" "$etc/keys/"
    printf 'kind = psk\nidentity = %s#1\nsecret = file:keys/%s.psk\n' "$2" "$2" >"$etc/io.leasehold.security.credential-$2.cfg"
    printf 'roles = %s\npsk = %s\n' "$3" "$2" >"$etc/io.leasehold.security.peer-$2.cfg"
  else
    printf 'roles = %s\nnames = dns:%s.example\n' "$3" "$2" >"$etc/io.leasehold.security.peer-$2.cfg"
  fi
  [ $# -le 3 ] || printf '%s\n' "${@:4}" >>"$etc/io.leasehold.security.peer-$2.cfg"
}

make_registrar() {
  local each
  agent_make "$1" "$1"
  printf 'uninstall leasehold-server\nuninstall leasehold-store-journal\n' >"$(agent_dir "$1")/etc/leasehold/features"
  agent_features "$1" registrar security-tls transport-tcp
  if [ "$1" = reg1 ]; then
    agent_config "$1" security.channel-pools <<<'provider = tls-psk'
  else
    cp -p "$POOL_KEYS/reg2.pem" "$POOL_KEYS/reg2.key" "$POOL_KEYS/ca.pem" "$(agent_dir "$1")/etc/keys/"
    agent_config "$1" security.credential-own <<<$'kind = certificate\ncertificate = file:keys/reg2.pem\nkey = file:keys/reg2.key'
    agent_config "$1" security.credential-ca <<<$'kind = trust\nanchors = file:keys/ca.pem'
    agent_config "$1" security.channel-pools <<<$'provider = tls-cert\ncredential = own\ntrust = ca'
  fi
  for each in one two rogue; do peer "$1" $each pool-element "pools = $POOL"; done
  peer "$1" other pool-element 'pools = other'
  for each in user nosy; do peer "$1" $each pool-user; done
  peer "$1" registrar enrp-server
  agent_config "$1" registrar <<<"address = ${ADDRESS[$1]}"
}

# as HOST REGISTRAR CARRIER WORD...: somebody there, at the port of ASAP; enrp: at that of ENRP; stays LOG ...: in the background.
as() { on "$1" timeout 60 python3 "$LAB_HOME/pool_peer.py" "$3" "${ADDRESS[$2]}" $ASAP "${@:4}"; }
enrp() { on "$1" timeout 60 python3 "$LAB_HOME/pool_peer.py" "$3" "${ADDRESS[$2]}" $ENRP "${@:4}"; }
stays() { spawn "$2" "$1" python3 "$LAB_HOME/pool_peer.py" "$4" "${ADDRESS[$3]}" $ASAP "${@:5}"; }
# says PATTERN COMMAND...: what it prints is that.
says() {
  local heard
  heard=$("${@:2}")
  echo "$heard"
  [[ $heard =~ $1 ]]
}
serves() { says '^resolution-response' as good "$1" "$2" say resolve:$POOL; }

# look REGISTRAR NAME: what the registrar shows at that moment, for counted and changed.
look() { agent "$1" exec 'dhcp:registrar-list --json; dhcp:pool-list --json; dhcp:pool-show '$POOL' --json' >"$LAB_OUT/$2.json" || true; }
witness() { python3 "$LAB_HOME/pool_witness.py" "$@"; }
unchanged() { diff <(witness handlespace "$LAB_OUT/before.json") <(witness handlespace "$LAB_OUT/after.json"); }
counts() { witness counted "$LAB_OUT/before.json" "$LAB_OUT/after.json" "$@"; }
mark() { wc -l <"$(agent_log "$1")" >"$LAB_OUT/$1.mark"; }
lines() { tail -n "+$(($(<"$LAB_OUT/$1.mark") + 1))" "$(agent_log "$1")" | grep -E '\| (tcp|registrar) +\|' | grep -v '| registrar: over: '; }
one_line() { says "$2" lines "$1" && [ "$(lines "$1" | wc -l)" -eq 1 ]; }

# refused TITLE REGISTRAR HEARD COUNTER LINE COMMAND...: that is all that it hears, nothing has changed, it is counted once, and one line says
# why.
refused() {
  look "$2" before
  mark "$2"
  check "$1: it is refused" says "^$3\$" "${@:6}"
  look "$2" after
  check "$1: nothing has changed" unchanged
  check "$1: it is counted" counts "$4" 1 1
  check "$1: one line says why" one_line "$2" "$5"
}
TOLD="registration-response flags=1 pool=$POOL element=00000002 causes=10"$'\nopen'
LEFT="deregistration-response flags=0 pool=$POOL element=00000001 causes=10"$'\nopen'
ME=$POOL:2:${ADDRESS[bad]}

heap_kib() {
  local pid
  pid=$(agent_pid "$1")
  jcmd "$pid" GC.run >/dev/null
  jcmd "$pid" GC.heap_info | awk '/Metaspace|class space/ { next } match($0, /used [0-9]+K/) { sum += substr($0, RSTART + 5, RLENGTH - 6) } END { print sum }'
}
flat() {
  local now
  now=$(heap_kib reg1)
  say "heap of the registrar: $HEAP KiB before, $now KiB after"
  [ "$now" -le $((HEAP + 4096)) ]
}

# flood TITLE COUNTER COMMAND...: while it lasts others are served, and it is counted.
flood() {
  local begin
  say "$1"
  look reg1 before
  begin=$(date +%s.%N)
  "${@:3:4}" flood "$FLOOD_SECONDS" "${@:7}" >"$LAB_OUT/flood.txt" || true
  printf '%s\t%s\t%s\n' "$1" "$begin" "$(date +%s.%N)" >>"$LAB_OUT/cases.tsv"
  look reg1 after
  sed 's/^/         /' "$LAB_OUT/flood.txt"
  say "counted: $(witness changed "$LAB_OUT/before.json" "$LAB_OUT/after.json")"
  check "$1: it is counted" counts "$2" 1
  check "$1: those who were there are there" says $'elements=00000001,([0-9a-f,]*,)?00000003[,\n]' as good reg1 psk:user say resolve:$POOL
}

lab_begin
network
hop_keys reg2 one two rogue other user nosy registrar stranger
hop_psk nobody
hop_certificate old dns:one.example -days -1
make_registrar reg1
make_registrar reg2
say "starting two registrars"
agents_start reg1 reg2
spawn switch "$LAB_OUT/core.pcap.log" tcpdump -i core -n -U -s 0 -Z root -w "$LAB_OUT/core.pcap" tcp
LISTENER=$SPAWNED
eventually 10 grep -qs 'listening on' "$LAB_OUT/core.pcap.log" || die "tcpdump does not start: $(cat "$LAB_OUT/core.pcap.log")"
check "a pool user with its key is answered" eventually 30 serves reg1 psk:user
check "a pool user with its certificate is answered" eventually 30 serves reg2 cert:user
stays "$LAB_OUT/one-1" good reg1 psk:one element "$POOL:1:${ADDRESS[good]}"
stays "$LAB_OUT/one-2" good reg2 cert:one element "$POOL:1:${ADDRESS[good]}"
registered() { grep -q "registration-response flags=0 pool=$POOL element=00000001$" "$1"; }
check "an element with its key is registered" eventually 10 registered "$LAB_OUT/one-1"
check "an element with its certificate is registered" eventually 10 registered "$LAB_OUT/one-2"
check "users are told of it by the one registrar" says 'elements=00000001' as good reg1 psk:user say resolve:$POOL
check "and by the other" says 'elements=00000001' as good reg2 cert:user say resolve:$POOL
as good reg1 psk:two record "$LAB_OUT/recorded" register:$POOL:3:${ADDRESS[good]} >"$LAB_OUT/recorded.txt"
check "an element whose octets are recorded is registered" grep -q '^registration-response flags=0 ' "$LAB_OUT/recorded.txt"
gone() { says $'elements=00000001\nopen' as good reg1 psk:user say resolve:$POOL; }
check "and gone with its connection" eventually 10 gone
lab_stop "$LISTENER"
unread() { [ "$(stat -c %s "$LAB_OUT/core.pcap")" -gt 10000 ] && ! grep -aq "$POOL" "$LAB_OUT/core.pcap"; }
check "nobody on the way has read the name of the pool" unread

say "who must not"
refused "another's key" reg1 closed transport-asap-handshake-failed 'proof is wrong.*says that it is two$' as bad reg1 psk:two:other say register:$ME
refused "an unknown identity" reg1 closed transport-asap-handshake-failed 'proof is wrong.*says that it is nobody#1' as bad reg1 psk:nobody say register:$ME
refused "a certificate where a key is wanted" reg1 closed transport-asap-handshake-failed 'no pre-shared key' as bad reg1 cert:two say register:$ME
refused "a key where a certificate is wanted" reg2 closed transport-asap-handshake-failed 'sent no certificate' as bad reg2 psk:two say register:$ME
refused "a certificate that has ended" reg2 closed transport-asap-handshake-failed 'ended on' as bad reg2 cert:old say register:$ME
refused "a certificate of nobody" reg2 closed transport-asap-handshake-failed 'stranger.example is that of no peer' as bad reg2 cert:stranger say register:$ME
refused "octets in clear" reg1 closed transport-asap-first-octets-refused 'neither TLS' as bad reg1 plain say register:$ME
refused "TLS 1.2" reg1 closed transport-asap-handshake-failed 'accepted is TLS 1.3' as bad reg1 psk:two+tls12 say register:$ME
refused "TLS 1.2 with a certificate" reg2 closed transport-asap-handshake-failed 'accepted is TLS 1.3' as bad reg2 cert:two+tls12 say register:$ME
refused "a registration that is replayed" reg1 closed transport-asap-handshake-failed 'says that it is two' as bad reg1 plain say "raw:$LAB_OUT/recorded"
refused "a pool user that registers" reg1 "$TOLD" refused-role 'peer user is refused: its role' as bad reg1 psk:user say register:$ME
refused "a pool user that registers, with a certificate" reg2 "$TOLD" refused-role 'peer user is refused: its role' as bad reg2 cert:user say register:$ME
refused "a pool that is not for it" reg1 "$TOLD" refused-pool 'peer other is refused: .*pools' as bad reg1 psk:other say register:$ME
refused "an address that is not its own" reg1 "$TOLD" refused-address 'peer two is refused: .*address' as bad reg1 psk:two say "register:$POOL:2:${ADDRESS[good]}"
refused "another's element" reg1 "$LEFT" refused-not-itself 'peer rogue is refused: it speaks for' \
  as bad reg1 psk:rogue say deregister:$POOL:1
refused "a pool element that speaks ENRP" reg1 closed transport-enrp-handshake-failed "'two' has none of the roles enrp-server" enrp bad reg1 psk:two say presence:77
refused "ENRP in clear" reg2 closed transport-enrp-first-octets-refused 'neither TLS' enrp bad reg2 plain say presence:77

say "a registrar"
look reg1 before
check "with its key it is answered" says '^presence flags=[01]' enrp good reg1 psk:registrar say presence:77 "remove:77:$POOL:1:${ADDRESS[good]}"
look reg1 after
check "but does not speak for what it does not own" counts enrp-foreign-updates 1
check "of which nothing has changed" diff <(witness handlespace "$LAB_OUT/before.json" | tail -n +2) <(witness handlespace "$LAB_OUT/after.json" | tail -n +2)
check "with its certificate it is answered" says '^presence flags=[01]' enrp good reg2 cert:registrar say presence:77

say "who asks too much"
stays "$LAB_OUT/measuring" good reg1 psk:two registers "$LAB_OUT/times" $POOL:3:${ADDRESS[good]}
stays "$LAB_OUT/measuring" good reg1 psk:user resolves "$LAB_OUT/times" $POOL:1:${ADDRESS[good]}
stays "$LAB_OUT/measuring" good reg1 psk:user connects "$LAB_OUT/times" $POOL:1:${ADDRESS[good]}
HEAP=$(heap_kib reg1)
BEGIN=$(date +%s.%N)
sleep "$FLOOD_SECONDS"
printf 'nothing happens\t%s\t%s\n' "$BEGIN" "$(date +%s.%N)" >"$LAB_OUT/cases.tsv"
mark reg1
keep_alives() { grep -c ' keep-alive ' "$LAB_OUT/one-1" || true; }
flood "registrations in clear (2.1)" transport-asap-first-octets-refused as crowd reg1 plain "$CROWD" register:$ME
flood "recorded handshakes from many addresses (2.8)" transport-asap-accepted as crowd reg1 plain "$CROWD" "raw:$LAB_OUT/recorded"
flood "registrations without the role (2.2)" closed-after-refusals as bad reg1 psk:nosy register:$POOL:{n}:${ADDRESS[bad]}
flood "registrations by an element that turned bad (2.2)" over-budget as bad reg1 psk:rogue register:$POOL:{n}00:${ADDRESS[bad]}
check "it holds no more than elements.per.peer" counts registrations 0 100
flood "deregistrations of another's element (2.3)" refused-not-itself as bad reg1 psk:rogue deregister:$POOL:1
flood "resolutions by a pool user (2.13)" over-budget as bad reg1 psk:nosy resolve:$POOL
KEEP_ALIVES=$(keep_alives)
flood "reports of an element that answers (2.13, 2.14)" reports-over-budget as bad reg1 psk:nosy unreachable:$POOL:1
asked() {
  echo "$(($(keep_alives) - KEEP_ALIVES)) keep-alives in $FLOOD_SECONDS seconds"
  [ $(($(keep_alives) - KEEP_ALIVES)) -le $((FLOOD_SECONDS + 3)) ]
}
check "the element was asked once in a second at most" asked
check "one user alone has removed nobody" counts removed-by-reports 0 0
check "all that say few lines in the log" test "$(lines reg1 | wc -l)" -le 40
sleep 3
check "the registrar has the memory that it had" flat
python3 "$LAB_HOME/pool_peer.py" table "$LAB_OUT/cases.tsv" "$LAB_OUT/times" >"$LAB_OUT/table.md" && SERVED=yes || SERVED=no
cat "$LAB_OUT/table.md"
check "an element registered and users were answered as before, each within three seconds" test $SERVED = yes
for each in reg1 reg2; do
  check "the log of $each shows no fault" bash -c "! grep -qE '^[[:space:]]+at [a-z]+\.' '$(agent_log $each)'"
  check "the log of $each does not name the pool" bash -c "! grep -q '$POOL' '$(agent_log $each)'"
  check "$each counts no fault" test "$(agent $each exec 'dhcp:registrar-list --json' | python3 -c 'import json, sys; print(json.load(sys.stdin)["own"]["counters"]["faults"])')" = 0
done
finish
