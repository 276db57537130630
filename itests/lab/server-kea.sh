# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# Debian's kea-dhcp6-server behind the interface of server.sh. Its fixed paths are directories of SERVER_DIR.

KEA_PID=

server_name() { echo "Kea $(kea-dhcp6 -v)"; }

server_start() {
  KEA_HOST=$1
  mkdir -p "$SERVER_DIR/lib" "$SERVER_DIR/run"
  cp "$2" "$SERVER_DIR/plan.json"
  server_restart
}

server_restart() {
  local before
  rm -f "$SERVER_DIR/run"/*
  touch "$(server_log)"
  before=$(kea_starts)
  LAB_BIND="$SERVER_DIR/lib:/var/lib/kea $SERVER_DIR/run:/run/kea" KEA_LOCKFILE_DIR=none KEA_PIDFILE_DIR=/run/kea \
    spawn "$KEA_HOST" "$(server_log)" kea-dhcp6 -c "$SERVER_DIR/plan.json"
  KEA_PID=$SPAWNED
  kea_ready() { [ "$(kea_starts)" -gt "$before" ]; }
  kea_settled() { kea_ready || dead "$KEA_PID"; }
  eventually 20 kea_settled && kea_ready
}

kea_starts() { grep -c DHCP6_STARTED "$(server_log)" || true; }

server_stop() { lab_stop "$KEA_PID"; }

server_kill() {
  kill -9 "$KEA_PID"
  wait "$KEA_PID" 2>/dev/null || true
}

server_pid() { echo "$KEA_PID"; }
server_log() { echo "$SERVER_DIR/kea.log"; }

# The lease file is appended to: the last line of an address counts. Fields: address, duid, valid_lifetime, ..., prefix_len (10).
server_leases() {
  cat "$SERVER_DIR"/lib/kea-leases6.csv* 2>/dev/null | awk -F, '
    $1 == "address" { next }
    { key = $1 ($9 < 128 && $7 == 2 ? "/" $9 : ""); live[key] = $3 }
    END { for (key in live) if (live[key] > 0) print key }'
}

server_cleanup() { [ -z "$KEA_PID" ] || lab_stop "$KEA_PID"; }
server_console() { :; }

# Kea's counters do not name reasons.
server_drops() { return 1; }
server_memory_kib() { awk '/^VmRSS/ { print $2 }' "/proc/$KEA_PID/status"; }
server_log_clean() { ! grep -qi 'terminate called\|assert' "$(server_log)"; }
server_store_dir() { echo "$SERVER_DIR/lib"; }
server_small_store() { :; }
server_status() { echo "no status: out of space or not"; }
server_survives_file_limit() { return 1; }
server_plan() { cp "$1" "$SERVER_DIR/plan.json"; }
server_plan_errors() { grep -E 'ERROR|Error' "$(server_log)"; }
server_knows_last_good_plan() { return 1; }
server_reload() { kill -HUP "$KEA_PID"; }
