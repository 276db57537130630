#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What is left of a server that is asked for more than it can do: the exchanges that it completes in a second, each half within a
# second, when new clients come at LAB_OFFERED times the rate that it can serve, and what becomes of those who renew meanwhile. The
# generator shares the processors with the server; what each of them takes is told. LAB_SERVER=kea measures Kea for comparison.
#
#   LAB_SECONDS   length of each measurement (4)      LAB_OFFERED   multiples of the maximum (1.5 2 3)
#   LAB_FAMILIES  6 4                                 LAB_SHARE     per cent of the maximum that must be left at the last (60)
set -euo pipefail
. "$(dirname "$0")/lab.sh"
. "$LAB_HOME/topology.sh"

LENGTH=${LAB_SECONDS:-4}
OFFERED=${LAB_OFFERED:-1.5 2 3}
FAMILIES=${LAB_FAMILIES:-6 4}
SHARE=${LAB_SHARE:-60}
RENEWED=99 # per cent, each asked once
RENEWALS=200
UNDER_WAY=256
GENERATOR=$ROOT/itests/load/target/leasehold-load.jar
PLANS=$LAB_HOME/plans
FIRST4=(--local 10.255.0.2 --to 10.255.0.1)
SECOND4=(--local 10.255.0.3 --to 10.255.0.1)
FIRST6=(--interface eth0)
SECOND6=(--interface eth0)
HOSTS4=(relay1 relay2)
HOSTS6=(client other)

# Clock ticks of processor time, 100 a second.
ticks() { awk '{ print $14 + $15 }' "/proc/$(server_pid)/stat"; }

# load NAME HOST WORDS...: one run of the generator.
load() { on "$2" java -XX:+UseSerialGC -Xmx256m -jar "$GENERATOR" "${@:3}" --json >"$LAB_OUT/$1.json" 2>>"$LAB_OUT/load.log"; }

# of NAME PATH: a figure of a run.
of() {
  python3 - "$LAB_OUT/$1.json" "$2" <<'END'
import json, sys
value = json.load(open(sys.argv[1]))
for word in sys.argv[2].split("."):
    value = value[word]
print(value if isinstance(value, str) else "%.0f" % value)
END
}

percent() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.1f", b > 0 ? 100 * a / b : 0 }'; }

# row NAME WHAT SERVER-TICKS
row() {
  printf '%-14s %9s %10s %8s %9s %9s %7s %7s %s\n' "$2" "$(of "$1" begun)" "$(of "$1" achieved)" "${4:--}" \
    "$(of "$1" latencyMicros.exchange.p50)" "$(of "$1" latencyMicros.exchange.p99)" "$(percent "$3" $((LENGTH * 100)))" \
    "$(of "$1" generator.cpuPercent)" "$(of "$1" generator.isTheLimit)" | tee -a "$LAB_OUT/table.txt"
}

measure() { :; }
