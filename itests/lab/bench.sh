#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Measures Leasehold against Debian's Kea, and for DHCPv4 its ISC dhcpd, on this machine. Servers take turns, round by round, each on
# an empty store; every lease is on disk before it is promised (Kea: memfile, written but not synced). Nobody needs to watch: what
# fails is noted and the next thing is measured; the end tells, and the exit code.
#
#   bench.sh [--publish] [--keep] [SECTION...]
#
#   ceiling    the generator against a responder that does nothing: no server on this machine can be faster
#   threads    how many threads serve Kea best; the other sections use that number (without it: one thread)
#   rates      the highest rate of each kind of exchange with less than 1 % lost
#   latency    percentiles and processor time at 2,000 a second, at half of Kea's highest rate and at the server's own
#   overload   what is completed when a quarter to three times of the server's highest rate is asked for
#   size       memory, and time from start to first answer, with 100,000 leases and more (memory and restart are other words for it)
#   checkpoint latency while the store writes a checkpoint
#   hops       exchanges through a relay agent: UDP, TLS, DTLS, beside isc-dhcp-relay and Kea
#   channels   handshakes and records of each way to protect a hop, under JMH
#   failover   a server with a partner against the same alone: rates, latency, processor time; Kea with its hook for high availability, too
#   resync     a partner that has lost its disk learns a million leases: time, octets, and what clients feel meanwhile
#   pool       resolutions, registrations and memory of a registrar; a relay agent before a pool against the same before the server
#   churn      20 minutes of leases that come and go at 80 % load, and nothing may grow; not among those that run by default
#
# --publish, or LAB_PUBLISH=yes, puts the result into docs/benchmarks.md and docs/benchmarks/. --keep, or LAB_KEEP=yes, keeps what the
# other sections have measured before, so that one can be repeated or added. --add keeps everything: rounds are added.
#
#   LAB_ROUNDS   rounds (2)           LAB_SECONDS  seconds of one try (2); what is not searched takes twice that
#   LAB_SERVERS  kea dhcpd leasehold          LAB_FAMILIES  6 4          LAB_MODES  6 6relayed 6rapid 6renew 4 4renew
#   LAB_SIZES    numbers of leases of "size" (100000 1000000 10000000; one too large for the memory is left out)
#   LAB_FACTORS  of "overload" (0.25 0.5 0.75 1 1.5 2 3)
#   LAB_CHURN_SECONDS  1200           LAB_RESYNC_LEASES  1000000          LAB_KEA_PAIR_THREADS  of "failover" (2)
#   LAB_BUFFER   octets that sockets may hold which do not say otherwise (what the kernel has; with perfdhcp 4194304, because it
#                says nothing and would lose answers); put back at the end
#   LAB_NICE     priority of the generator (-10): where it would wait for the server, it would be what is measured
#   LAB_GENERATOR=perfdhcp   the rates with Kea's generator, as a cross-check
set -euo pipefail
. "$(dirname "$0")/lab.sh"
. "$LAB_HOME/topology.sh"
. "$LAB_HOME/bench-units.sh"
. "$LAB_HOME/bench-sections.sh"
. "$LAB_HOME/bench-hops.sh"
. "$LAB_HOME/bench-pairs.sh"
. "$LAB_HOME/bench-pool.sh"

LAB_OUT=$ROOT/target/lab/bench
ROUNDS=${LAB_ROUNDS:-2}
TRY_SECONDS=${LAB_SECONDS:-2}
STEADY_SECONDS=$((2 * TRY_SECONDS))
SERVERS=${LAB_SERVERS:-kea dhcpd leasehold}
FAMILIES=${LAB_FAMILIES:-6 4}
LAB_MODES=${LAB_MODES:-6 6relayed 6rapid 6renew 4 4renew}
SIZES=${LAB_SIZES:-100000 1000000 10000000}
FACTORS=${LAB_FACTORS:-0.25 0.5 0.75 1 1.5 2 3}
CHURN_SECONDS=${LAB_CHURN_SECONDS:-1200}
PUBLISH=${LAB_PUBLISH:-no}
export LAB_OUT LAB_NAME
export LAB_GENERATOR=${LAB_GENERATOR:-leasehold} LAB_JAR=$ROOT/itests/load/target/leasehold-load.jar
export LAB_START_SECONDS=${LAB_START_SECONDS:-600}

LAB_BUFFER=${LAB_BUFFER:-$([ "$LAB_GENERATOR" != perfdhcp ] || echo 4194304)}

sections=()
for word in "$@"; do
  case $word in
    --publish) PUBLISH=yes ;;
    --keep) LAB_KEEP=yes ;;
    --add) LAB_KEEP=all ;;
    memory | restart) sections+=(size) ;;
    ceiling | threads | rates | latency | overload | size | checkpoint | hops | channels | failover | resync | pool | churn) sections+=("$word") ;;
    *) die "unknown section '$word'; $0 lists them" ;;
  esac
done
[ ${#sections[@]} -gt 0 ] || sections=(ceiling threads rates latency overload size checkpoint hops channels failover resync pool)
if [ "$LAB_GENERATOR" = perfdhcp ]; then
  sections=(rates)
elif [ ! -e "$LAB_JAR" ]; then
  die "no load generator in $LAB_JAR: build it first (./dev bench does)"
fi

bench_begin
python3 "$LAB_HOME/bench_report.py" facts "$LAB_OUT" "rounds=$ROUNDS" "try=$TRY_SECONDS" "steady=$STEADY_SECONDS" \
  "generator=$LAB_GENERATOR" "sections=${sections[*]}"
for section in $(printf '%s\n' "${sections[@]}" | awk '!seen[$0]++'); do
  say "== $section"
  "section_$section"
done
bench_report
