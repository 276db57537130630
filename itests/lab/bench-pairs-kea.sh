# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# Two of Debian's kea-dhcp6-server with the hook for high availability, "hot-standby", for bench-pairs.sh. Threads of their own serve the
# partner (http-dedicated-listener), which needs multi-threading; alone it has as many threads, so that only the hook is compared.

KEA_PAIR_THREADS=${LAB_KEA_PAIR_THREADS:-2}
KEA_HOOKS=/usr/lib/x86_64-linux-gnu/kea/hooks

begin_kea() {
  local name
  . "$LAB_HOME/server-kea.sh"
  rm -rf "$LAB_OUT/one" "$LAB_OUT/two"
  server_name >"$LAB_OUT/kea.name"
  if [ "$1" = pair ]; then
    for name in two one; do kea_begin "$name" pair; done
    eventually 60 kea_is one HOT-STANDBY || die "Kea does not come to hot-standby: $(tail -3 "$LAB_OUT/one/kea.log")"
    # shellcheck disable=SC2034 # of bench-pairs.sh
    PARTNER_PID=$(<"$LAB_OUT/two/pid")
  else
    kea_begin one alone
  fi
  measured_pair kea "$(<"$LAB_OUT/one/pid")"
}

# kea_begin NAME WAY: its files stay from one start to the next.
kea_begin() {
  SERVER_DIR=$LAB_OUT/$1
  KEA_HOST=$1
  mkdir -p "$SERVER_DIR/lib" "$SERVER_DIR/run"
  rm -f "$SERVER_DIR/run"/*
  KEA_PID=
  pair_load kea "$1" "$2" "$KEA_PAIR_THREADS" "$KEA_HOOKS" <"$LAB_HOME/plans/bench6.json" >"$SERVER_DIR/plan6.json"
  kea_one 6 || die "Kea does not start: $(tail -3 "$(server_log)")"
  echo "$SPAWNED" >"$SERVER_DIR/pid"
}

# kea_is NAME STATE: whether that is what it came to last.
kea_is() { grep 'HA_STATE_TRANSITION' "$LAB_OUT/$1/kea.log" 2>/dev/null | tail -1 | grep -q "to $2 "; }

# It tells its partner before it answers a client.
kea_has_told() { :; }

# Kea's primary waits for its partner before it serves alone; the partner has no leases. Clients ask from its first word on.
resync_kea() {
  local octets took seconds
  . "$LAB_HOME/server-kea.sh"
  rm -rf "$LAB_OUT/one" "$LAB_OUT/two"
  mkdir -p "$LAB_OUT/one/lib"
  python3 "$LAB_HOME/kea_leases.py" write "$LAB_OUT/one/lib/kea-leases6.csv" "$1"
  LAB_START_SECONDS=300 kea_begin one pair
  eventually 120 kea_is one PARTNER-DOWN || die "Kea does not serve alone: $(tail -3 "$LAB_OUT/one/kea.log")"
  measured_pair kea "$(<"$LAB_OUT/one/pid")"
  kea_once lost "$1"
  load fill 6 6000 36000 >/dev/null
  pair_load steady normal "$RESYNC_RATE" "$STEADY_SECONDS"
  kea_once busy "$1"
}

# kea_once WHAT LEASES
kea_once() {
  local octets took seconds loader=
  [ ! -e "$LAB_OUT/two/pid" ] || lab_stop "$(<"$LAB_OUT/two/pid")"
  rm -rf "$LAB_OUT/two"
  eventually 120 kea_is one PARTNER-DOWN || die "Kea does not serve alone again: $(tail -3 "$LAB_OUT/one/kea.log")"
  octets=$(pair_octets)
  if [ "$1" = busy ]; then
    seconds=$(awk '{ print int($1 * 0.9 / 1000) + 1 }' "$LAB_OUT/resync-lost")
    pair_load steady resync "$RESYNC_RATE" "$seconds" &
    loader=$!
    sleep 10 # the generator warms up
  fi
  kea_begin two pair
  eventually 600 grep -q HA_SYNC_SUCCESSFUL "$LAB_OUT/two/kea.log" || die "not synchronized after ten minutes: $(tail -3 "$LAB_OUT/two/kea.log")"
  took=$(pair_load between "$LAB_OUT/two/kea.log" HA_SYNC_START HA_SYNC_SUCCESSFUL)
  echo "$took" >"$LAB_OUT/resync-$1"
  note "resync-ms $1" "$2" "$took"
  note "resync-octets $1" "$2" "$(($(pair_octets) - octets))"
  say "kea, $1: $2 leases in $took ms, $((($(pair_octets) - octets) / $2)) octets for each"
  [ -z "$loader" ] || wait "$loader"
}
