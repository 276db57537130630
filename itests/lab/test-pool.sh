#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Two failover pairs are a pool (RFC 5351, RFC 5352): their servers register at two registrars (RFC 5353), over TLS, and two relay agents ask these
# for servers. Five hundred clients renew, rebind, go and come while a server, a registrar, both, the network between them and a
# whole pair are lost. A table says how long clients waited; clients of the pair that lives have never moved. LAB_CASES names some of
# the cases, LAB_CLIENTS how many clients there are in all.
#
#   crowd1 --- access1 --- relay1 --+            +-- one, two (pair a) --+
#                                   +--- core ---+                       +--- pair
#   crowd2 --- access2 --- relay2 --+  reg1 reg2 +-- three, four (b) ----+
#                                       +-enrp-+
set -euo pipefail
. "$(dirname "$0")/lab.sh"
. "$LAB_HOME/server.sh"
. "$LAB_HOME/agents.sh"
. "$LAB_HOME/hops.sh"
. "$LAB_HOME/secrecy.sh"
. "$LAB_HOME/pairs.sh"

[ "$LAB_SERVER" = leasehold ] || die "only leasehold has pools"
CLIENTS=${LAB_CLIENTS:-500}
ALL_CASES='server-killed registrar-killed registrars-parted registrars-killed pair-killed'
CASES=${LAB_CASES:-$ALL_CASES}
FAULT_SECONDS=${LAB_FAULT_SECONDS:-20}
POOL=dhcp6-access
SERVERS=(one two three four)
declare -A ADDRESS=([one]=1 [two]=2 [three]=3 [four]=4 [reg1]=11 [reg2]=12 [relay1]=21 [relay2]=22)
declare -A PARTNER=([one]=two [two]=one [three]=four [four]=three)
declare -A GROUP=([one]=a [two]=a [three]=b [four]=b)
declare -A CROWD CROWD_PID

network() {
  : >"$LAB_OUT/ports.tsv"
  add_host switch
  local each
  for each in access1 access2 core pair enrp; do add_link "$each"; done
  for each in "${!ADDRESS[@]}" crowd1 crowd2; do add_host "$each"; done
  for each in "${!ADDRESS[@]}"; do plug "$each" core core "2001:db8:1::${ADDRESS[$each]}/64"; done
  for each in "${SERVERS[@]}"; do plug "$each" pair pair "2001:db8:f::${ADDRESS[$each]}/64"; done
  plug reg1 enrp enrp 2001:db8:e::1/64
  plug reg2 enrp enrp 2001:db8:e::2/64
  for each in 1 2; do
    plug "relay$each" "access$each" "access$each" "2001:db8:c$each::1/64"
    plug "crowd$each" eth0 "access$each"
    CROWD[$each]=$(awk -v h="crowd$each" '$1 == h { print $5 }' "$LAB_OUT/ports.tsv")
  done
}
port() { awk -v h="$1" -v i="$2" '$1 == h && $2 == i { print "p" NR }' "$LAB_OUT/ports.tsv"; }
unplug() { ip -n "$(ns switch)" link set "$(port "$1" "$2")" nomaster; }
mend() { ip -n "$(ns switch)" link set "$(port "$1" "$2")" master "$2"; }

# peer NAME OF ROLE [LINE...]: in the instance NAME the peer OF has that role.
peer() {
  printf 'roles = %s\nnames = dns:%s.example\n' "$3" "$2" >"$(agent_dir "$1")/etc/io.leasehold.security.peer-$2.cfg"
  [ $# -le 3 ] || printf '%s\n' "${@:4}" >>"$(agent_dir "$1")/etc/io.leasehold.security.peer-$2.cfg"
}
registrars() { echo 'registrars = tls://[2001:db8:1::11]?peer=reg1 tls://[2001:db8:1::12]?peer=reg2'; }

make_registrar() {
  local other=$2 each
  agent_make "$1" "$1"
  printf 'uninstall leasehold-server\nuninstall leasehold-store-journal\n' >"$(agent_dir "$1")/etc/leasehold/features"
  agent_features "$1" registrar security-tls transport-tcp
  hop_side "$(agent_dir "$1")/etc" "$1" tls-cert "$other" enrp-server
  for each in "${SERVERS[@]}"; do peer "$1" "$each" pool-element "pools = $POOL"; done
  for each in relay1 relay2; do peer "$1" "$each" pool-user; done
  agent_config "$1" registrar <<END
channel = hop
registrars = tls://[2001:db8:e::$3]?peer=$other
address = 2001:db8:e::$((3 - $3))
END
}

make_server() {
  local group=${GROUP[$1]} partner=${PARTNER[$1]} each
  agent_make "$1" "$1"
  pair_server "$1" "$LAB_HOME/plans/pool-$group.json"
  agent_features "$1" pool-element
  hop_side "$(agent_dir "$1")/etc" "$1" tls-cert "$partner" failover-partner
  for each in reg1 reg2; do peer "$1" "$each" enrp-server; done
  agent_config "$1" "failover-$group" <<END
role = $([ $((${ADDRESS[$1]} % 2)) = 1 ] && echo primary || echo secondary)
partner = tls://[2001:db8:f::${ADDRESS[$partner]}]
peer = $partner
channel = hop
mclt.seconds = 30
keepalive.seconds = 5
startup.seconds = 15
connect.seconds = 1
connect.rejected.seconds = 1
END
  agent_config "$1" pool.element-access <<END
pools = $POOL
address = 2001:db8:1::${ADDRESS[$1]}
failover = $group
channel = hop
$(registrars)
END
}

make_relay() {
  agent_make "$1" "$1"
  agent_features "$1" pool-user security-tls transport-tcp
  hop_side "$(agent_dir "$1")/etc" "$1" tls-cert reg1 enrp-server
  peer "$1" reg2 enrp-server
  agent_config "$1" pool.user <<END
channel = hop
$(registrars)
END
  agent_config "$1" relay-access <<END
interfaces = access${1#relay}
upstream = pool:$POOL
upstream.interfaces = core
pool.spill = true
END
}

crowd() {
  local dir=$LAB_OUT/crowd$1
  mkdir -p "$dir"
  spawn "crowd$1" "$dir/log" python3 "$LAB_HOME/crowd.py" "${CROWD[$1]}" eth0 "$dir" $((CLIENTS / 2)) $(($1 * 1000000))
  CROWD_PID[$1]=$SPAWNED
}

# all: the records of both crowds together.
all() {
  local each
  mkdir -p "$LAB_OUT/all"
  for each in grants returns wants; do cat "$LAB_OUT"/crowd[12]/"$each.tsv" >"$LAB_OUT/all/$each.tsv"; done
}
stayed() { python3 "$LAB_HOME/pool_witness.py" stayed "$LAB_OUT/all/grants.tsv" "$LAB_OUT/groups" "$1"; }
# served PERCENT: so many of each crowd have an address, and hardly anybody waits for an answer.
served() {
  local each have waiting
  for each in 1 2; do
    read -r have _ waiting <"$LAB_OUT/crowd$each/now" || return 1
    alive "${CROWD_PID[$each]}" && [ $((have * 200)) -ge $((CLIENTS * $1)) ] && [ $((waiting * 50)) -le "$CLIENTS" ] || return 1
  done
}

# sees RELAY COUNT: the relay agent knows so many members.
members() {
  pair_json "$1" "dhcp:pool-show $POOL" | python3 -c 'import json, sys; print(len(json.load(sys.stdin)["members"]))'
}
sees() { [ "$(members "$1")" -eq "$2" ]; }
both_see() { sees relay1 "$1" && sees relay2 "$1"; }
normal() {
  pair_json "$1" dhcp:failover-list | python3 -c 'import json, sys; [pair] = json.load(sys.stdin); sys.exit(pair["state"] != "NORMAL" or not pair["connected"])'
}
all_normal() {
  local each
  for each in "$@"; do normal "$each" || return 1; done
}
# agreed: both registrars know each other, own all elements between them, and compute the checksum that the other one said.
registrar_facts() { pair_json "$1" dhcp:registrar-list; }
agreed() {
  registrar_facts reg1 >"$LAB_OUT/reg1.json" && registrar_facts reg2 >"$LAB_OUT/reg2.json" || return 1
  python3 - "$LAB_OUT/reg1.json" "$LAB_OUT/reg2.json" <<'END'
import json, sys
for path in sys.argv[1:]:
    facts = json.load(open(path))["own"]
    print(path, facts["peers"], facts["pools"], facts["elements"])
    [other] = facts["peers"]
    assert facts["ready"] and other["state"] == "active" and other["checksum"] == other["told-checksum"], path
    assert facts["elements"] == 4, path
END
}

killed() {
  local each pid pids=()
  for each in "$@"; do pids+=("$(agent_pid "$each")"); done
  kill -9 "${pids[@]}"
  for pid in "${pids[@]}"; do eventually 10 dead "$pid"; done
}

begins() {
  TITLE=$1
  say "$TITLE"
  BEGIN=$(date +%s.%N)
}
lasts() { sleep "$FAULT_SECONDS"; }
over() { OVER=$(now_ms); }
ends() {
  local whole
  check "$TITLE: both relay agents know all servers again" eventually 90 both_see 4
  check "$TITLE: the registrars agree" eventually 90 agreed
  check "$TITLE: both pairs are in NORMAL" eventually 90 all_normal "${SERVERS[@]}"
  whole=$((($(now_ms) - OVER) / 1000))
  check "$TITLE: everybody is served" eventually 60 served 100
  printf '%s\t%s\t%s\t%s\n' "$TITLE" "$BEGIN" "$(date +%s.%N)" "$whole" >>"$LAB_OUT/cases.tsv"
}

case_server-killed() {
  begins "kill -9 of the primary of pair b"
  killed three
  check "$TITLE: the relay agents leave it out" eventually 15 both_see 3
  lasts
  check "$TITLE: everybody is served meanwhile" eventually 20 served 100
  over
  agents_start three
  ends
}
case_registrar-killed() {
  begins "kill -9 of a registrar"
  killed reg1
  lasts
  check "$TITLE: everybody is served meanwhile" eventually 20 served 100
  check "$TITLE: the relay agents know all servers meanwhile" eventually 60 both_see 4
  over
  agents_start reg1
  ends
}
case_registrars-parted() {
  begins "network cut between the registrars"
  unplug reg1 enrp
  lasts
  check "$TITLE: everybody is served meanwhile" eventually 20 served 100
  check "$TITLE: the relay agents know all servers meanwhile" eventually 60 both_see 4
  over
  mend reg1 enrp
  ends
}
case_registrars-killed() {
  begins "kill -9 of both registrars"
  killed reg1 reg2
  lasts
  check "$TITLE: everybody is served meanwhile" eventually 20 served 100
  check "$TITLE: the relay agents use what they knew" both_see 4
  over
  agents_start reg1 reg2
  ends
}
case_pair-killed() {
  all
  check "no client of pair b has moved so far" stayed b
  begins "kill -9 of pair b"
  killed three four
  check "$TITLE: the relay agents leave it out" eventually 20 both_see 2
  lasts
  # Who had a lease of it has it until it ends.
  check "$TITLE: everybody is served meanwhile" eventually 120 served 100
  over
  agents_start three four
  ends
}

lab_begin
network
hop_keys "${!ADDRESS[@]}"
make_registrar reg1 reg2 2
make_registrar reg2 reg1 1
for each in "${SERVERS[@]}"; do make_server "$each"; done
for each in relay1 relay2; do make_relay "$each"; done
say "starting two registrars"
agents_start reg1 reg2
say "starting two pairs"
AGENT_HEAP_MIB=320 agents_start one two
AGENT_HEAP_MIB=320 agents_start three four
say "starting two relay agents"
agents_start relay1 relay2
check "both relay agents know four servers" eventually 90 both_see 4
check "the registrars agree" eventually 60 agreed
check "both pairs are in NORMAL" eventually 90 all_normal "${SERVERS[@]}"
for each in "${SERVERS[@]}"; do echo "$(pair_duid "$each") ${GROUP[$each]}"; done >"$LAB_OUT/groups"
say "$CLIENTS clients obtain"
crowd 1
crowd 2
check "everybody is served" eventually 60 served 100
all
check "both pairs have clients" python3 "$LAB_HOME/pool_witness.py" shares "$LAB_OUT/all/grants.tsv" "$LAB_OUT/groups"
begins "nothing happens"
sleep 10
over
ends
for CASE in $CASES; do
  declare -F "case_$CASE" >/dev/null || die "no case $CASE; cases are $ALL_CASES"
  "case_$CASE"
done
lab_stop "${CROWD_PID[@]}"
all
check "no client of pair a has ever moved" stayed a
check "by their own records nothing was given to two clients" python3 "$LAB_HOME/crowd_witness.py" log "$LAB_OUT/all"
for each in "${!ADDRESS[@]}"; do
  check "the log of $each shows no fault" bash -c "! grep -qE '^[[:space:]]+at [a-z]+\.' '$(agent_log "$each")'"
done
python3 "$LAB_HOME/crowd_witness.py" table "$LAB_OUT/all" "$LAB_OUT/cases.tsv" | tee "$LAB_OUT/table.md"
finish
