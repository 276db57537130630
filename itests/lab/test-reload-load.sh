#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Reloads of a plan of a large access network while clients obtain leases: no exchange may be lost to a reload. How long reading,
# reloading and comparing take, and the memory of the plan, are printed; figures mean something on a machine without other work only.
#
#   LAB_SUBNETS        of the plan (5000)             LAB_RATE     exchanges a second (5000, or 1000 in CI)
#   LAB_RESERVATIONS   of the plan (100000)           LAB_RELOADS  while they come (3)
set -euo pipefail
. "$(dirname "$0")/lab.sh"
. "$LAB_HOME/topology.sh"

[ "$LAB_SERVER" = leasehold ] || die "the commands are Leasehold's"
lab_begin
topology
client_host client linkA
. "$LAB_HOME/server.sh"
RATE=${LAB_RATE:-$([ -n "${CI:-}" ] && echo 1000 || echo 5000)}
RELOADS=${LAB_RELOADS:-3}
SECONDS_OF_LOAD=$((4 + 6 * RELOADS))
GENERATOR=$ROOT/itests/load/target/leasehold-load.jar
PLAN=$SERVER_DIR/etc/leasehold/plan.d/plan.json

big() { python3 "$LAB_HOME/plans_big.py" "${LAB_SUBNETS:-5000}" "${LAB_RESERVATIONS:-100000}" "$1"; }
fact() { leasehold exec 'dhcp:status --json' | python3 -c 'import json, sys; print(json.load(sys.stdin)["facts"][sys.argv[1]])' "$1"; }
of() { python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))[sys.argv[2]])' "$1" "$2"; }
differs() { [ "$1" != "$2" ]; }

timed() {
  local begin
  begin=$(now_ms)
  leasehold exec "$2" >"$1" 2>&1 || fail "$2: $(tail -3 "$1")"
  TOOK=$(($(now_ms) - begin))
}

# load NAME SECONDS: 4-way exchanges of new clients; each message is sent once, so what is lost is seen.
load() {
  on client nice -n -10 java -XX:+UseSerialGC -Xmx256m -jar "$GENERATOR" 6 --interface eth0 --rate "$RATE" --seconds "$2" --warm 2 \
    --drop-ms 4000 --json >"$LAB_OUT/$1.json" 2>>"$LAB_OUT/load.log"
}

big 50000 >"$LAB_OUT/big.json"
say "the plan has $(wc -c <"$LAB_OUT/big.json") octets"
server_start server "$LAB_HOME/plans/bench6.json" || die "the server does not start"
small=$(server_memory_kib)
cp "$LAB_OUT/big.json" "$PLAN"
for i in 1 2 3; do
  timed "$LAB_OUT/check.txt" 'dhcp:plan-check'
  checked=$TOOK
  timed "$LAB_OUT/diff.txt" 'dhcp:plan-diff --json'
  compared=$TOOK
done
timed "$LAB_OUT/first.txt" 'dhcp:plan-reload'
printf 'without load: plan-check %d ms, plan-diff %d ms, plan-reload %d ms\n' "$checked" "$compared" "$TOOK"
printf 'memory after collection: %d MiB with the small plan, %d MiB with the big one\n' $((small / 1024)) $(($(server_memory_kib) / 1024))

load warm 8 || fail "the generator: $(tail -3 "$LAB_OUT/load.log")"
load still 8 || fail "the generator: $(tail -3 "$LAB_OUT/load.log")"
printf 'without a reload: %d begun, %d lost\n' "$(of "$LAB_OUT/still.json" begun)" "$(of "$LAB_OUT/still.json" lost)"
load reloaded "$SECONDS_OF_LOAD" &
loading=$!
sleep 4
for ((i = 1; i <= RELOADS; i++)); do
  digest=$(fact plan-digest)
  big $((50000 + i)) >"$PLAN"
  timed "$LAB_OUT/reload.txt" 'dhcp:plan-reload'
  printf 'plan-reload under load: %d ms\n' "$TOOK"
  check "the plan of reload $i is in force" differs "$digest" "$(fact plan-digest)"
done
wait "$loading" || fail "the generator: $(tail -3 "$LAB_OUT/load.log")"
begun=$(of "$LAB_OUT/reloaded.json" begun)
printf 'with %d reloads: %d begun, %d completed, %d lost, longest exchange %s ms\n' "$RELOADS" "$begun" \
  "$(of "$LAB_OUT/reloaded.json" completed)" "$(of "$LAB_OUT/reloaded.json" lost)" \
  "$(python3 -c 'import json, sys; print(round(json.load(open(sys.argv[1]))["latencyMicros"]["exchangeActual"]["max"] / 1000))' "$LAB_OUT/reloaded.json")"
server_drops | awk '$2 > 0' | tee "$LAB_OUT/drops.txt" | sed 's/^/dropped: /'
leasehold exec 'dhcp:counters --json received-lost' | sed 's/^/lost by the kernel: /'
check "clients came all the time" [ "$begun" -ge $((RATE * SECONDS_OF_LOAD / 2)) ]
check "no exchange is lost to a reload" [ "$(of "$LAB_OUT/reloaded.json" lost)" -eq 0 ]
finish
