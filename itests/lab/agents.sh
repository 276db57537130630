# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# Instances of Leasehold beside the server under test: relay agents. Sourced after server.sh, with LAB_SERVER=leasehold or another.
#
#   agent_make NAME HOST             an instance of its own for that host, without server and store; not started
#   agent_features NAME FEATURE...   features it is to have, without "leasehold-"
#   agent_config NAME PID <<END      its etc/io.leasehold.PID.cfg, from standard input
#   agent_start NAME                 starts it; returns when its relay agents are ready, non-zero if they are not
#   agents_start NAME...             starts several at the same time, or ends the test
#   agent NAME WORD...               the operator's command for it: agent west exec dhcp:relay-list
#   agent_dir, agent_log, agent_pid  of it
#   agent_stop NAME                  stops it
#
# Private keys and pre-shared keys belong into agent_dir NAME/etc/keys.

declare -A AGENT_HOSTS
AGENTS_ASSEMBLY=$ROOT/target/lab/assembly

agent_dir() { echo "$LAB_OUT/$1"; }
agent_log() { echo "$LAB_OUT/$1/data/log/leasehold.log"; }
agent_pid() { cat "$LAB_OUT/$1/data/leasehold/pid"; }
agent() { on "${AGENT_HOSTS[$1]}" "$AGENTS_ASSEMBLY/bin/leasehold" --instance "$LAB_OUT/$1" "${@:2}"; }

agent_make() {
  declare -F leasehold_unpack >/dev/null || . "$LAB_HOME/server-leasehold.sh"
  leasehold_unpack
  AGENT_HOSTS[$1]=$2
  rm -rf "${LAB_OUT:?}/$1"
  mkdir -p "$LAB_OUT/$1/etc/leasehold" "$LAB_OUT/$1/etc/keys"
  chmod 700 "$LAB_OUT/$1/etc/keys"
  printf 'uninstall leasehold-server\nuninstall leasehold-store-journal\ninstall leasehold-relay\n' \
    >"$LAB_OUT/$1/etc/leasehold/features"
}

agent_features() {
  local feature
  for feature in "${@:2}"; do echo "install leasehold-$feature"; done >>"$LAB_OUT/$1/etc/leasehold/features"
}

agent_config() { cat >"$LAB_OUT/$1/etc/io.leasehold.$2.cfg"; }
agent_start() { HEAP_MIB=${AGENT_HEAP_MIB:-256} LEASE_MEMORY_MIB=${AGENT_LEASE_MIB:-64} agent "$1" start --timeout 90 --settle "${AGENT_SETTLE_SECONDS:-15}"; }
agent_stop() { agent "$1" stop --force --timeout 20; }

agents_start() {
  local each starting=()
  for each in "$@"; do
    agent_start "$each" &
    starting+=($!)
  done
  for each in "$@"; do
    wait "${starting[0]}" || die "$each does not start: $(tail -5 "$(agent_log "$each")")"
    starting=("${starting[@]:1}")
  done
}
