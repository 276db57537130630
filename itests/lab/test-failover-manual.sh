#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The set-up of docs/failover.md as it stands there, from a server that serves alone to a pair and back, and what the page says of the
# situations of operators that test-failover-cases.sh does not have.
#
#   client --- lan --- one (primary) --- pair (TLS) --- two (secondary)
set -euo pipefail
. "$(dirname "$0")/lab.sh"
. "$LAB_HOME/server.sh"
. "$LAB_HOME/agents.sh"
. "$LAB_HOME/pairs.sh"

[ "$LAB_SERVER" = leasehold ] || die "only leasehold has partners of RFC 8156"
AGENT_HEAP_MIB=400
PAIR=pair-1
PLAN=$LAB_HOME/plans/pair-manual.json

network() {
  : >"$LAB_OUT/ports.tsv"
  add_host switch
  local each
  for each in lan pair; do add_link "$each"; done
  for each in one two client; do add_host "$each"; done
  plug one eth0 lan 2001:db8:1::1/64
  plug two eth0 lan 2001:db8:1::2/64
  plug client eth0 lan
  plug one pair pair 2001:db8::1/64
  plug two pair pair 2001:db8::2/64
  CLIENT=$(awk '$1 == "client" { print $5 }' "$LAB_OUT/ports.tsv")
}

client() { timeout 15 python3 "$LAB_HOME/pair_client.py" "$LAB_NAME" "$CLIENT" "$@"; }
obtains() { LEASE=$(client obtain "$@" | awk '{ print $2; exit }') && [ -n "$LEASE" ]; }
both_normal() { pair_is one NORMAL && pair_is two NORMAL; }
knows() { pair_leases "$1" | grep -q "^$2 "; }
etc_of() { echo "$(agent_dir "$1")/etc"; }
file_of() { echo "$(etc_of "$1")/io.leasehold.failover-$PAIR.cfg"; }

# plan NAME [SED-SCRIPT]: the plan of an instance.
plan() {
  mkdir -p "$(etc_of "$1")/leasehold/plan.d"
  sed -e "${2:-}" "$PLAN" >"$(etc_of "$1")/leasehold/plan.d/plan.json"
}
SHARED='s/"interface": "eth0",/& "failover": "'$PAIR'",/'
reloads() { agent "$1" exec dhcp:plan-reload; }

clean() {
  agent_make "$1" "$1"
  : >"$(etc_of "$1")/leasehold/features"
}
status() { pair_json "$1" "dhcp:failover-status $PAIR"; }
# of NAME EXPRESSION: whether a Python expression holds of the status it.
of() { status "$1" | python3 -c 'import json, sys; it = json.load(sys.stdin); sys.exit(not eval(sys.argv[1]))' "$2"; }
says() { { agent "$1" exec "$2" 2>&1 || true; } | tee -a "$LAB_OUT/checks.log" | grep -qE "$3"; }
logged() { tail -n "+$(($(<"$LAB_OUT/$1.mark") + 1))" "$(agent_log "$1")" | grep -cE "$2" | grep -qx "$3"; }
mark() { wc -l <"$(agent_log "$1")" >"$LAB_OUT/$1.mark"; }
gets_even() { obtains "$1" && [ $((16#${LEASE##*:} & 1)) -eq 0 ]; }

lab_begin
network
say "a server serves alone"
clean one
plan one
agents_start one
check "a client has an address of it" eventually 30 obtains 1
FIRST=$LEASE

say "it becomes one of a pair, as the page says"
check "feature:install" agent one exec 'feature:install leasehold-failover leasehold-transport-tcp leasehold-security-tls'
check "the key" agent one exec "dhcp:psk-generate $PAIR-key $PAIR#1"
python3 "$LAB_HOME/manual.py" "$ROOT/docs/failover.md" "$(etc_of one)"
echo 'commission.alone = true' >>"$(file_of one)"
plan one "$SHARED"
check "the plan is reloaded" reloads one
check "it serves on in PARTNER-DOWN" eventually 60 pair_is one PARTNER-DOWN
check "the client keeps its address" eventually 30 client rebind 1 "$FIRST"
clean two
plan two "$SHARED"
cp -pR "$(etc_of one)/leasehold/keys" "$(etc_of two)/leasehold/keys"
cp -p "$(etc_of one)/io.leasehold.security.credential-$PAIR-key.cfg" "$(etc_of two)"
python3 "$LAB_HOME/manual.py" "$ROOT/docs/failover.md" "$(etc_of two)" secondary
agents_start two
check "the same on the new server" agent two exec 'feature:install leasehold-failover leasehold-transport-tcp leasehold-security-tls'
check "both come to NORMAL" eventually 60 both_normal
check "the new server knows the lease of before" knows two "$FIRST"
check "the alarm says that commission.alone is still set" of one 'any("commission.alone" in each for each in it["alarms"])'
sed -i '/commission.alone/d' "$(file_of one)"
check "without it there is no alarm" eventually 20 of one 'it["alarms"] == []'
check "and both are in NORMAL" eventually 60 both_normal
check "prefixes are shared half and half" eventually 90 of two 'it["shares"] and it["shares"][0]["secondary"] == it["shares"][0]["primary"] == 8'

say "maintenance"
check "drain says when to stop it" says one "dhcp:failover-drain $PAIR" 'Stop this server now'
check "the partner serves at once" eventually 5 pair_is two COMMUNICATIONS-INTERRUPTED
check "a client is answered" eventually 20 client rebind 1 "$FIRST"
check "the status says that it is drained" of one 'any("drain" in each for each in it["alarms"])'
echo 'enabled = false' >>"$(file_of one)"
check "switched off it is gone" eventually 20 says one dhcp:failover-list 'no failover relationship'
sed -i '/^enabled/d' "$(file_of one)"
check "and back, both are in NORMAL" eventually 60 both_normal

say "the configuration differs"
mark one
plan two "$SHARED; s/2001:db8:1::1/2001:db8:2::1/g; s/2001:db8:1::/2001:db8:2::/g"
reloads two >>"$LAB_OUT/checks.log" 2>&1
check "a client is served" eventually 30 obtains 2
check "the counter says that the partner did not take it" eventually 20 of one 'it["counters"]["leases-sent-rejected"] > 0'
check "and the log why, once" logged one 'does not take what it is told of .*ConfigurationConflict' 1
plan two "$SHARED"
reloads two >>"$LAB_OUT/checks.log" 2>&1
check "when the plans agree it is told again" eventually 90 knows two "$LEASE"

say "the MCLT changes"
sed -i 's/^mclt.seconds = .*/mclt.seconds = 60/' "$(file_of one)"
check "the secondary takes it" eventually 60 of two 'it["mclt-seconds"] == 60 and it["connected"]'
check "and says that its own is another" of two 'it["differences"] == ["mclt.seconds"]'
sed -i 's/^mclt.seconds = .*/mclt.seconds = 60/' "$(file_of two)"
check "both are in NORMAL with it" eventually 90 both_normal
check "nothing differs" eventually 10 of two 'it["differences"] == []'

say "a file is switched off"
echo 'enabled = false' >>"$(file_of two)"
check "the relationship is gone" eventually 20 says two dhcp:failover-list 'no failover relationship'
check "its subnets are closed" eventually 20 says two dhcp:status 'closed'
check "the other one serves" eventually 20 pair_is one COMMUNICATIONS-INTERRUPTED
sed -i '/^enabled/d' "$(file_of two)"
check "switched on again, both are in NORMAL" eventually 60 both_normal

say "the pair ends"
agent two exec "dhcp:failover-drain $PAIR" >>"$LAB_OUT/checks.log" 2>&1
agent_stop two >>"$LAB_OUT/checks.log" 2>&1
check "the one that stays is in PARTNER-DOWN" says one "dhcp:failover-partner-down $PAIR" 'PARTNER-DOWN'
plan one
check "the plan without failover is reloaded" reloads one
rm "$(file_of one)"
check "the relationship is gone from it" eventually 20 says one dhcp:failover-list 'no failover relationship'
check "a client gets an address that was the partner's" eventually 30 gets_even 3
for each in one two; do
  check "the log of $each shows no fault" bash -c "! grep -qE '^[[:space:]]+at [a-z]+\.' '$(agent_log $each)'"
done
finish
