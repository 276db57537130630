#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# kill -9 under load of both protocols, again and again (LAB_ROUNDS times; 20, or 5 in CI): every lease that a client got a REPLY for is there
# after the restart, and no lease is ever promised to two clients.
set -euo pipefail
. "$(dirname "$0")/lab.sh"
. "$LAB_HOME/topology.sh"
. "$LAB_HOME/server.sh"

ROUNDS=${LAB_ROUNDS:-$([ -n "${CI:-}" ] && echo 5 || echo 20)}
RECORD=$LAB_OUT/promised.txt

replies() { grep -c '^[+!]' "$RECORD" || true; }

# more COUNT: there have been some replies since there were COUNT.
more() { [ "$(replies)" -gt $(($1 + 30)) ]; }

round() {
  local size held
  eventually 20 more "$(replies)" || { fail "round $1: no replies under load"; return; }
  sleep "$(awk -v seed="$1" 'BEGIN { srand(seed); print rand() }')"
  server_kill
  size=$(stat -c %s "$RECORD")
  server_restart || { fail "round $1: no start after kill -9: $(tail -3 "$(server_log)")"; return; }
  server_leases >"$LAB_OUT/held.txt"
  held=$(wc -l <"$LAB_OUT/held.txt")
  if python3 "$LAB_HOME/load.py" lost "$RECORD" "$size" "$LAB_OUT/held.txt" >"$LAB_OUT/lost-$1.txt"; then
    pass "round $1: nothing promised is lost ($held leases held)"
  else
    fail "round $1: $(wc -l <"$LAB_OUT/lost-$1.txt") promised leases lost of $held (see $LAB_OUT/lost-$1.txt)"
  fi
}

PLANS=("$LAB_HOME/plans/load.json")
case $(server_families) in
  *4*) PLANS+=("$LAB_HOME/plans/load4.json") ;;
esac

lab_begin
topology
say "starting $(server_name)"
server_start server "${PLANS[@]}" || die "the server does not start: $(tail -5 "$(server_log)")"
: >"$RECORD"
spawn server "$LAB_OUT/load.log" python3 "$LAB_HOME/load.py" run "$LAB_NAME" "$LAB_OUT" "$RECORD" ${PLANS[1]:+4} 6
LOAD=$SPAWNED
for ((i = 1; i <= ROUNDS; i++)); do round "$i"; done
lab_stop "$LOAD"
promised=$(grep -c '^+' "$RECORD" || true)
twice=$(grep -c '^!' "$RECORD" || true)
if [ "$twice" -eq 0 ]; then pass "no lease promised to two clients in $promised replies"; else fail "$twice leases promised twice"; fi
check "owners renew what they were promised" python3 "$LAB_HOME/load.py" renew "$LAB_NAME" "$LAB_OUT" "$RECORD" 200
finish
