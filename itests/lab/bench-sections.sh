# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# The sections of the benchmark; bench.sh says what they are. Sourced. A function unit_* runs in a process of its own.

LOW_RATE=2000

section_ceiling() {
  local family
  for family in $FAMILIES; do unit "ceiling of DHCPv$family" 300 unit_ceiling "$family"; done
}

unit_ceiling() {
  local where=() mode
  [ "$1" = 4 ] || where=(--interface linkA)
  spawn server "$LAB_OUT/echo$1.log" java -XX:+UseSerialGC -jar "$LAB_JAR" echo "$1" "${where[@]}"
  eventually 20 grep -q 'echo answers' "$LAB_OUT/echo$1.log"
  export BENCH_SERVER=echo BENCH_PID=$SPAWNED
  for mode in $(modes "$1"); do
    # Renewing is two messages, too; and the responder listens on the clients' link, a relay would speak to another.
    case $mode in
      6 | 6rapid | 4) attempt "ceiling of $mode" load_program search "$mode" "$TRY_SECONDS" ;;
    esac
  done
}

section_threads() {
  local family threads
  for family in $FAMILIES; do
    [[ " $SERVERS " == *" kea "* ]] || continue
    for threads in 0 2 4; do unit "Kea, DHCPv$family, threads: $threads" 100 unit_threads "$family" "$threads"; done
    python3 "$LAB_HOME/bench_values.py" most "$LAB_OUT" kea "threads $family" >"$LAB_OUT/kea-threads$family" || echo 0 >"$LAB_OUT/kea-threads$family"
    say "Kea serves DHCPv$family best with threads: $(cat "$LAB_OUT/kea-threads$family") (0: a single one)"
  done
}

# How much comes through with a fixed number of clients is enough for a comparison.
unit_threads() {
  local try
  fresh kea "$(kea_plan "$1" "$2")"
  for try in 1 2 3; do attempt "try $try with threads: $2" load_program closed "$1" "$TRY_SECONDS" "threads $1" "$2"; done
}

section_rates() {
  local round family server
  for ((round = 1; round <= ROUNDS; round++)); do
    for family in $FAMILIES; do
      for server in $SERVERS; do
        serves "$server" "$family" || continue
        unit "rates, round $round of $ROUNDS, DHCPv$family: $server" 900 unit_rates "$server" "$family"
      done
    done
  done
}

unit_rates() {
  local mode
  fresh "$1" "$(plan "$1" "$2")"
  warm_up "$2"
  for mode in $(modes "$2"); do attempt "$1, rate of $mode" load_program search "$mode" "$TRY_SECONDS"; done
  [ "$1" != leasehold ] || per_call "DHCPv$2" || failed "datagrams of a system call"
}

# Datagrams that one system call receives and sends, where the transport counts its calls.
per_call() {
  leasehold exec 'dhcp:counters --json' | python3 -c '
import json, sys
counts = json.load(sys.stdin)
for way, calls in (("received", "receive-calls"), ("sent", "send-calls")):
    done = sum(v for k, v in counts.items() if k.startswith("transport-") and k.endswith("-" + calls))
    if done:
        print(way, "%.2f" % (sum(v for k, v in counts.items() if k.startswith("transport-") and k.endswith("-" + way)) / done))' |
    while read -r way number; do note "$way-a-call $1" - "$number"; done
}

load_program() { python3 "$LAB_HOME/bench_load.py" "$@"; }

# The highest rate of a server is needed; it is searched if it was not.
know_best() {
  [ "$(load best "$2" "$1")" -gt 0 ] || unit "rate of DHCPv$2: $1" 300 unit_best "$1" "$2"
}

unit_best() {
  fresh "$1" "$(plan "$1" "$2")"
  warm_up "$2"
  load search "$2" "$TRY_SECONDS"
}

section_latency() {
  local round family server
  for family in $FAMILIES; do
    for server in $SERVERS; do if serves "$server" "$family"; then know_best "$server" "$family"; fi; done
  done
  for ((round = 1; round <= ROUNDS; round++)); do
    for family in $FAMILIES; do
      for server in $SERVERS; do
        serves "$server" "$family" || continue
        unit "latency, round $round of $ROUNDS, DHCPv$family: $server" 300 unit_latency "$server" "$family"
        [ "$server" != leasehold ] || unit "latency, round $round of $ROUNDS, DHCPv$family: $server, synced later" 300 unit_later "$family"
      done
    done
  done
}

# Rates that the server cannot serve are left out: they would measure a queue.
unit_latency() {
  local own half at rate
  own=$(load best "$2" "$1")
  half=$(load half "$2")
  fresh "$1" "$(plan "$1" "$2")"
  warm_up "$2"
  for at in low half own; do
    case $at in
      low) rate=$LOW_RATE ;;
      half) rate=$half ;;
      own) rate=$own ;;
    esac
    if [ "$rate" -gt 0 ] && [ "$rate" -le "$own" ]; then
      attempt "$1, DHCPv$2 at $rate/s" load_program steady "$2" "$rate" "$STEADY_SECONDS" "$at"
    fi
  done
}

# What the sync costs: as durable as Kea's leases, and no more.
unit_later() {
  local half
  half=$(load half "$1")
  [ "$half" -gt 0 ] || die "the highest rate of Kea is not known"
  export JAVA_OPTS="${JAVA_OPTS:-} -Dio.leasehold.store.journal.sync=interval"
  fresh leasehold "$(plan leasehold "$1")"
  warm_up "$1"
  load steady "$1" "$half" "$STEADY_SECONDS" later
}

section_overload() {
  local server way
  for server in $SERVERS; do
    serves "$server" 6 || continue
    know_best "$server" 6
    for way in once again; do unit "overload, clients ask $way: $server" 400 unit_overload "$server" "$way"; done
  done
}

unit_overload() {
  local own factor again=()
  own=$(load best 6 "$1")
  [ "$own" -gt 0 ] || die "the highest rate of $1 is not known"
  [ "$2" = once ] || again=(retransmit)
  fresh "$1" "$(plan "$1" 6)"
  warm_up 6
  for factor in $FACTORS; do
    attempt "$1, $factor times its highest rate, $2" load_program offered 6 \
      "$(awk -v own="$own" -v factor="$factor" 'BEGIN { print int(own * factor) }')" "$STEADY_SECONDS" "$factor" "${again[@]}"
  done
}

section_size() {
  local round count server
  for count in $SIZES; do
    if [ "$count" -gt 2000000 ] && [ "$(awk '/^MemAvailable/ { print int($2 / 1048576) }' /proc/meminfo)" -lt 14 ]; then
      say "$count leases are left out: less than 14 GiB of memory are free"
      continue
    fi
    for ((round = 1; round <= ROUNDS; round++)); do
      # The largest takes minutes; once is enough.
      [ "$count" -le 2000000 ] || [ "$round" -eq 1 ] || continue
      for server in $SERVERS; do
        serves "$server" 6 || continue
        unit "size, round $round, $count leases: $server" 1500 unit_size "$server" "$count"
      done
    done
  done
  for server in $SERVERS; do
    if serves "$server" 6; then unit "size, leases that were obtained: $server" 300 unit_obtained "$server" 100000; fi
  done
}

# Starts once for nothing: the first start of Leasehold makes the archive of classes that later ones use.
unit_size() {
  local last
  fresh "$1" "$(plan "$1" 6)"
  [ "$2" -gt 100000 ] || { server_stop && start_timed "$1" 0; }
  server_stop
  case $1 in
    kea) python3 "$LAB_HOME/kea_leases.py" write "$(server_store_dir)/kea-leases6.csv" "$2" ;;
    *) java -XX:+UseSerialGC -Xmx2g -Dslf4j.internal.verbosity=ERROR -cp "$(class_path)" io.leasehold.jmh.Fill "$(server_store_dir)" "$2" ;;
  esac
  # Of the last client, so that all have been read.
  last=$(python3 "$LAB_HOME/kea_leases.py" client $(($2 - 1)))
  start_timed "$1" "$2" "$last"
  note resident "$2" "$(resident_kib)"
  say "$1: $(($(resident_kib) / 1024)) MiB resident with $2 leases"
}

# start_timed SERVER LEASES [ADDRESS DUID]: from the command to the first answer.
start_timed() {
  local begin first=$LAB_OUT/first-answer.txt prober
  # shellcheck disable=SC2086 # two words are meant
  python3 "$LAB_HOME/first_answer.py" "$LAB_NAME" "$CLIENT_ADDRESS" ${3:-} ${3:+"$LAB_START_SECONDS"} >"$first" &
  prober=$!
  begin=$(now_ms)
  server_restart
  wait "$prober"
  measured "$1"
  note "first answer" "$2" "$(($(cat "$first") - begin))"
  say "$1: $(($(cat "$first") - begin)) ms from start to the first answer with $2 leases"
}

unit_obtained() {
  fresh "$1" "$(plan "$1" 6)"
  note "resident empty" "-" "$(resident_kib)"
  note "obtained" "-" "$(load fill 6 5000 "$2")"
  note "resident obtained" "-" "$(resident_kib)"
}

section_checkpoint() {
  [[ " $SERVERS " == *" leasehold "* ]] || return 0
  know_best kea 6
  unit "latency while a checkpoint is written: leasehold" 300 unit_checkpoint 1000000
}

unit_checkpoint() {
  local half writer before
  half=$(load half 6)
  fresh leasehold "$(plan leasehold 6)"
  server_stop
  java -XX:+UseSerialGC -Xmx2g -Dslf4j.internal.verbosity=ERROR -cp "$(class_path)" io.leasehold.jmh.Fill "$(server_store_dir)" "$1"
  server_restart
  measured leasehold
  warm_up 6
  load steady 6 "$half" "$((2 * STEADY_SECONDS))" normal
  # One line of many commands: each program that is started would cost processor time of its own. What they say comes at the end.
  before=$(compactions)
  leasehold exec "$(printf 'dhcp:store-compact;shell:sleep 200;%.0s' {1..200})" >"$LAB_OUT/compact.log" 2>&1 &
  writer=$!
  sleep 2
  load steady 6 "$half" "$((2 * STEADY_SECONDS))" checkpoint
  alive "$writer" || die "checkpoints ended early: $(tail -1 "$LAB_OUT/compact.log")"
  kill "$writer"
  note checkpoints - "$(($(compactions) - before))"
}

compactions() { leasehold exec 'dhcp:store-status' | awk '$1 == "compactions" { print $2 }'; }

section_churn() {
  know_best leasehold 6
  unit "churn for $CHURN_SECONDS s: leasehold" $((CHURN_SECONDS + 300)) unit_churn
}

# Leases last a minute: at 80 % load those of more than half a million clients come and go.
unit_churn() {
  local rate lifetime=$((CHURN_SECONDS < 480 ? CHURN_SECONDS / 8 : 60))
  rate=$(($(load best 6 leasehold) * 8 / 10))
  [ "$rate" -gt 0 ] || die "the highest rate is not known"
  sed "s/\"renew-timer\": [0-9]*/\"renew-timer\": $((lifetime / 3))/; s/\"rebind-timer\": [0-9]*/\"rebind-timer\": $((lifetime / 2))/
    s/\"preferred-lifetime\": [0-9]*/\"preferred-lifetime\": $lifetime/; s/\"valid-lifetime\": [0-9]*/\"valid-lifetime\": $lifetime/" \
    "$LAB_HOME/plans/bench6.json" >"$LAB_OUT/plans/churn6.json"
  fresh leasehold "$LAB_OUT/plans/churn6.json"
  warm_up 6
  python3 "$LAB_HOME/bench_churn.py" "$rate" "$CHURN_SECONDS"
}
