#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Starvation: LAB_FLOOD (200000; 1000000 is the whole of it) DISCOVERs at full rate, each from another hardware address, do not
# fill the memory, and clients that renew are served meanwhile.
set -euo pipefail
. "$(dirname "$0")/lab.sh"
. "$LAB_HOME/topology.sh"
. "$LAB_HOME/server.sh"

FLOOD=${LAB_FLOOD:-200000}
CLIENTS=200
WARM_UP=20000
SHARE=95      # per cent of renewals served; each client asks three times, a second apart
GROWTH=65536  # KiB of memory in use

flood() { python3 "$LAB_HOME/flood4.py" flood "$LAB_NAME" "$1"; }
resident_kib() { awk '/^VmRSS/ { print $2 }' "/proc/$PID/status"; }
heap() { printf '%s: %d KiB in use after a collection, %d KiB resident\n' "$1" "$2" "$(resident_kib)"; }

lab_begin
topology
client_host client linkA
client_host flooder linkA
# The switch is not what is tested: it need not remember a million addresses.
ip -n "$(ns switch)" link set "p$LAB_PORTS" type bridge_slave learning off
ip -n "$(ns server)" route add 10.0.0.0/9 dev linkA
say "starting $(server_name)"
server_start server "$LAB_HOME/plans/flood4.json" || die "the server does not start: $(tail -5 "$(server_log)")"
PID=$(server_pid)
python3 "$LAB_HOME/flood4.py" obtain "$LAB_NAME" "$LAB_OUT" "$CLIENTS" "$LAB_OUT/leases.txt" || die "no leases"
flood "$WARM_UP" >"$LAB_OUT/warm-up.txt"
before=$(server_memory_kib)
heap "before" "$before"
say "$FLOOD DISCOVERs from as many clients"
flood "$FLOOD" >"$LAB_OUT/flood.txt" &
flooding=$!
began=$(now_ms)
(while kill -0 "$flooding" 2>/dev/null; do
  python3 "$LAB_HOME/flood4.py" renew "$LAB_NAME" "$LAB_OUT" "$LAB_OUT/leases.txt" 2
done) >"$LAB_OUT/renewed.txt"
wait "$flooding"
read -r sent rate <"$LAB_OUT/flood.txt"
say "$sent sent, $rate a second, in $(($(now_ms) - began)) ms"
read -r asked first answered delay < <(awk '{ a += $1; f += $2; b += $3; d += $3 * $4 }
  END { printf "%d %d %d %.0f\n", a, f, b, d / (b ? b : 1) }' "$LAB_OUT/renewed.txt")
after=$(server_memory_kib)
heap "after" "$after"
printf 'the highest: %d KiB resident\n' "$(awk '/^VmHWM/ { print $2 }' "/proc/$PID/status")"
told="$answered of $asked served, $first of them at the first question, after $delay ms in the mean"
if [ "$answered" -gt 0 ] && [ $((answered * 100)) -ge $((asked * SHARE)) ]; then pass "renewals meanwhile: $told"; else fail "renewals meanwhile: $told"; fi
if [ "$after" -lt $((before + GROWTH)) ]; then pass "memory: $before KiB, then $after KiB"; else fail "memory grew from $before KiB to $after KiB"; fi
if alive "$PID"; then pass "the same process serves"; else fail "the server is gone"; fi
if server_log_clean; then pass "no stack trace in the log"; else fail "stack traces in $(server_log)"; fi
if [ "$LAB_SERVER" = leasehold ]; then leasehold exec 'dhcp:counters --nonzero' | tee "$LAB_OUT/counters.txt"; fi
finish
