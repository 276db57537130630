#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Two partners in clear (RFC 8156), so that somebody else can read what they say: every message of a capture of their port is dissected by
# tshark, option by option, and shows what was configured and what the client got. tshark 4.0 knows the options of the RFC, but neither the
# names of messages and status codes, nor their stream, nor the time of sending in their header: failover_frames.py takes the two away.
#
#   client --- lan --- one (primary) --- pair (clear) --- two (secondary)
set -euo pipefail
. "$(dirname "$0")/lab.sh"
. "$LAB_HOME/server.sh"
. "$LAB_HOME/agents.sh"
. "$LAB_HOME/hops.sh"
. "$LAB_HOME/pairs.sh"

[ "$LAB_SERVER" = leasehold ] || die "only leasehold has partners of RFC 8156"
AGENT_HEAP_MIB=400
SEEN=$LAB_OUT/failover.pcap

network() {
  : >"$LAB_OUT/ports.tsv"
  add_host switch
  local each
  for each in lan pair; do add_link "$each"; done
  for each in one two client; do add_host "$each"; done
  plug one eth0 lan 2001:db8:1::1/64
  plug two eth0 lan 2001:db8:1::2/64
  plug client eth0 lan
  plug one pair pair 2001:db8:f::1/64
  plug two pair pair 2001:db8:f::2/64
  CLIENT=$(awk '$1 == "client" { print $5 }' "$LAB_OUT/ports.tsv")
}

# clear_make NAME ROLE PARTNER: what docs/failover.md and docs/security.md say of partners in clear.
clear_make() {
  agent_make "$1" "$1"
  pair_server "$1" "$LAB_HOME/plans/pair-clear.json"
  agent_features "$1" security-none
  agent_config "$1" security <<<$'protected.networks = 2001:db8:f::/64\ninsecure.acknowledged = cable'
  agent_config "$1" security.channel-cable <<<'provider = none'
  pair_file "$1" "role = $2" "partner = tcp://$3" 'channel = cable' 'insecure = true' 'mclt.seconds = 45' 'keepalive.seconds = 8' \
    'max.unacked = 77' 'startup.seconds = 3' 'connect.seconds = 1' 'connect.rejected.seconds = 1'
}

client() { timeout 15 python3 "$LAB_HOME/pair_client.py" "$LAB_NAME" "$CLIENT" "$@"; }
both_normal() { pair_is one NORMAL && pair_is two NORMAL; }
obtains() { LEASE=$(client obtain 1 | awk '{ print $2; exit }') && [ -n "$LEASE" ]; }
knows() { pair_leases "$1" | grep -q "^$2 "; }

# dissected FILTER FIELD...: the fields of the messages that the filter lets through, a line each.
dissected() {
  local field fields=()
  for field in "${@:2}"; do fields+=(-e "dhcpv6.$field"); done
  tshark -r "$SEEN" -Y "$1" -T fields -E separator=' ' -E aggregator=, "${fields[@]}" 2>/dev/null
}
frames() { python3 "$LAB_HOME/failover_frames.py" "$LAB_OUT/pair.pcap" "$SEEN" >"$LAB_OUT/frames.txt"; }
said() { frames && grep -q "^$1 " "$LAB_OUT/frames.txt"; }
all_types() { [ "$(awk '{ print $1 }' "$LAB_OUT/frames.txt" | sort -nu | paste -sd' ')" = "$*" ]; }
in_time() { awk '$4 < -1.5 || $4 > 1.5 { print; late = 1 } END { exit late }' "$LAB_OUT/frames.txt"; }
# shows FILTER FIELDS WANTED: all that the filter lets through, and there is some, shows that.
shows() {
  local found
  # shellcheck disable=SC2086 # one word for each field is meant
  found=$(dissected "$1" $2 | sort -u)
  echo "$1 $2: $found"
  [ "$found" = "$3" ]
}
has() { dissected "$1" "${@:3}" | grep -qE "$2"; }
# The codes of RFC 8156 are 16 to 23; option 65280 is our own offer of DHCPv4.
no_unknown() {
  ! tshark -r "$SEEN" -V 2>/dev/null \
    | grep -vE 'Message type: Unknown|Status Code: Unknown \((1[6-9]|2[0-3])\)|Option: Unknown \(65280\)' | grep -iE 'unknown|undecoded|unassigned'
}

lab_begin
network
say "starting two servers"
clear_make one primary "$PAIR_TWO"
clear_make two secondary "$PAIR_ONE"
spawn two "$LAB_OUT/pair.pcap.log" tcpdump -i pair -n -U -s 0 -Z root -w "$LAB_OUT/pair.pcap" 'tcp port 647'
eventually 10 grep -qs 'listening on' "$LAB_OUT/pair.pcap.log" || die "tcpdump does not start: $(cat "$LAB_OUT/pair.pcap.log")"
agents_start one two
check "both come to NORMAL" eventually 90 both_normal
check "a client obtains an address" eventually 30 obtains
check "the secondary hears of it" eventually 10 knows two "$LEASE"
check "prefixes are handed over" eventually 90 said 27
agent_stop one >>"$LAB_OUT/checks.log" 2>&1
check "the secondary goes on with it" eventually 20 client rebind 1 "$LEASE"
agent_start one >>"$LAB_OUT/checks.log" 2>&1
check "both are in NORMAL again" eventually 60 both_normal
say "the secondary loses its disk"
agent_stop two >>"$LAB_OUT/checks.log" 2>&1
rm -rf "$(agent_dir two)/data"
agent_start two >>"$LAB_OUT/checks.log" 2>&1
check "it asks for everything" eventually 60 said 29
check "and is told when that is all" eventually 30 said 30
check "both are in NORMAL with equal leases" eventually 120 both_normal
check "the secondary has the lease again" knows two "$LEASE"

say "what tshark makes of it"
frames
check "every kind of message was said" all_types 24 25 26 27 28 29 30 31 32 33 34 35
check "each says when it was sent" in_time
check "tshark finds nothing malformed" no_malformed "$SEEN"
check "and nothing that it does not know" no_unknown
O=failover
check "CONNECT: version, MCLT, keepalive, window, name, flags" shows 'dhcpv6.msgtype == 31' \
  "$O.protocol.major_version $O.protocol.minor_version $O.mclt $O.keepalive_time $O.max_unacked_bndupd $O.relationship_name $O.connect.flags" \
  '1 0 45 8 77 pair 0x0000'
check "CONNECTREPLY repeats the MCLT" shows 'dhcpv6.msgtype == 32' "$O.protocol.major_version $O.mclt $O.max_unacked_bndupd" '1 45 77'
check "STATE: NORMAL, since when" has 'dhcpv6.msgtype == 34' '^2 0x0[0-7] [0-9]{9}$' "$O.server_state" "$O.server.flags" "$O.start_time_of_state"
check "BNDUPD of the client's lease" has 'dhcpv6.msgtype == 24' "^$LEASE 1 45 [0-9]{9} [0-9]{9} [0-9]{9}$" iaaddr.ip \
  "$O.binding_status" iaaddr.valid_lifetime "$O.start_time_of_state" "$O.state_expiration_time" "$O.partner_lifetime"
check "BNDREPLY acknowledges what BNDUPD said" test -z "$(comm -13 \
  <(dissected "dhcpv6.msgtype == 24 and dhcpv6.$O.partner_lifetime" xid iaaddr.ip "$O.partner_lifetime" | sort) \
  <(dissected "dhcpv6.msgtype == 25 and dhcpv6.$O.partner_lifetime_sent" xid iaaddr.ip "$O.partner_lifetime_sent" | sort))"
check "and there are some" has 'dhcpv6.msgtype == 25' "^$LEASE [0-9]{9}$" iaaddr.ip "$O.partner_lifetime_sent"
check "BNDUPD of prefixes that are FREE-BACKUP" has 'dhcpv6.msgtype == 24' '^2001:db8:100:[0-9a-f]+:: 56 6$' iaprefix.pref_addr \
  iaprefix.pref_len "$O.binding_status"
check "DISCONNECT: ServerShuttingDown" has 'dhcpv6.msgtype == 33' '^20$' status_code
for each in one two; do
  check "the log of $each shows no fault" bash -c "! grep -qE '^[[:space:]]+at [a-z]+\.' '$(agent_log $each)'"
done
finish
