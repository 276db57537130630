# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# What the sections of the benchmark are made of: units, each a server that is started, measured and stopped. Sourced by bench.sh.

UNIT_PID=
BUFFER_BEFORE=

bench_begin() {
  local kept
  kept=$(mktemp -d)
  if [ "${LAB_KEEP:-no}" != no ]; then cp "$LAB_OUT"/{values.tsv,churn.tsv,facts.json,kea-threads6,kea-threads4,kea.name,dhcpd.name,leasehold.name} "$kept" 2>/dev/null || true; fi
  lab_begin
  trap bench_end EXIT
  cp "$kept"/* "$LAB_OUT" 2>/dev/null || true
  rm -rf "$kept"
  # shellcheck disable=SC2154 # bench.sh's
  [ "${LAB_KEEP:-no}" = all ] || python3 "$LAB_HOME/bench_values.py" forget "$LAB_OUT" "${sections[@]}"
  BENCH_STARTED=$(($(date +%s) - SECONDS + LAB_STARTED))
  export BENCH_STARTED
  if [ -n "$LAB_BUFFER" ]; then
    BUFFER_BEFORE=$(sysctl -n net.core.rmem_default)
    sysctl -qw net.core.rmem_default="$LAB_BUFFER"
  fi
  mkdir -p "$LAB_OUT/plans"
  topology
  client_host client linkA
  # shellcheck disable=SC2034 # of the sections
  CLIENT_ADDRESS=$(awk '$1 == "client" { print $5 }' "$LAB_OUT/ports.tsv")
}

bench_end() {
  local code=$?
  set +e
  if [ -n "$UNIT_PID" ]; then kill -TERM -- "-$UNIT_PID" 2>/dev/null; fi
  [ -z "$BUFFER_BEFORE" ] || sysctl -qw net.core.rmem_default="$BUFFER_BEFORE"
  (exit "$code")
  lab_end
}

# What failed is told at once and at the end.
failed() {
  say "FAILED: $*"
  printf '%s\n' "$*" >>"$LAB_OUT/failures.txt"
}

# attempt NAME COMMAND...: goes on when the command fails. For programs, not for functions of the shell.
attempt() {
  local name=$1
  shift
  "$@" 2>>"$LAB_OUT/errors.log" || failed "$name: $(tail -1 "$LAB_OUT/errors.log" 2>/dev/null)"
}

# unit NAME SECONDS FUNCTION ARGUMENT...: in a process of its own, which takes its server down with it, whatever happens. It is ended
# when it takes longer.
unit() {
  local name=$1 limit=$2 code=0 guard
  shift 2
  say "$name"
  set -m
  (
    set +m
    trap - INT
    trap 'exit 143' TERM
    trap unit_end EXIT
    set -e
    "$@"
  ) </dev/null 2>>"$LAB_OUT/errors.log" &
  UNIT_PID=$!
  set +m
  (
    sleep "$limit"
    echo "ended after $limit s" >>"$LAB_OUT/errors.log"
    kill -TERM -- "-$UNIT_PID" 2>/dev/null
  ) >/dev/null 2>&1 &
  guard=$!
  wait "$UNIT_PID" || code=$?
  UNIT_PID=
  pkill -P "$guard" 2>/dev/null || true
  kill "$guard" 2>/dev/null || true
  wait "$guard" 2>/dev/null || true
  [ "$code" -eq 0 ] || failed "$name (code $code): $(tail -1 "$LAB_OUT/errors.log" 2>/dev/null)"
}

unit_end() {
  local code=$?
  set +e
  trap '' TERM
  if declare -F server_cleanup >/dev/null; then server_cleanup; fi
  lab_stop "${LAB_PIDS[@]}"
  # Stores of millions of leases are not kept.
  if [ -n "${SERVER_DIR:-}" ] && declare -F server_store_dir >/dev/null; then rm -rf "$(server_store_dir)"; fi
  exit "$code"
}

# serves SERVER FAMILY
serves() {
  case $1$2 in
    dhcpd6) false ;;
    *) LAB_SERVER=$1 bash -c '. "$0/server-$LAB_SERVER.sh"; server_families' "$LAB_HOME" | grep -q "$2" ;;
  esac
}

# plan SERVER FAMILY: the path of the plan. Kea's has the number of threads that was found to be best.
plan() {
  case $1 in
    dhcpd) echo "$LAB_HOME/plans/bench-dhcpd.conf" ;;
    kea)
      kea_plan "$2" "$(cat "$LAB_OUT/kea-threads$2" 2>/dev/null || echo 0)"
      ;;
    *) echo "$LAB_HOME/plans/bench$2.json" ;;
  esac
}

# kea_plan FAMILY THREADS: 0 is a single thread.
kea_plan() {
  local to=$LAB_OUT/plans/kea$1-$2.json threads='"enable-multi-threading": false'
  if [ "$2" -gt 0 ]; then threads="\"enable-multi-threading\": true, \"thread-pool-size\": $2, \"packet-queue-size\": 64"; fi
  sed "s/\"multi-threading\": {[^}]*}/\"multi-threading\": { $threads }/" "$LAB_HOME/plans/bench$1.json" >"$to"
  echo "$to"
}

# fresh SERVER PLAN: starts it on an empty store.
fresh() {
  LAB_SERVER=$1
  SERVER_DIR=$LAB_OUT/$1
  rm -rf "$SERVER_DIR"
  . "$LAB_HOME/server.sh"
  server_start server "$2" || die "$1 does not start: $(tail -5 "$(server_log)")"
  server_name >"$LAB_OUT/$1.name"
  measured "$1"
}

# measured SERVER: what is noted from now on is its.
measured() {
  BENCH_SERVER=$1
  BENCH_PID=$(server_pid 2>/dev/null || echo 0)
  export BENCH_SERVER BENCH_PID
}

load() { python3 "$LAB_HOME/bench_load.py" "$@"; }
note() { python3 "$LAB_HOME/bench_values.py" add "$LAB_OUT" "$BENCH_SERVER" "$@"; }

# warm_up MODE: machine code for what is used most. dhcpd syncs each lease for itself: what suits the others would take it minutes.
warm_up() {
  local much=(6000 36000)
  [ "$LAB_SERVER" != dhcpd ] || much=(200 1000)
  [ "$LAB_GENERATOR" != perfdhcp ] || return 0
  load fill "$1" "${much[@]}" >/dev/null
}

resident_kib() { awk '/^VmRSS/ { print $2 }' "/proc/$(server_pid)/status"; }

# modes FAMILY: those of the family that are to be measured.
modes() {
  local mode
  for mode in $LAB_MODES; do [[ $mode != "$1"* ]] || echo "$mode"; done
}

# class_path: what was built, and the logging interface.
class_path() {
  local part jars
  jars=$(find ~/.m2/repository -name 'slf4j-api-2*.jar' ! -name '*sources*' | sort -V | tail -1)
  for part in codec api store-journal; do jars=$jars:$ROOT/bundles/$part/target/classes; done
  echo "$jars:$ROOT/itests/jmh/target/classes"
}

bench_report() {
  local code=0
  # Debian's own Python has Debian's matplotlib.
  PATH=/usr/bin:$PATH python3 "$LAB_HOME/bench_plots.py" "$LAB_OUT" 2>>"$LAB_OUT/errors.log" || failed "the plots: $(tail -1 "$LAB_OUT/errors.log")"
  python3 "$LAB_HOME/bench_report.py" report "$LAB_OUT" >"$LAB_OUT/benchmarks.md" || failed "the report"
  cat "$LAB_OUT/benchmarks.md"
  if [ -s "$LAB_OUT/failures.txt" ]; then
    code=1
    printf 'failed:\n'
    sed 's/^/  /' "$LAB_OUT/failures.txt"
  fi
  if [ "$PUBLISH" = yes ]; then
    python3 "$LAB_HOME/bench_report.py" publish "$LAB_OUT" "$ROOT/docs"
    say "published to docs/benchmarks.md and docs/benchmarks/"
  fi
  say "report in $LAB_OUT/benchmarks.md"
  return "$code"
}
