#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A plan reload and a wipe of all leases on a warm instance, as an operator does it: two commands from the shell, one after the
# other. What is asserted is what they did; how long they took is printed, and is quoted in docs/benchmarks.md.
#
#   LAB_LEASES   numbers of leases held when the two commands are given ("10000 100000")
#   LAB_ROUNDS   rounds with each number (3, or 1 in CI)
set -euo pipefail
. "$(dirname "$0")/lab.sh"
. "$LAB_HOME/topology.sh"

[ "$LAB_SERVER" = leasehold ] || die "the commands are Leasehold's"
lab_begin
topology
client_host client linkA
ADDRESS=$(awk '$1 == "client" { print $5 }' "$LAB_OUT/ports.tsv")
. "$LAB_HOME/server.sh"
ROUNDS=${LAB_ROUNDS:-$([ -n "${CI:-}" ] && echo 1 || echo 3)}
PLAN=$SERVER_DIR/etc/leasehold/plan.d/plan.json

fact() { leasehold exec 'dhcp:status --json' | python3 -c 'import json, sys; print(json.load(sys.stdin)["facts"][sys.argv[1]])' "$1"; }
holds() { [ "$(fact leases)" -eq "$1" ]; }
ready() { leasehold exec 'dhcp:status --ready'; }
answers() { python3 "$LAB_HOME/ask.py" "$LAB_NAME" "$ADDRESS"; }
is() { [ "$1" = "$2" ]; }
differs() { [ "$1" != "$2" ]; }

# timed FILE COMMAND: the console command, with its milliseconds in TOOK.
timed() {
  local begin
  begin=$(now_ms)
  leasehold exec "$2" >"$1" 2>&1 || fail "$2: $(cat "$1")"
  TOOK=$(($(now_ms) - begin))
}

# round NUMBER LEASES: fill, change the plan, reload, wipe.
round() {
  local held digest reloaded
  python3 "$LAB_HOME/perf.py" fill "$LAB_NAME" client 2500 "$2" -6 -l eth0 >>"$LAB_OUT/perf.log" 2>&1
  held=$(fact leases)
  check "at least $2 leases are held before" [ "$held" -ge "$2" ]
  digest=$(fact plan-digest)
  sed -i "s/\"valid-lifetime\": [0-9]*/\"valid-lifetime\": $((50000 + $2 + $1))/" "$PLAN"
  timed "$LAB_OUT/reload.txt" dhcp:plan-reload
  reloaded=$TOOK
  check "the plan of the reload is in force" differs "$digest" "$(fact plan-digest)"
  check "the reload keeps the $held leases" holds "$held"
  timed "$LAB_OUT/wipe.txt" 'dhcp:lease-wipe --all --yes'
  check "the wipe says that it forgot them" is "$(cat "$LAB_OUT/wipe.txt")" "Forgot $held leases."
  check "no lease is left" holds 0
  check "the server is ready" ready
  check "a client is answered" answers
  printf 'leases %d: plan-reload %d ms, lease-wipe %d ms, both %d ms\n' "$held" "$reloaded" "$TOOK" $((reloaded + TOOK))
  leasehold exec 'dhcp:lease-wipe --all --yes' >/dev/null
}

server_start server "$LAB_HOME/plans/bench6.json" || die "the server does not start"
for leases in ${LAB_LEASES:-10000 100000}; do
  for ((i = 1; i <= ROUNDS; i++)); do round "$i" "$leases"; done
done

say "the wipe outlives a restart"
server_stop
server_restart >"$LAB_OUT/restart.txt" 2>&1 || fail "the restart: $(cat "$LAB_OUT/restart.txt")"
check "no lease comes back" holds 0
check "a client is answered after the restart" answers
finish
