# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# Debian's isc-dhcp-server behind the interface of server.sh, for DHCPv4. Its plan is a dhcpd.conf.

DHCPD_HOST=
DHCPD_PID=

server_name() { dhcpd --version 2>&1 | sed "s/isc-dhcpd-/ISC dhcpd /"; }
server_families() { echo 4; }

server_start() {
  DHCPD_HOST=$1
  mkdir -p "$SERVER_DIR"
  server_plan "$2"
  touch "$SERVER_DIR/dhcpd.leases"
  server_restart
}

server_plan() { cp "$1" "$SERVER_DIR/dhcpd.conf"; }

server_restart() {
  local before
  touch "$(server_log)"
  before=$(dhcpd_starts)
  rm -f "$SERVER_DIR/dhcpd.pid"
  spawn "$DHCPD_HOST" "$(server_log)" dhcpd -4 -f -d -cf "$SERVER_DIR/dhcpd.conf" -lf "$SERVER_DIR/dhcpd.leases" \
    -pf "$SERVER_DIR/dhcpd.pid"
  DHCPD_PID=$SPAWNED
  dhcpd_ready() { [ "$(dhcpd_starts)" -gt "$before" ]; }
  dhcpd_settled() { dhcpd_ready || dead "$DHCPD_PID"; }
  eventually "${LAB_START_SECONDS:-20}" dhcpd_settled && dhcpd_ready
}

dhcpd_starts() { grep -c 'Server starting service' "$(server_log)" || true; }
server_stop() { lab_stop "$DHCPD_PID"; }

server_kill() {
  kill -9 "$DHCPD_PID"
  wait "$DHCPD_PID" 2>/dev/null || true
}

server_pid() { echo "$DHCPD_PID"; }
server_log() { echo "$SERVER_DIR/dhcpd.log"; }

# The lease file is appended to: the last block of an address counts.
server_leases() {
  awk '$1 == "lease" { address = $2 } $1 == "binding" { state[address] = $3 }
    END { for (a in state) if (state[a] == "active;") print a }' "$SERVER_DIR/dhcpd.leases"
}

server_cleanup() { [ -z "$DHCPD_PID" ] || server_stop; }
server_console() { :; }
server_drops() { return 1; }
server_memory_kib() { awk '/^VmRSS/ { print $2 }' "/proc/$DHCPD_PID/status"; }
server_log_clean() { ! grep -qi 'assert' "$(server_log)"; }
