# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# The assembly as it is shipped, through its own bin/leasehold, behind the interface of server.sh. SERVER_DIR is the instance.

ASSEMBLY=$ROOT/target/lab/assembly
LEASEHOLD_HOST=

# Unpacks the newest archive once.
leasehold_unpack() {
  local archive
  archive=$(find "$ROOT/karaf-assembly/target" -maxdepth 1 -name 'leasehold-*.tar.gz' 2>/dev/null | head -1)
  [ -n "$archive" ] || die "no assembly in karaf-assembly/target: build it first (./dev run does)"
  if [ ! -e "$ASSEMBLY/bin/leasehold" ] || [ "$archive" -nt "$ASSEMBLY/unpacked" ]; then
    rm -rf "$ASSEMBLY"
    mkdir -p "$ASSEMBLY"
    tar -xzf "$archive" -C "$ASSEMBLY" --strip-components=1
    touch "$ASSEMBLY/unpacked"
  fi
}

# leasehold WORD...: the operator's command, on the server's host.
leasehold() { on "$LEASEHOLD_HOST" "$ASSEMBLY/bin/leasehold" --instance "$SERVER_DIR" "$@"; }

# Makes the instance's own etc, so that it can be changed before the first start.
leasehold_instance() {
  leasehold_unpack
  [ -d "$SERVER_DIR/etc" ] || { mkdir -p "$SERVER_DIR" && cp -R "$ASSEMBLY/etc" "$SERVER_DIR/etc"; }
}

server_name() { echo "Leasehold $(sed -n 's/.*<version>\(.*\)<\/version>.*/\1/p' "$ROOT/pom.xml" | head -1)"; }
server_families() { echo 6 4; }

server_start() {
  LEASEHOLD_HOST=$1
  leasehold_instance
  server_plan "${@:2}"
  server_restart
}

server_plan() {
  local plan name
  mkdir -p "$SERVER_DIR/etc/leasehold/plan.d"
  for plan in "$@"; do
    if [ "$(plan_family "$plan")" = 4 ]; then name=plan4; else name=plan; fi
    cp "$plan" "$SERVER_DIR/etc/leasehold/plan.d/$name.json"
  done
}

# LAB_TRANSPORT=epoll: on the native transport, which replaces the one that is shipped.
server_restart() {
  leasehold start --timeout "${LAB_START_SECONDS:-60}" --settle "${LAB_START_SECONDS:-10}" || return
  if [ "${LAB_TRANSPORT:-udp}" = epoll ]; then
    leasehold exec 'feature:install leasehold-transport-epoll' && leasehold exec 'dhcp:status --ready --wait 20'
  fi
}
server_reload() { leasehold exec dhcp:plan-reload; }
server_stop() { leasehold stop --force --timeout 20; }
server_pid() { cat "$SERVER_DIR/data/leasehold/pid"; }
server_log() { echo "$SERVER_DIR/data/log/leasehold.log"; }

server_kill() {
  local pid
  pid=$(server_pid)
  kill -9 "$pid"
  eventually 10 dead "$pid"
}

server_leases() {
  leasehold exec 'dhcp:lease-list --state active --json' | python3 -c '
import json, sys
for lease in json.load(sys.stdin):
    print(lease["lease"])'
}

# Reasons only: pkt6-receive-drop is their sum.
server_drops() {
  leasehold exec 'dhcp:counters --json' | python3 -c '
import json, sys
for name, count in json.load(sys.stdin).items():
    if "-drop-" in name or name.endswith(("-received-empty", "-duplicate")):
        print(name, count)'
}

# What is alive after a collection.
server_memory_kib() {
  local pid
  pid=$(server_pid)
  jcmd "$pid" GC.run >/dev/null
  jcmd "$pid" GC.heap_info | awk '/Metaspace|class space/ { next } match($0, /used [0-9]+K/) { sum += substr($0, RSTART + 5, RLENGTH - 6) } END { print sum }'
}

server_log_clean() { ! grep -qE '^[[:space:]]+at [a-z]+\.' "$(server_log)"; }

# The verdict for scripts, and the words for people.
server_status() {
  local code=0
  leasehold status || code=$?
  leasehold exec dhcp:status || true
  return "$code"
}

server_check_plan() { "$ASSEMBLY/bin/leasehold" check "$1"; }
server_plan_errors() { cat "$(server_log)"; }
server_knows_last_good_plan() { :; }
server_store_dir() { echo "$SERVER_DIR/data/leasehold/leases"; }
server_survives_file_limit() { :; }

server_small_store() {
  leasehold_instance
  echo 'segment.mib = 4' >"$SERVER_DIR/etc/io.leasehold.store.journal.cfg"
}

# The console of the running machine: the server goes from the background to this terminal, its leases stay.
server_console() {
  server_stop
  say "console of the server (its host is the network namespace $(ns server)); exit or Ctrl-D ends it and the lab"
  trap : INT # Ctrl-C is for the console: it clears the line
  leasehold run || true
  trap 'exit 130' INT
}

server_cleanup() { [ ! -e "$SERVER_DIR/data/leasehold/pid" ] || leasehold stop --force --timeout 5 >/dev/null 2>&1; }
