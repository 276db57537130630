# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# Two servers that share a link as failover partners. Sourced after agents.sh and hops.sh.
#
#   pair_make NAME PLAN              the instances "one" (primary) and "two" (secondary) on hosts of these names, with certificates
#   pair_file NAME LINE...           adds lines to etc/io.leasehold.failover-pair.cfg of an instance
#   pair_is NAME STATE               whether an instance is in that state, and hears its partner if the state is NORMAL
#   pair_leases NAME                 its leases: address, state, client, a line each
#   pair_duid NAME                   its server identifier, in hexadecimal digits
#   pair_mark                        from here on pair_since NAME shows what an instance logs

PAIR_ONE='[2001:db8:f::1]'
PAIR_TWO='[2001:db8:f::2]'

pair_server() {
  local etc
  etc=$(agent_dir "$1")/etc
  printf 'install leasehold-failover\n' >"$etc/leasehold/features"
  agent_features "$1" security-tls transport-tcp
  mkdir -p "$etc/leasehold/plan.d"
  cp "$2" "$etc/leasehold/plan.d/plan.json"
}

pair_make() {
  local name
  hop_keys one two
  for name in one two; do
    agent_make "$name" "$name"
    pair_server "$name" "$1"
  done
  hop_side "$(agent_dir one)/etc" one tls-cert two failover-partner 'drain.seconds = 3'
  hop_side "$(agent_dir two)/etc" two tls-cert one failover-partner 'drain.seconds = 3'
  pair_file one 'role = primary' "partner = tls://$PAIR_TWO" 'peer = two'
  pair_file two 'role = secondary' "partner = tls://$PAIR_ONE" 'peer = one'
  for name in one two; do
    pair_file "$name" 'channel = hop' 'mclt.seconds = 30' 'keepalive.seconds = 5' 'startup.seconds = 3' 'connect.seconds = 1' \
      'connect.rejected.seconds = 1'
  done
}

pair_file() { printf '%s\n' "${@:2}" >>"$(agent_dir "$1")/etc/io.leasehold.failover-pair.cfg"; }

pair_json() { agent "$1" exec "$2 --json"; }

pair_is() {
  pair_json "$1" dhcp:failover-list | python3 -c '
import json, sys
[pair] = json.load(sys.stdin)
sys.exit(pair["state"] != sys.argv[1] or pair["connected"] != (sys.argv[1] == "NORMAL"))' "$2"
}

pair_leases() {
  pair_json "$1" 'dhcp:lease-list --state active' | python3 -c '
import json, sys
for lease in json.load(sys.stdin):
    print(lease["lease"], lease["state"], lease.get("client"))' | sort
}

pair_equal() { diff <(pair_leases one) <(pair_leases two) && [ -n "$(pair_leases one)" ]; }

pair_duid() { agent "$1" exec 'dhcp:status --json' | python3 -c 'import json, sys; print(json.load(sys.stdin)["facts"]["server-duid"].replace(":", ""))'; }

pair_mark() {
  local name
  for name in one two; do wc -l <"$(agent_log "$name")" >"$LAB_OUT/$name.mark"; done
}
pair_since() { tail -n "+$(($(<"$LAB_OUT/$1.mark") + 1))" "$(agent_log "$1")"; }
