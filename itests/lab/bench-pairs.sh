# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# The sections "failover", a server with its partner beside the same server alone, and "resync", a partner that has lost its disk.
# Sourced by bench.sh. Both servers are on the clients' link and hear all that clients say; a link of their own is between them. Ours
# speak TLS there, Kea (hook "hot-standby") HTTP in clear, which is as it comes.

. "$LAB_HOME/agents.sh"
. "$LAB_HOME/hops.sh"
. "$LAB_HOME/pairs.sh"
. "$LAB_HOME/bench-pairs-kea.sh"

RESYNC_LEASES=${LAB_RESYNC_LEASES:-1000000}
RESYNC_RATE=2000
RESYNC_BEGINS='The connection with the partner is set up'
RESYNC_ENDS='RECOVER -> '
PAIRED=
PARTNER_PID=

pair_network() {
  [ -z "$PAIRED" ] || return 0
  PAIRED=yes
  local number=0 name
  add_link pair
  for name in one two; do
    number=$((number + 1))
    add_host "$name"
    plug "$name" linkA linkA "2001:db8:a:0:ffff::$number/64"
    plug "$name" pair pair "2001:db8:f::$number/64" "10.255.1.$number/24"
  done
}

pair_servers() {
  local server
  for server in $SERVERS; do [ "$server" = dhcpd ] || echo "$server"; done
}

section_failover() {
  local round way server measure
  pair_network
  for measure in rate latency; do
    for ((round = 1; round <= ROUNDS; round++)); do
      for server in $(pair_servers); do
        for way in alone pair; do
          unit "failover, $measure, round $round of $ROUNDS: $server, $way" 300 unit_pair "$server" "$way" "$measure"
        done
      done
    done
  done
  [[ " $SERVERS " != *" leasehold "* ]] || unit "what governed links cost, without network" 300 unit_governed
}

section_resync() {
  local server
  pair_network
  for server in $(pair_servers); do
    unit "a partner learns $RESYNC_LEASES leases: $server" 1200 "resync_$server" "$RESYNC_LEASES"
  done
}

# unit_pair SERVER alone|pair rate|latency: the server is "one", its partner "two".
unit_pair() {
  "begin_$1" "$2"
  pair_warm_up "$1"
  "pair_$3" "$1" "$2"
}

# Machine code for two servers at a time takes longer.
pair_warm_up() {
  local much=(12000 480000)
  [ "$1" = leasehold ] || much=(1500 9000)
  load fill 6 "${much[@]}" >/dev/null
}

pair_load() { python3 "$LAB_HOME/bench_pair.py" "$@"; }

# pair_rate SERVER WAY
pair_rate() {
  attempt "$1, $2: rate" pair_load search "$2" "$TRY_SECONDS"
  [ "$2" = alone ] || told own
}

# pair_latency SERVER WAY: at half of the rate that the server has with its partner.
pair_latency() {
  local rate before partner exchanges
  rate=$(pair_load half "$1")
  [ "$rate" -gt 0 ] || die "the rate of $1 with its partner is not known"
  load fill 6 "$rate" "$((10 * rate))" >/dev/null
  [ "$2" = alone ] || told -
  before=$(ticks "$BENCH_PID")
  partner=$(ticks "$PARTNER_PID")
  pair_load steady "$2" "$rate" "$STEADY_SECONDS"
  exchanges=$(<"$LAB_OUT/exchanges")
  if [ "$2" = pair ]; then
    told half
    cost partner "$partner" "$PARTNER_PID" "$exchanges"
  fi
  cost "$2" "$before" "$BENCH_PID" "$exchanges"
}

# told AT: until the partner has heard everything; what was lazy is part of what an exchange costs.
told() {
  local begin
  begin=$(now_ms)
  eventually 120 "${BENCH_SERVER}_has_told" || die "the partner has not heard everything after two minutes"
  note failover-lag "$1" "$(($(now_ms) - begin))"
  say "$BENCH_SERVER: the partner has heard everything $(($(now_ms) - begin)) ms later"
}

ticks() { if [ -n "$1" ]; then awk '{ print $14 + $15 }' "/proc/$1/stat"; else echo 0; fi; }

# cost OF TICKS_BEFORE PID EXCHANGES
cost() {
  local micros
  micros=$(awk -v used="$(($(ticks "$3") - $2))" -v hz="$(getconf CLK_TCK)" -v of="$4" 'BEGIN { printf "%.2f", used * 1e6 / hz / of }')
  note "failover-cost $1" - "$micros"
  say "$BENCH_SERVER, $1: $micros µs of processor time for an exchange"
}

begin_leasehold() {
  leasehold_pair
  if [ "$1" = pair ]; then
    pair_make "$(pair_plan pair)"
    pair_lasting
    agents_start one two
    eventually 90 pair_is_settled || die "the pair does not come to NORMAL: $(tail -3 "$(agent_log one)")"
    PARTNER_PID=$(agent_pid two)
  else
    agent_make one one
    : >"$(agent_dir one)/etc/leasehold/features"
    mkdir -p "$(agent_dir one)/etc/leasehold/plan.d"
    cp "$(pair_plan alone)" "$(agent_dir one)/etc/leasehold/plan.d/plan.json"
    agents_start one
  fi
  measured_pair leasehold "$(agent_pid one)"
}

# Memory as it is on this machine without a word about it.
leasehold_pair() {
  . "$LAB_HOME/server-leasehold.sh"
  AGENT_HEAP_MIB=2048
  AGENT_LEASE_MIB=4096
  SERVER_DIR=$LAB_OUT/one
  server_name >"$LAB_OUT/leasehold.name"
  server_cleanup() {
    local each
    for each in one two; do
      [ ! -e "$LAB_OUT/$each/data/leasehold/pid" ] || agent_stop "$each" >/dev/null 2>&1
      cat "$(agent_log "$each")" >>"$LAB_OUT/$each.log" 2>/dev/null
      rm -rf "${LAB_OUT:?}/$each/data/leasehold/leases"
    done
  }
}

# Timers as they are shipped, unlike those of tests; leases do not end while there is load.
pair_lasting() {
  local name
  for name in one two; do pair_file "$name" 'mclt.seconds = 3600' 'keepalive.seconds = 60'; done
}

# pair_plan WAY: the same for both, but for the word that makes it one of a pair.
pair_plan() {
  local word=
  [ "$1" = alone ] || word=' "failover": "pair",'
  sed "s/\"interface\": \"linkA\",/&$word/; s/\"interfaces\": .*\]/\"interfaces\": [ \"linkA\" ]/" "$LAB_HOME/plans/bench6.json" >"$LAB_OUT/plans/$1-6.json"
  echo "$LAB_OUT/plans/$1-6.json"
}

# Features that come one after the other may replace the first connection.
pair_is_settled() { pair_is one NORMAL && sleep 3 && pair_is one NORMAL && pair_is two NORMAL; }

# measured_pair SERVER PID: what is noted from now on is its.
measured_pair() { export BENCH_SERVER=$1 BENCH_PID=$2; }

leasehold_has_told() {
  pair_json one 'dhcp:failover-status pair' | python3 -c '
import json, sys
said = json.load(sys.stdin)
sys.exit(said["updates-waiting"] + said["updates-unanswered"] > 0)'
}

# Octets that have passed between the two, in both directions, with all headers.
pair_octets() {
  ip -n "$(ns one)" -j -s link show pair | python3 -c '
import json, sys
[link] = json.load(sys.stdin)
print(link["stats64"]["rx"]["bytes"] + link["stats64"]["tx"]["bytes"])'
}

# pair_cable up|down: that of "two", between the servers.
pair_cable() {
  ip -n "$(ns two)" link set pair "$1"
  # An address of IPv6 goes when its interface does.
  [ "$1" = down ] || ip -n "$(ns two)" address replace 2001:db8:f::2/64 dev pair nodad
}

# The partner is new, and then has lost its disk, twice; the third time clients ask meanwhile.
resync_leasehold() {
  leasehold_pair
  pair_make "$(pair_plan pair)"
  pair_lasting
  pair_file one 'commission.alone = true'
  agents_start one
  agent_stop one
  java -XX:+UseSerialGC -Xmx2g -Dslf4j.internal.verbosity=ERROR -cp "$(class_path)" io.leasehold.jmh.Fill "$(server_store_dir)" "$1"
  agents_start one
  eventually 60 pair_is_alone || die "the primary does not serve alone: $(tail -3 "$(agent_log one)")"
  measured_pair leasehold "$(agent_pid one)"
  resync_once new "$1"
  resync_once lost "$1"
  load fill 6 6000 36000 >/dev/null
  pair_load steady normal "$RESYNC_RATE" "$STEADY_SECONDS"
  resync_once busy "$1"
}

pair_is_alone() { grep -q -- '-> PARTNER-DOWN' "$(agent_log one)"; }

# resync_once WHAT LEASES: "two" starts without its leases and without its partner; then the cable is put in.
resync_once() {
  local octets begin took rate_seconds
  [ ! -e "$LAB_OUT/two/data/leasehold/pid" ] || agent_stop two
  rm -rf "$LAB_OUT/two/data/leasehold/leases"
  : >"$(agent_log two)" 2>/dev/null || true
  pair_cable down
  AGENT_SETTLE_SECONDS=5 agents_start two
  octets=$(pair_octets)
  if [ "$1" = busy ]; then
    rate_seconds=$(awk '{ print int($1 * 0.9 / 1000) + 1 }' "$LAB_OUT/resync-lost")
    pair_load steady resync "$RESYNC_RATE" "$rate_seconds" &
    sleep 10 # the generator warms up
  fi
  pair_cable up
  eventually 30 resync_has two "$RESYNC_BEGINS" || die "the partner does not come"
  eventually 600 resync_has two "$RESYNC_ENDS" || die "the partner has not learnt everything after ten minutes"
  took=$(pair_load between "$(agent_log two)" "$RESYNC_BEGINS" "$RESYNC_ENDS")
  echo "$took" >"$LAB_OUT/resync-$1"
  note "resync-ms $1" "$2" "$took"
  note "resync-octets $1" "$2" "$(($(pair_octets) - octets))"
  say "leasehold, $1: $2 leases in $took ms, $((($(pair_octets) - octets) / $2)) octets for each"
  [ "$1" != busy ] || wait $!
}

resync_has() { grep -q "$2" "$(agent_log "$1")" 2>/dev/null; }

unit_governed() {
  local results=$LAB_OUT/governed.json
  java -Djmh.ignoreLock=true -Dslf4j.internal.verbosity=ERROR -cp "$(class_path):$(<"$ROOT/itests/jmh/target/class-path")" io.leasehold.jmh.Table \
    GovernedBenchmark -wi 3 -w 1 -i 5 -rf json -rff "$results" >"$LAB_OUT/governed.log" 2>&1 || die "JMH: $(tail -1 "$LAB_OUT/governed.log")"
  python3 "$LAB_HOME/bench_values.py" governed "$LAB_OUT" "$results"
}
