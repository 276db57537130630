#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Two servers share a link (RFC 8156), their connection is protected by TLS after STARTTLS. They come to NORMAL, a client of the primary
# goes on with the secondary when the primary is killed, new clients get addresses of the secondary's half, and when the primary is back
# both are in NORMAL with equal leases; the same with DHCPv4. Whoever listens between them reads nothing; whoever is somebody else is refused with one line.
#
#   client --- lan --- one (primary) --- pair (TLS) --- two (secondary)
#                                         |
#                                      mallory
set -euo pipefail
. "$(dirname "$0")/lab.sh"
. "$LAB_HOME/server.sh"
. "$LAB_HOME/agents.sh"
. "$LAB_HOME/hops.sh"
. "$LAB_HOME/secrecy.sh"
. "$LAB_HOME/pairs.sh"

[ "$LAB_SERVER" = leasehold ] || die "only leasehold has partners of RFC 8156"
AGENT_HEAP_MIB=400

network() {
  : >"$LAB_OUT/ports.tsv"
  add_host switch
  local each
  for each in lan pair; do add_link "$each"; done
  for each in one two client mallory; do add_host "$each"; done
  plug one eth0 lan 2001:db8:1::1/64 192.0.2.1/24
  plug two eth0 lan 2001:db8:1::2/64 192.0.2.2/24
  plug client eth0 lan
  plug one pair pair 2001:db8:f::1/64
  plug two pair pair 2001:db8:f::2/64
  plug mallory pair pair 2001:db8:f::66/64
  CLIENT=$(awk '$1 == "client" { print $5 }' "$LAB_OUT/ports.tsv")
}

client() { timeout 15 python3 "$LAB_HOME/pair_client.py" "$LAB_NAME" "$CLIENT" "$@"; }
client4() { timeout 15 python3 "$LAB_HOME/pair_client4.py" "$LAB_NAME" "$LAB_OUT" "$@"; }
both_normal() { pair_is one NORMAL && pair_is two NORMAL; }

# The parity of an address: 1 is the primary's half.
half() { echo $((16#${1##*:} & 1)); }

LEASE=none
# obtains NUMBER DUID: remembers what client NUMBER got in LEASE.
obtains() {
  local answer
  answer=$(client obtain "$@") || return 1
  echo "$answer"
  LEASE=$(awk '{ print $2; exit }' <<<"$answer")
}
rebinds() { client rebind "$1" "$2" | grep -qE "^($3) $2 "; }
of_half() { obtains "$1" "$2" && [ "$(half "$LEASE")" = "$3" ]; }
offered_by() { [ "$(client solicit "$1" | awk '{ print $1 }')" = "$2" ]; }
knows() { pair_leases "$1" | grep -q "^$2 "; }

# The same of DHCPv4, by the server's address; obtains4 remembers in LEASE4.
LEASE4=none
obtains4() {
  local answer
  answer=$(client4 obtain "$1") || return 1
  echo "$answer"
  LEASE4=$(awk '{ print $2 }' <<<"$answer")
  [ "$(awk '{ print $1 }' <<<"$answer")" = "$2" ]
}
extends4() { client4 "$1" "$2" "$3" "${@:5}" | grep -qE "^($4) $3 "; }
offered4_by() { [ "$(client4 offers "$1" | awk '{ print $1 }')" = "$2" ]; }
of_share() { [ $((${LEASE4##*.} >= 150)) -eq "$1" ]; }
shared4() {
  pair_json "$1" 'dhcp:failover-status pair' | python3 -c '
import json, sys
sys.exit(json.load(sys.stdin)["counters"].get("addresses-of-secondary") != 50)'
}

told() { pair_since "$1" | grep -qE "$2"; }

# What went by the port of failover was much, and tells nothing.
between_them() {
  tshark -r "$LAB_OUT/two.pcap" -w "$LAB_OUT/pair.pcap" -Y 'tcp.port == 647' 2>/dev/null
  [ "$(tshark -r "$LAB_OUT/pair.pcap" 2>/dev/null | wc -l)" -gt 50 ] && secret "$LAB_OUT/pair.pcap" "$1"
}
listening() { on two ss -Hltn 'sport = :647' | grep -q .; }

lab_begin
network
pair_make "$LAB_HOME/plans/pair.json"
say "starting two servers"
agents_start one two
listen_in two "$LAB_OUT/two.pcap"
check "the secondary listens on the port of failover" eventually 60 listening
check "both come to NORMAL" eventually 90 both_normal
ONE=$(pair_duid one)
TWO=$(pair_duid two)

# Before anybody has a lease: its first one ends after the MCLT.
check "half of the IPv4 addresses are the secondary's" eventually 60 shared4 two

check "a client obtains an address of the primary's half from it" of_half 1 "$ONE" 1
FIRST=$LEASE
check "the secondary hears of it" eventually 10 knows two "$FIRST"
check "who names nobody is answered by the primary alone" offered_by 2 "$ONE"

check "a client of DHCPv4 obtains an address from the primary" obtains4 1 192.0.2.1
FIRST4=$LEASE4
check "it is of the primary's share" of_share 0
check "the secondary hears of that, too" eventually 10 knows two "$FIRST4"
check "who looks for a server of DHCPv4 is answered by the primary alone" offered4_by 2 192.0.2.1
check "who names the secondary's address is answered by it" extends4 renew 1 "$FIRST4" 192.0.2.2 two

say "killing the primary"
KILLED=$(agent_pid one)
kill -9 "$KILLED"
eventually 10 dead "$KILLED"
check "the secondary is in COMMUNICATIONS-INTERRUPTED" eventually 15 pair_is two COMMUNICATIONS-INTERRUPTED
check "the primary's client keeps its address at the secondary" rebinds 1 "$FIRST" "$TWO"
check "a new client is served, from the secondary's half" of_half 3 "$TWO" 0
THIRD=$LEASE

check "the primary's client of DHCPv4 keeps its address at the secondary" extends4 rebind 1 "$FIRST4" 192.0.2.2
check "a new client of DHCPv4 is served" obtains4 3 192.0.2.2
THIRD4=$LEASE4
check "from the secondary's share" of_share 1

say "the primary returns"
agent_start one || die "the primary does not start again: $(tail -5 "$(agent_log one)")"
check "both are in NORMAL again" eventually 90 both_normal
check "the primary has learnt what was given meanwhile" eventually 10 knows one "$THIRD"
check "a new client is the primary's again" of_half 4 "$ONE" 1
check "also of DHCPv4" eventually 10 knows one "$THIRD4"
check "a new client of DHCPv4 is the primary's again" obtains4 4 192.0.2.1
check "both have the same leases" eventually 10 pair_equal
check "a client that the secondary served obtains the same address from the primary" rebinds 1 "$FIRST" "$ONE|$TWO"
check "the same with DHCPv4" extends4 rebind 1 "$FIRST4" 192.0.2.1
check "who listens between them reads nothing of clients" between_them 00:03:00:01:02:aa

say "somebody else"
hop_certificate stranger dns:stranger.example
pair_mark
cp "$LAB_OUT/keys/stranger.pem" "$(agent_dir one)/etc/keys/one.pem"
cp -p "$LAB_OUT/keys/stranger.key" "$(agent_dir one)/etc/keys/one.key"
check "another name: the secondary says so in one line" eventually 60 told two 'stranger.example'
check "another name: nobody is in NORMAL" eventually 20 pair_is two COMMUNICATIONS-INTERRUPTED
cp "$LAB_OUT/keys/one.pem" "$(agent_dir one)/etc/keys/one.pem"
cp -p "$LAB_OUT/keys/one.key" "$(agent_dir one)/etc/keys/one.key"
check "its own name again: both are in NORMAL" eventually 90 both_normal
pair_mark
check "an address that is not the partner's is dropped" bash -c "! ip netns exec $(ns mallory) timeout 3 bash -c 'exec 3<>/dev/tcp/2001:db8:f::2/647 && head -c 1 <&3 | grep -q .'"
check "and one line says so" eventually 5 told two '2001:db8:f::66.* is refused'

say "stopping in good order"
agent_stop one
check "the secondary hears of it at once" eventually 3 pair_is two COMMUNICATIONS-INTERRUPTED
agent_start one || die "the primary does not start again: $(tail -5 "$(agent_log one)")"
check "both are in NORMAL again after a stop in good order" eventually 60 both_normal
for each in one two; do
  check "the log of $each shows no fault" bash -c "! grep -qE '^[[:space:]]+at [a-z]+\.' '$(agent_log $each)'"
done
finish
