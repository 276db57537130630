#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A plan with mistakes: without a good one before it, the start fails and says where the mistakes are; with one, that one stays
# in force, at a reload as well as over a restart, and the status says so.
set -euo pipefail
. "$(dirname "$0")/lab.sh"
. "$LAB_HOME/topology.sh"
. "$LAB_HOME/server.sh"

SAID=$LAB_OUT/said.txt
says() { grep -qE "$1" "$SAID"; }
serves() { python3 "$LAB_HOME/ask.py" "$LAB_NAME" "$ADDRESS" >>"$LAB_OUT/checks.log" 2>&1; }
status_good() { server_status >"$SAID" 2>&1; }

expect() {
  local name=$1
  shift
  if "$@"; then pass "$name"; else fail "$name: $(head -c 400 "$SAID" | tr '\n' ' ')"; fi
}

lab_begin
topology
client_host client linkA
ADDRESS=$(awk '$1 == "client" { print $5 }' "$LAB_OUT/ports.tsv")

say "first start with a broken plan"
if server_start server "$LAB_HOME/plans/broken.json" >"$SAID" 2>&1; then fail "a first start with a broken plan succeeds"; else
  pass "a first start with a broken plan fails"
fi
server_plan_errors >>"$SAID"
expect "it names the first mistake with its line" says ':5(:|[^0-9]).*valid-lifetim|valid-lifetim.*:5'
server_knows_last_good_plan || { finish; exit; }
server_check_plan "$LAB_HOME/plans/broken.json" >"$SAID" 2>&1 || true
expect "a check without a server names all mistakes" says ':11:[0-9]+.*2001:db8:7777'

say "a good plan"
server_plan "$LAB_HOME/plans/clients.json"
server_restart >"$SAID" 2>&1 || true
expect "a client is served with the good plan" serves
expect "the status is good" status_good

say "a broken plan is loaded while clients are served"
server_plan "$LAB_HOME/plans/broken.json"
if server_reload >"$SAID" 2>&1; then fail "the broken plan is loaded"; else pass "the broken plan is refused"; fi
expect "the refusal names file and line" says ':5:[0-9]+.*valid-lifetim'
expect "clients are served with the plan before" serves

say "restart with the broken plan"
server_stop
server_restart >"$SAID" 2>&1 || true
expect "the start says that the last good plan is in force, and why" says 'valid-lifetim.*last good'
expect "clients are served with the last good plan" serves
status_good || true
expect "the status says that the last good plan is in force, and why" says 'valid-lifetim.*last good'

say "the plan is put right"
server_plan "$LAB_HOME/plans/clients.json"
if server_reload >"$SAID" 2>&1; then pass "the good plan is loaded"; else fail "the good plan is refused: $(head -c 300 "$SAID")"; fi
expect "the status is good again" status_good
expect "clients are served" serves
finish
