#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Two partners of RFC 8156 over TLS, and what could make that less: certificates that are not in order, messages in clear instead of
# STARTTLS or right behind it, and somebody in the partner's place who refuses TLS. Each time the pair does not come up, or is left in peace,
# and one line says who it was and why, however often it is tried. Another name and another source are in test-failover.sh.
set -euo pipefail
. "$(dirname "$0")/lab.sh"
. "$LAB_HOME/server.sh"
. "$LAB_HOME/agents.sh"
. "$LAB_HOME/hops.sh"
. "$LAB_HOME/pairs.sh"

[ "$LAB_SERVER" = leasehold ] || die "only leasehold has partners of RFC 8156"
AGENT_HEAP_MIB=400
ONE=2001:db8:f::1
TWO=2001:db8:f::2

network() {
  : >"$LAB_OUT/ports.tsv"
  add_host switch
  local each
  for each in lan pair; do add_link "$each"; done
  for each in one two; do add_host "$each"; done
  plug one eth0 lan 2001:db8:1::1/64 192.0.2.1/24
  plug two eth0 lan 2001:db8:1::2/64 192.0.2.2/24
  plug one pair pair "$ONE/64"
  plug two pair pair "$TWO/64"
}

both() { pair_is one "$1" && pair_is two "$1"; }
# That both partners may serve now is what the state alone says.
warnings() { pair_since "$1" | grep -E '\| (WARN |ERROR)' | grep -v 'COMMUNICATIONS-INTERRUPTED: both partners may serve'; }
few_warnings() { [ "$(warnings "$1" | wc -l)" -le 1 ]; }
told() { warnings "$1" | grep -qE "$2"; }
# told_once WHO PATTERN: there is one warning, and it says that. Nothing about it is told again and again in other lines, either.
told_once() {
  warnings "$1"
  [ "$(warnings "$1" | wc -l)" -eq 1 ] && told "$1" "$2" &&
    ! pair_since "$1" | grep -E 'failover|transport' | sed 's/^[^|]*|//; s/session [0-9a-z-]*//; s/:[0-9]*\b//g' | sort | uniq -d | grep .
}
tries() { agent one exec 'dhcp:failover-status pair --json' | python3 -c '
import json, sys
print(json.load(sys.stdin)["counters"]["connects-tried"])'; }
tried_often() { [ "$(tries)" -ge $(($1 + 4)) ]; }

# has NAME FILE: another certificate of an instance, which takes it within seconds.
has() {
  cp "$2.pem" "$(agent_dir "$1")/etc/keys/$1.pem"
  cp -p "$2.key" "$(agent_dir "$1")/etc/keys/$1.key"
}

# misfit WHO FILE WITNESS PATTERN TITLE: with this certificate the pair does not come up, and the witness says why.
misfit() {
  local before
  pair_mark
  has "$1" "$2"
  check "$5: it is seen" eventually 30 told "$3" "$4"
  before=$(tries)
  check "$5: it is tried again and again" eventually 30 tried_often "$before"
  check "$5: nobody is in NORMAL" both COMMUNICATIONS-INTERRUPTED
  check "$5: one line says who and why" told_once "$3" "$4"
  for each in one two; do check "$5: no more than a line is said at $each" few_warnings "$each"; done
  has "$1" "$LAB_OUT/keys/$1"
  check "$5: with its own certificate both are in NORMAL again" eventually 60 both NORMAL
}

# intrudes TITLE PATTERN WORD...: from the primary's address, while the pair is up.
intrudes() {
  local round
  pair_mark
  for round in 1 2 3; do
    on one timeout 20 python3 "$LAB_HOME/fake_hop.py" "$3" $TWO 647 "${@:4}" >"$LAB_OUT/intruder-$round.txt" || true
  done
  check "$1: nothing is answered" test ! -s "$LAB_OUT/intruder-1.txt" -a ! -s "$LAB_OUT/intruder-3.txt"
  check "$1: one line says who and why" told_once two "$ONE.*$2"
  check "$1: the pair is left in peace" both NORMAL
}

# impostor MODE PATTERN TITLE: in the secondary's place, which is switched off.
impostor() {
  local heard=$LAB_OUT/impostor-$1.txt
  pair_mark
  spawn two "$heard" python3 "$LAB_HOME/fake_hop.py" "$1" $TWO 647
  check "$3: it is tried again and again" eventually 40 heard_often "$heard"
  lab_stop "$SPAWNED"
  check "$3: one line says who and why" told_once one "$TWO.*$2"
  check "$3: nothing but STARTTLS is said in clear" only_starttls "$heard"
  check "$3: the primary has no partner" pair_is one COMMUNICATIONS-INTERRUPTED
}
heard_often() { [ "$(grep -c '^0004' "$1")" -ge 4 ]; }
only_starttls() { ! grep -vE '^(listening|000417[0-9a-f]{6}|)$|reset|timed out' "$1"; }

lab_begin
network
pair_make "$LAB_HOME/plans/pair.json"
K=$LAB_OUT/keys
mkdir "$K/other"
LAB_OUT=$K/other hop_keys one two
hop_certificate old dns:one.example -days -1
say "starting two servers"
agents_start one two
check "both come to NORMAL" eventually 90 both NORMAL

misfit one "$K/other/keys/one" two "$ONE.*issued by" "a primary of another issuer"
misfit two "$K/other/keys/two" one "$TWO.*issued by" "a secondary of another issuer"
misfit one "$K/old" one 'credential-one.cfg' "its own certificate has ended"
check "its own certificate has ended: the log says since when" grep -q 'credential-expiry one: ended at' "$(agent_log one)"
intrudes "a certificate that has ended" 'ended on' tls "$K/old.pem" "$K/old.key"
intrudes "CONNECT instead of STARTTLS" 'neither TLS nor STARTTLS' say 00081f00000200000000
intrudes "CONNECT in one segment with STARTTLS" 'in clear after STARTTLS' say 00041700000100081f00000200000000
intrudes "TLS without STARTTLS" 'without STARTTLS' say 16030100050100000100
agent_stop two
check "without the secondary the primary goes on" eventually 5 pair_is one COMMUNICATIONS-INTERRUPTED
impostor refuse 'refuses TLS' "somebody who refuses TLS"
impostor grant 'in clear after STARTTLS' "somebody who grants TLS and goes on in clear"
agent_start two || die "the secondary does not start again: $(tail -5 "$(agent_log two)")"
check "with the right partner both are in NORMAL" eventually 60 both NORMAL
for each in one two; do
  check "the log of $each shows no fault" bash -c "! grep -qE '^[[:space:]]+at [a-z]+\.' '$(agent_log $each)'"
done
finish
