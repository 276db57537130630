# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# Debian's kea-dhcp6-server and kea-dhcp4-server behind the interface of server.sh: a plan for each of them, or for one. Their
# fixed paths are directories of SERVER_DIR.

KEA_HOST=
KEA_PID=

server_name() { echo "Kea $(kea-dhcp6 -v)"; }
server_families() { echo 6 4; }

server_start() {
  KEA_HOST=$1
  mkdir -p "$SERVER_DIR/lib" "$SERVER_DIR/run"
  rm -f "$SERVER_DIR"/plan*.json
  server_plan "${@:2}"
  server_restart
}

server_plan() {
  local plan
  for plan in "$@"; do cp "$plan" "$SERVER_DIR/plan$(plan_family "$plan").json"; done
}

server_restart() {
  local family
  rm -f "$SERVER_DIR/run"/*
  KEA_PID=
  for family in 6 4; do
    [ ! -e "$SERVER_DIR/plan$family.json" ] || kea_one "$family" || return 1
  done
}

kea_one() {
  local before
  touch "$(server_log)"
  before=$(kea_starts "$1")
  LAB_BIND="$SERVER_DIR/lib:/var/lib/kea $SERVER_DIR/run:/run/kea" KEA_LOCKFILE_DIR=none KEA_PIDFILE_DIR=/run/kea \
    spawn "$KEA_HOST" "$(server_log)" "kea-dhcp$1" -c "$SERVER_DIR/plan$1.json"
  KEA_PID+="${KEA_PID:+ }$SPAWNED"
  kea_ready() { [ "$(kea_starts "$1")" -gt "$before" ]; }
  kea_settled() { kea_ready "$1" || dead "$SPAWNED"; }
  eventually "${LAB_START_SECONDS:-20}" kea_settled "$1" && kea_ready "$1"
}

kea_starts() { grep -c "DHCP$1_STARTED" "$(server_log)" || true; }

# shellcheck disable=SC2086 # one word per pid is meant
server_stop() { lab_stop $KEA_PID; }

server_kill() {
  local pid
  for pid in $KEA_PID; do
    kill -9 "$pid"
    wait "$pid" 2>/dev/null || true
  done
}

# One of them, where both run: tests that look into the process start one.
server_pid() { echo "${KEA_PID%% *}"; }
server_log() { echo "$SERVER_DIR/kea.log"; }

# The lease file is appended to: the last line of an address counts. Fields: address, duid, valid_lifetime, ..., prefix_len (10);
# of IPv4: address, hwaddr, client_id, valid_lifetime.
server_leases() {
  cat "$SERVER_DIR"/lib/kea-leases6.csv* 2>/dev/null | awk -F, '
    $1 == "address" { next }
    { key = $1 ($9 < 128 && $7 == 2 ? "/" $9 : ""); live[key] = $3 }
    END { for (key in live) if (live[key] > 0) print key }'
  cat "$SERVER_DIR"/lib/kea-leases4.csv* 2>/dev/null | awk -F, '
    $1 != "address" { live[$1] = $4 }
    END { for (key in live) if (live[key] > 0) print key }'
}

server_cleanup() { [ -z "$KEA_PID" ] || server_stop; }
server_console() { :; }

# Kea's counters do not name reasons.
server_drops() { return 1; }
server_memory_kib() { awk '/^VmRSS/ { print $2 }' "/proc/$(server_pid)/status"; }
server_log_clean() { ! grep -qi 'terminate called\|assert' "$(server_log)"; }
server_store_dir() { echo "$SERVER_DIR/lib"; }
server_small_store() { :; }
server_status() { echo "no status: out of space or not"; }
server_survives_file_limit() { return 1; }
server_plan_errors() { grep -E 'ERROR|Error' "$(server_log)"; }
server_knows_last_good_plan() { return 1; }
# shellcheck disable=SC2086 # one word per pid is meant
server_reload() { kill -HUP $KEA_PID; }
