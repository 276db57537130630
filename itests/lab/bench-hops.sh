# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# The sections "hops" of the benchmark, clients behind a relay agent, and "channels", what protects hops alone. Sourced by bench.sh.

HOP_WAYS=${LAB_HOPS:-udp tls-cert tls-psk dtls-cert dtls-psk}

section_hops() {
  local round way
  client_host behind linkB
  . "$LAB_HOME/hops.sh"
  hop_keys server relay1
  hop_psk relay1-server
  for ((round = 1; round <= ROUNDS; round++)); do
    [[ " $SERVERS " != *" kea "* ]] || unit "hops, round $round of $ROUNDS: Kea and isc-dhcp-relay" 200 unit_hop_kea
    for way in $HOP_WAYS; do unit "hops, round $round of $ROUNDS: Leasehold, $way" 200 unit_hop "$way"; done
  done
}

unit_hop_kea() {
  fresh kea "$LAB_HOME/plans/hops6.json"
  spawn relay1 "$LAB_OUT/hop-dhcrelay.log" dhcrelay -6 -d --no-pid -I -l linkB -u 2001:db8:ffff::1%core
  eventually 10 grep -qs 'Sending on' "$LAB_OUT/hop-dhcrelay.log"
  load fill 6hop 3000 20000 >/dev/null
  load_program hop udp "$TRY_SECONDS"
}

# unit_hop WAY: the server and a relay agent of ours.
unit_hop() {
  local scheme=${1%%-*}
  LAB_SERVER=leasehold
  SERVER_DIR=$LAB_OUT/leasehold
  rm -rf "$SERVER_DIR"
  . "$LAB_HOME/server.sh"
  . "$LAB_HOME/agents.sh"
  leasehold_instance
  agent_make relay relay1
  if [ "$scheme" != udp ]; then
    hop_transport "$scheme"
    hop_side "$SERVER_DIR/etc" server "$1" relay1 relay
    hop_side "$(agent_dir relay)/etc" relay1 "$1" server server
    printf 'listen = %s://[2001:db8:ffff::1]?channel=hop\n' "$scheme" >"$SERVER_DIR/etc/io.leasehold.server.cfg"
  fi
  agent_config relay relay-bench <<END
interfaces = linkB
upstream.interfaces = core
upstream = $scheme://[2001:db8:ffff::1]
$([ "$scheme" = udp ] || echo 'channel = hop')
END
  server_start server "$LAB_HOME/plans/hops6.json" || die "the server does not start: $(tail -5 "$(server_log)")"
  agent_start relay || die "the relay agent does not start: $(tail -5 "$(agent_log relay)")"
  measured leasehold
  load fill 6hop 3000 40000 >/dev/null
  load_program hop "$1" "$TRY_SECONDS"
  agent_stop relay
}

# hop_transport SCHEME: the features of both sides.
hop_transport() {
  local transport=dtls
  [ "$1" = dtls ] || transport=tcp
  printf 'install leasehold-transport-%s\ninstall leasehold-security-%s\n' "$transport" "$1" >"$SERVER_DIR/etc/leasehold/features"
  agent_features relay "transport-$transport" "security-$1"
}

section_channels() {
  [[ " $SERVERS " == *" leasehold "* ]] || return 0
  unit "handshakes and records, both ends in one process" 600 unit_channels
}

unit_channels() {
  local results=$LAB_OUT/channels.json
  java -Djmh.ignoreLock=true -cp "$ROOT/itests/jmh/target/classes:$(<"$ROOT/itests/jmh/target/class-path")" io.leasehold.jmh.Table \
    'HandshakeBenchmark|RecordBenchmark' -wi 3 -w 2 -i 5 -rf json -rff "$results" >"$LAB_OUT/channels.log" 2>&1 \
    || die "JMH: $(tail -1 "$LAB_OUT/channels.log")"
  python3 "$LAB_HOME/bench_values.py" jmh "$LAB_OUT" "$results"
}
