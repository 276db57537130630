#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A server that is asked for more than it can do: how many exchanges it completes in a second, each half within a second, when new
# clients come at multiples of the rate that it can serve, and what becomes of those who renew meanwhile. The generator shares the
# processors with the server; what each of them takes, in per cent of one processor, is told. Figures that are published come from
# ./dev bench; this checks that nothing collapses, also on a machine that has other work: a plain queue would complete less than a
# quarter, and what the generator takes of two processors at three times the maximum is lost to the server.
#
#   LAB_SECONDS   length of each measurement (3)      LAB_OFFERED   multiples of the maximum (3)
#   LAB_FAMILIES  6 4                                 LAB_SHARE     per cent of the maximum that must be left at the last one (60)
#   LAB_ROUNDS    how often everything is measured (3); the best counts, because other work only takes away
set -euo pipefail
. "$(dirname "$0")/lab.sh"
. "$LAB_HOME/topology.sh"
. "$LAB_HOME/server.sh"

LENGTH=${LAB_SECONDS:-3}
OFFERED=${LAB_OFFERED:-3}
FAMILIES=${LAB_FAMILIES:-6 4}
SHARE=${LAB_SHARE:-60}
ROUNDS=${LAB_ROUNDS:-3}
RENEWED=90   # per cent of renewals, each asked for once: the kernel loses some before the server can choose
RENEWALS=200 # a second
WARM=2
UNDER_WAY=512
GENERATOR=$ROOT/itests/load/target/leasehold-load.jar
# shellcheck disable=SC2034 # used by name
HOSTS6=(client other)
# shellcheck disable=SC2034
WORDS6=('6 --interface eth0' '6renew --interface eth0')
# shellcheck disable=SC2034
HOSTS4=(relay1 relay2)
# shellcheck disable=SC2034
WORDS4=('4 --local 10.255.0.2 --to 10.255.0.1' '4renew --local 10.255.0.3 --to 10.255.0.1')

# Clock ticks of processor time, 100 a second.
ticks() { awk '{ print $14 + $15 }' "/proc/$(server_pid)/stat"; }

# load NAME HOST WORDS...: one run of the generator; it goes before the server, or it would not ask for what it should.
load() {
  on "$2" nice -n -10 java -XX:+UseSerialGC -Xmx256m -jar "$GENERATOR" "${@:3}" --warm "$WARM" --seconds "$LENGTH" --json \
    >"$LAB_OUT/$1.json" 2>>"$LAB_OUT/load.log"
}

# of NAME PATH...: figures of a run.
of() {
  python3 - "$LAB_OUT/$1.json" "${@:2}" <<'END'
import json, sys
for path in sys.argv[2:]:
    value = json.load(open(sys.argv[1]))
    for word in path.split("."):
        value = value[word]
    print(value if isinstance(value, bool) else "%.0f" % value, end=" ")
print()
END
}

percent() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.1f", (b > 0 ? 100 * a / b : 0) }'; }

# measure NAME OFFERED HOST WORDS...: a run and its line in the table; what was completed in a second is in DONE.
declare -A BEST
measure() {
  local name=$1 offered=$2 before began begun rate half long cpu limit
  before=$(ticks)
  began=$(now_ms)
  load "$name" "${@:3}"
  before=$(percent $((($(ticks) - before) * 10)) $(($(now_ms) - began)))
  read -r begun rate half long cpu limit < <(of "$name" begun achieved latencyMicros.exchange.p50 latencyMicros.exchange.p99 \
    generator.cpuPercent generator.isTheLimit)
  DONE=$rate
  printf '%-10s %9d %9d %9s %9s %8s %8s %9s %s\n' "$offered" $((begun / LENGTH)) "$rate" "$half" "$long" "$before" "$cpu" \
    "$(lost)" "$([ "$limit" = False ] || echo 'the generator was late')" | tee -a "$LAB_OUT/table.txt"
}

# What the kernel has lost so far for want of room.
lost() {
  local now=0
  if [ "$LAB_SERVER" = leasehold ]; then
    now=$(leasehold exec 'dhcp:counters --json received-lost' | tr -cd '0-9\n' | awk '{ sum += $1 } END { print sum + 0 }')
  fi
  echo "$now"
}

# times FACTOR RATE
times() { awk -v f="$1" -v r="$2" 'BEGIN { printf "%d", f * r }'; }

overload() {
  local family=$1 round factor most last left
  local -n hosts=HOSTS$family words=WORDS$family
  BEST=()
  rm -rf "$SERVER_DIR"
  server_start server "$LAB_HOME/plans/bench$family.json" || die "the server does not start: $(tail -5 "$(server_log)")"
  say "DHCPv$family: $(server_name)"
  # shellcheck disable=SC2086 # words are meant
  load warm "${hosts[0]}" ${words[0]} --closed $UNDER_WAY
  printf '%-10s %9s %9s %9s %9s %8s %8s %9s\n' offered begun/s done/s p50-us p99-us server-% load-% all-lost | tee -a "$LAB_OUT/table.txt"
  for ((round = 1; round <= ROUNDS; round++)); do
    # shellcheck disable=SC2086
    measure "max$family-$round" maximum "${hosts[0]}" ${words[0]} --closed $UNDER_WAY
    most=$DONE
    for factor in $OFFERED; do
      last=$factor
      # shellcheck disable=SC2086
      measure "at$factor-$family-$round" "$factor" "${hosts[0]}" ${words[0]} --rate "$(times "$factor" "$most")"
      left=$DONE
      # shellcheck disable=SC2086
      measure "max$family-$round" maximum "${hosts[0]}" ${words[0]} --closed $UNDER_WAY
      # Against the smaller of the maxima before and after: the machine is not the same all the time.
      left=$((100 * left / (DONE < most ? DONE : most)))
      [ "$left" -le "${BEST[$factor]:-0}" ] || BEST[$factor]=$left
      most=$DONE
    done
  done
  for factor in $OFFERED; do
    say "DHCPv$family: ${BEST[$factor]:-0} % of the maximum are completed at $factor times of it"
  done
  check "DHCPv$family: ${BEST[$last]:-0} % are left at $last times the maximum, $SHARE are enough" test "${BEST[$last]:-0}" -ge "$SHARE"
  renewals "$family" "$(times "$last" "$most")"
  check "DHCPv$family: every drop has a reason" drops_add_up "pkt$family"
  if server_log_clean; then pass "no stack trace in the log"; else fail "stack traces in $(server_log)"; fi
  server_stop
}

renewers_have_leases() { [ "$(grep -c 'have a lease' "$LAB_OUT/load.log")" -gt "${RENEWERS:-0}" ]; }

# renewals FAMILY RATE: some renew, and one after the other everybody else begins at that rate.
renewals() {
  local asked=0 served=0 RENEWERS
  local -n hosts=HOSTS$1 words=WORDS$1
  RENEWERS=$(grep -c 'have a lease' "$LAB_OUT/load.log" || true)
  # shellcheck disable=SC2086
  load "renew$1" "${hosts[1]}" ${words[1]} --clients 500 --rate "$RENEWALS" &
  local renewing=$!
  eventually 20 renewers_have_leases || true
  # shellcheck disable=SC2086
  load "beside$1" "${hosts[0]}" ${words[0]} --rate "$2"
  wait "$renewing"
  read -r asked served < <(of "renew$1" begun completed)
  check "DHCPv$1: $served of $asked renewals were answered meanwhile, at the first time of asking" \
    test $((served * 100)) -ge $((asked * RENEWED))
}

# drops_add_up PREFIX: what was received was answered or has a reason.
drops_add_up() {
  [ "$LAB_SERVER" = leasehold ] || return 0
  leasehold exec 'dhcp:counters --json' >"$LAB_OUT/counters-$1.json"
  python3 - "$LAB_OUT/counters-$1.json" "$1" <<'END'
import json, sys
counters, prefix = json.load(open(sys.argv[1])), sys.argv[2] + "-"
count = lambda word: counters.get(prefix + word, 0)
reasons = sum(v for k, v in counters.items() if k.startswith(prefix + "drop-")) + count("duplicate") + count("queue-full")
print({k: v for k, v in counters.items() if v and k.startswith(prefix)})
assert count("receive-drop") == reasons, (count("receive-drop"), reasons)
assert count("received") == count("sent") + count("send-failed") + reasons
assert count("drop-overload") > 0
END
}

lab_begin
[ -e "$GENERATOR" ] || die "no load generator in itests/load/target: build it first (./dev run does)"
topology
client_host client linkA
client_host other linkA
for family in $FAMILIES; do
  if [[ $(server_families) == *$family* ]]; then overload "$family"; fi
done
finish
