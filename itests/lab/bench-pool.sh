# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# The section "pool" of the benchmark: registrars, the crowd that asks them, and a relay agent that finds its server in a pool. Sourced by bench.sh.
#
#   LAB_POOL_PARTS  core resolve storm memory relay       LAB_POOL_GROUPS  groups of the relay agent's pool (2), each an address of the one server

POOL_PARTS=${LAB_POOL_PARTS:-core resolve storm memory relay}
POOL_GROUPS=${LAB_POOL_GROUPS:-2}
POOL_CROWD=100
POOL=dhcp6-bench-0
POOL_NET=2001:db8:ffff:
export POOL_FIRST=$POOL_NET:1000

section_pool() {
  local round part way
  [[ " $SERVERS " == *" leasehold "* ]] || return 0
  pool_network
  for part in $POOL_PARTS; do
    for ((round = 1; round <= ROUNDS; round++)); do
      case $part in
        core) [ "$round" -gt 1 ] || unit "pool: cores in one process" 900 unit_pool_core ;;
        resolve) for way in ${LAB_POOL_WAYS:-tls tcp}; do unit "pool, round $round of $ROUNDS: resolutions over $way" 200 unit_pool_resolve "$way"; done ;;
        storm) for way in ${LAB_POOL_WAYS:-tls tcp}; do unit "pool, round $round of $ROUNDS: 10,000 registrations over $way" 200 unit_pool_storm "$way"; done ;;
        memory) [ "$round" -gt 1 ] || unit "pool: memory of elements" 300 unit_pool_memory ;;
        relay)
          # Who is first is not the same in all rounds.
          for way in $([ $((round % 2)) = 1 ] && echo fixed pool || echo pool fixed); do
            unit "pool, round $round of $ROUNDS: a relay agent whose server is $way" 300 unit_pool_relay "$way"
          done
          ;;
        *) die "no part $part of the section pool" ;;
      esac
    done
  done
}

# Registrars, and a crowd of which everybody has an address and a certificate.
pool_network() {
  local each number
  LAB_SERVER=leasehold
  SERVER_DIR=$LAB_OUT/leasehold
  . "$LAB_HOME/server.sh"
  . "$LAB_HOME/agents.sh"
  . "$LAB_HOME/hops.sh"
  for each in reg1 reg2 crowd; do add_host "$each"; done
  plug reg1 core core $POOL_NET:11/64
  plug reg2 core core $POOL_NET:12/64
  plug crowd core core
  for ((number = 0; number < POOL_CROWD; number++)); do
    echo "address add $POOL_NET:$(printf %x $((4096 + number)))/64 dev core nodad"
  done | ip -n "$(ns crowd)" -batch -
  for ((number = 0; number < POOL_GROUPS; number++)); do
    ip -n "$(ns server)" address replace "$POOL_NET:$((31 + number))/64" dev core nodad
  done
  ip netns list | grep -q "^$(ns behind)" || client_host behind linkB
  leasehold_unpack
  server_name >"$LAB_OUT/leasehold.name"
  hop_keys reg1 reg2 server relay1
  for ((number = 0; number < POOL_CROWD; number++)); do hop_certificate "crowd$number" "dns:crowd$number.example"; done
}

pool_end() {
  local each
  for each in reg1 reg2 relay1 crowd; do
    # shellcheck disable=SC2046 # one word per pid is meant
    lab_stop $(ip netns pids "$(ns "$each")" 2>/dev/null)
  done
}

pool_peer() { printf 'roles = %s\nnames = dns:%s.example\n%s\n' "$3" "$2" "${4:-}" >"$1/io.leasehold.security.peer-$2.cfg"; }

# pool_clear ETC: a channel that protects nothing, and is meant.
pool_clear() {
  printf 'provider = none\n' >"$1/io.leasehold.security.channel-hop.cfg"
  printf 'protected.networks = %s:/64\ninsecure.acknowledged = hop\n' "$POOL_NET" >"$1/io.leasehold.security.cfg"
}

# pool_registrar NAME OTHER WAY [LINE...]: OTHER is empty for one that is alone.
pool_registrar() {
  local etc number
  # shellcheck disable=SC2046 # one word per pid is meant
  lab_stop $(ip netns pids "$(ns "$1")" 2>/dev/null)
  agent_make "$1" "$1"
  etc=$(agent_dir "$1")/etc
  printf 'uninstall leasehold-server\nuninstall leasehold-store-journal\n' >"$etc/leasehold/features"
  agent_features "$1" registrar transport-tcp "security-$([ "$3" = tls ] && echo tls || echo none)"
  if [ "$3" = tls ]; then
    hop_side "$etc" "$1" tls-cert "${2:-$1}" enrp-server
    for ((number = 0; number < POOL_CROWD; number++)); do pool_peer "$etc" "crowd$number" 'pool-element pool-user' 'pools = dhcp6-*'; done
    pool_peer "$etc" server pool-element 'pools = dhcp6-*'
    pool_peer "$etc" relay1 pool-user
  else
    pool_clear "$etc"
  fi
  {
    printf 'channel = hop\naddress = %s:%s\n' "$POOL_NET" "$([ "$1" = reg1 ] && echo 11 || echo 12)"
    [ -z "$2" ] || printf 'registrars = %s://[%s:%s]%s\n' "$3" "$POOL_NET" "$([ "$1" = reg1 ] && echo 12 || echo 11)" "$([ "$3" = tls ] && echo "?peer=$2" || true)"
    [ "$3" = tls ] || echo 'insecure = true'
    [ $# -le 3 ] || printf '%s\n' "${@:4}"
  } | agent_config "$1" registrar
}

pool_begin() {
  local each
  agents_start "$@"
  for each in "$@"; do eventually 60 pool_serves "$each" || die "$each is not ready: $(tail -5 "$(agent_log "$each")")"; done
  # Features that come one after the other make it listen anew.
  sleep 3
  BENCH_SERVER=leasehold BENCH_PID=$(agent_pid reg1) BENCH_PID_OTHER=
  [[ " $* " != *" reg2 "* ]] || BENCH_PID_OTHER=$(agent_pid reg2)
  export BENCH_SERVER BENCH_PID BENCH_PID_OTHER
}

pool_serves() { ip netns exec "$(ns "$1")" ss -ltn | grep -q ':386[34] ' && agent "$1" exec 'dhcp:registrar-list --json' | python3 -c 'import json, sys; sys.exit(not json.load(sys.stdin)["own"]["ready"])' 2>/dev/null; }
pool_program() { LAB_ASSEMBLY=$ASSEMBLY python3 "$LAB_HOME/bench_pool.py" "$@"; }

# Without a limit for each user: what the registrar can do is asked, not what it lets through.
unit_pool_resolve() {
  pool_registrar reg1 '' "$1" 'resolutions.per.second = 1000000' 'resolutions.at.once = 1000000'
  pool_begin reg1
  pool_program resolve "$1" "$TRY_SECONDS"
  pool_end
}

# With all limits as they are.
unit_pool_storm() {
  pool_registrar reg1 reg2 "$1"
  pool_registrar reg2 reg1 "$1"
  pool_begin reg1 reg2
  pool_program storm "$1"
  pool_end
}

unit_pool_memory() {
  pool_registrar reg1 reg2 tls
  pool_registrar reg2 reg1 tls
  pool_begin reg1 reg2
  pool_program memory tls
  pool_end
}

# One server with an address for each group. All clients but one in four thousand million belong to the first: so both ways have the same
# behind them, one address, and the pool still makes the relay agent look for the group of each client.
unit_pool_relay() {
  local etc=$SERVER_DIR/etc group upstream=udp://[$POOL_NET:31] plan=$LAB_OUT/plans/pool6.json addresses=
  rm -rf "$SERVER_DIR"
  leasehold_instance
  pool_registrar reg1 '' tls
  printf 'install leasehold-transport-tcp\ninstall leasehold-security-tls\ninstall leasehold-pool-element\n' >"$etc/leasehold/features"
  hop_side "$etc" server tls-cert reg1 enrp-server
  for ((group = 0; group < POOL_GROUPS; group++)); do
    addresses+="${addresses:+, }\"core/$POOL_NET:$((31 + group))\""
    printf 'pools = %s\naddress = %s\ngroup = %s\nweight = %s\nchannel = hop\nregistrars = tls://[%s:11]?peer=reg1\n' \
      $POOL "$POOL_NET:$((31 + group))" $((group + 1)) "$([ "$group" = 0 ] && echo 4294967295 || echo 1)" $POOL_NET >"$etc/io.leasehold.pool.element-bench$group.cfg"
  done
  echo 'addresses = 2001:db8::/32' >>"$(agent_dir reg1)/etc/io.leasehold.security.peer-server.cfg"
  sed "s|\"core/2001:db8:ffff::1\"|$addresses|" "$LAB_HOME/plans/hops6.json" >"$plan"
  # shellcheck disable=SC2046 # one word per pid is meant
  lab_stop $(ip netns pids "$(ns relay1)" 2>/dev/null)
  agent_make relay relay1
  agent_features relay pool-user transport-tcp security-tls
  hop_side "$(agent_dir relay)/etc" relay1 tls-cert reg1 enrp-server
  printf 'channel = hop\nregistrars = tls://[%s:11]?peer=reg1\n' $POOL_NET | agent_config relay pool.user
  [ "$1" = fixed ] || upstream=pool:$POOL
  printf 'interfaces = linkB\nupstream = %s\nupstream.interfaces = core\n' "$upstream" | agent_config relay relay-bench
  server_start server "$plan" || die "the server does not start: $(tail -5 "$(server_log)")"
  agents_start reg1 relay
  [ "$1" = fixed ] || eventually 60 pool_members "$POOL_GROUPS" || die "the relay agent does not know $POOL_GROUPS members"
  measured leasehold
  BENCH_PID=$(agent_pid relay)
  pool_program relay "$1" "$TRY_SECONDS"
  pool_end
}
pool_members() { [ "$(agent relay exec "dhcp:pool-show $POOL --json" | python3 -c 'import json, sys; print(len(json.load(sys.stdin)["members"]))' 2>/dev/null)" = "$1" ]; }

unit_pool_core() {
  local results=$LAB_OUT/pool.json
  java -Djmh.ignoreLock=true -cp "$ROOT/itests/jmh/target/classes:$(<"$ROOT/itests/jmh/target/class-path")" io.leasehold.jmh.Table \
    'ResolutionBenchmark|CandidatesBenchmark' -wi 3 -w 1 -i 5 -r 1 -prof gc -rf json -rff "$results" >"$LAB_OUT/pool-core.log" 2>&1 \
    || die "JMH: $(tail -1 "$LAB_OUT/pool-core.log")"
  python3 "$LAB_HOME/bench_pool.py" cores "$results"
}
