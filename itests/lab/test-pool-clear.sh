#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A pool in clear (RFC 5352, RFC 5353), so that somebody else can read what is said: two registrars, a server that is an element, a relay agent
# that is a user, and a registrar that is not the product (pool_peer.py), which every takeover needs as a third. Every message of a capture
# of their ports is dissected by tshark; pool_frames.py makes of the streams what tshark can read.
#
#   client --- access --- relay --+--- core ---+-- one (server)
#                                              +-- reg1, reg2, other
set -euo pipefail
. "$(dirname "$0")/lab.sh"
. "$LAB_HOME/server.sh"
. "$LAB_HOME/agents.sh"
. "$LAB_HOME/pairs.sh"

[ "$LAB_SERVER" = leasehold ] || die "only leasehold has pools"
POOL=dhcp6-access
SEEN=$LAB_OUT/pool.pcap
declare -A ADDRESS=([one]=2001:db8:1::1 [reg1]=2001:db8:1::11 [reg2]=2001:db8:1::12 [relay]=2001:db8:1::21 [other]=2001:db8:1::31)

network() {
  : >"$LAB_OUT/ports.tsv"
  add_host switch
  local each
  for each in core access; do add_link "$each"; done
  for each in "${!ADDRESS[@]}" client; do add_host "$each"; done
  for each in "${!ADDRESS[@]}"; do plug "$each" core core "${ADDRESS[$each]}/64"; done
  plug relay access access 2001:db8:c1::1/64
  plug client eth0 access
  CLIENT=$(awk '$1 == "client" { print $5 }' "$LAB_OUT/ports.tsv")
}

clear_make() {
  agent_make "$1" "$1"
  printf '%s\n' "${@:2}" >"$(agent_dir "$1")/etc/leasehold/features"
  agent_features "$1" transport-tcp security-none
  agent_config "$1" security <<<$'protected.networks = 2001:db8:1::/64\ninsecure.acknowledged = cable'
  agent_config "$1" security.channel-cable <<<'provider = none'
}
REGISTRARS="registrars = tcp://[${ADDRESS[reg1]}] tcp://[${ADDRESS[reg2]}]"
make_registrar() {
  clear_make "$1" 'uninstall leasehold-server' 'uninstall leasehold-store-journal' 'install leasehold-registrar'
  agent_config "$1" registrar <<END_OF_FILE
channel = cable
insecure = true
registrars = tcp://[${ADDRESS[$2]}]
address = ${ADDRESS[$1]}
keepalive.seconds = 2
keepalive.answer.seconds = 3
heartbeat.seconds = 2
no.response.seconds = 1
END_OF_FILE
}
make_server() {
  clear_make one 'install leasehold-pool-element'
  mkdir -p "$(agent_dir one)/etc/leasehold/plan.d"
  cp "$LAB_HOME/plans/pool-clear.json" "$(agent_dir one)/etc/leasehold/plan.d/plan.json"
  agent_config one pool.element-access <<<"$(printf '%s\n' "pools = $POOL" "address = ${ADDRESS[one]}" 'group = alone' 'channel = cable' "$REGISTRARS")"
}
make_relay() {
  clear_make relay 'uninstall leasehold-server' 'uninstall leasehold-store-journal' 'install leasehold-relay' 'install leasehold-pool-user'
  agent_config relay pool.user <<<"$(printf '%s\n' 'channel = cable' "$REGISTRARS")"
  agent_config relay relay-access <<<"$(printf '%s\n' 'interfaces = access' "upstream = pool:$POOL" 'upstream.interfaces = core')"
}

other() { spawn other "$LAB_OUT/other-$1.txt" python3 "$LAB_HOME/pool_peer.py" plain "${ADDRESS[$1]}" 9901 registrar 77 "${ADDRESS[other]}"; }
client() { timeout 15 python3 "$LAB_HOME/pair_client.py" "$LAB_NAME" "$CLIENT" "$@"; }
sees() {
  pair_json "$1" "dhcp:pool-show $POOL" | python3 -c 'import json, sys; sys.exit(len(json.load(sys.stdin)["members"]) != 1)'
}
# has REGISTRAR PEERS ELEMENTS
has() {
  pair_json "$1" dhcp:registrar-list | python3 -c '
import json, sys
own = json.load(sys.stdin)["own"]
sys.exit([sum(each["state"] == "active" for each in own["peers"]), own["elements"]] != [int(each) for each in sys.argv[1:]])' "$2" "$3"
}
both_have() { has reg1 "$@" && has reg2 "$@"; }
frames() { python3 "$LAB_HOME/pool_frames.py" "$LAB_OUT/core.pcap" "$SEEN" >"$LAB_OUT/frames.txt"; }
# said PROTOCOL KIND [FROM]: such a message was said.
said() { frames && grep -q "^$1 $2 ${3:-}" "$LAB_OUT/frames.txt"; }
# dissected PROTOCOL: of each kind of message how many tshark found.
dissected() { tshark -r "$SEEN" -Y "$1" -T fields -E occurrence=f -e "$1.message_type" 2>/dev/null | sort -n | uniq -c | awk '{ print $2, $1 }'; }
all_dissected() {
  echo "$(wc -l <"$LAB_OUT/frames.txt") messages"
  [ "$(tshark -r "$SEEN" -Y 'asap or enrp' 2>/dev/null | wc -l)" -eq "$(wc -l <"$LAB_OUT/frames.txt")" ]
}
kinds() { [ "$(dissected "$1" | cut -d ' ' -f 1 | paste -sd ' ')" = "$2" ]; }
unasked() {
  local round
  for round in 1 2 3 4; do
    client solicit $((round % 2 + 1)) || true
    ! said asap unreachable || return 0
    sleep 1
  done
  said asap unreachable
}

lab_begin
network
spawn switch "$LAB_OUT/core.pcap.log" tcpdump -i core -n -U -s 0 -Z root -w "$LAB_OUT/core.pcap" 'tcp port 3863 or tcp port 9901'
eventually 10 grep -qs 'listening on' "$LAB_OUT/core.pcap.log" || die "tcpdump does not start: $(cat "$LAB_OUT/core.pcap.log")"
make_registrar reg1 reg2
make_registrar reg2 reg1
make_server
make_relay
say "starting a registrar"
agents_start reg1
other reg1
check "it knows the one that is not the product" eventually 30 has reg1 1 0
say "starting another one, a server and a relay agent"
agents_start reg2 one relay
other reg2
check "the relay agent knows the server" eventually 60 sees relay
check "all registrars know each other and the server" eventually 30 both_have 2 1
check "a client is served" eventually 20 client obtain 1
say "what is not understood"
printf '\x4f\x00\x00\x04' >"$LAB_OUT/unknown"
stranger() { on other timeout 20 python3 "$LAB_HOME/pool_peer.py" plain "${ADDRESS[reg1]}" "$1" say "$2" "raw:$LAB_OUT/unknown" >>"$LAB_OUT/checks.log"; }
stranger 3863 "resolve:$POOL"
check "an unknown message of ASAP is answered by an error" eventually 10 said asap error
stranger 9901 presence:78
check "an unknown message of ENRP is answered by an error" eventually 10 said enrp error
say "the server is lost"
kill -STOP "$(agent_pid one)"
check "the relay agent says so" unasked
check "and the registrars know of no server" eventually 20 both_have 2 0
kill -CONT "$(agent_pid one)"
check "it is there again" eventually 60 both_have 2 1
agent one exec "dhcp:pool-drain $POOL" >>"$LAB_OUT/checks.log" || true
check "it leaves" eventually 10 said asap deregistration
check "the registrars know of that" eventually 10 both_have 2 0
say "a registrar is lost"
kill -9 "$(agent_pid reg2)"
check "it is taken over" eventually 40 has reg1 1 0

say "what tshark makes of it"
frames
for each in asap enrp; do
  say "$each: $(grep "^$each " "$LAB_OUT/frames.txt" | cut -d ' ' -f 2 | sort | uniq -c | awk '{ print $2 " " $1 }' | paste -sd ',')"
done
check "every message is dissected" all_dissected
# 79 is what is not understood; 10 to 13 of ASAP are for multicast and between users and elements.
check "every kind of ASAP between registrars, elements and users is there" kinds asap '1 2 3 4 5 6 7 8 9 14 79'
check "every kind of ENRP is there" kinds enrp '1 2 3 4 5 6 7 8 9 10 79'
check "nothing is malformed" no_malformed "$SEEN"
for each in reg1 one relay; do
  check "the log of $each shows no fault" bash -c "! grep -qE '^[[:space:]]+at [a-z]+\.' '$(agent_log $each)'"
done
finish
