# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# The lab: hosts that are network namespaces, links that are bridges, and what every test script shares.
# Sourced, never run. Callers run under `set -euo pipefail`.
#
#   LAB_SERVER   leasehold (default), kea or dhcpd: the server under test (server-*.sh)
#   LAB_OUT      where logs and captures of this run go (default target/lab/<script name>)
#   LAB_NAME     first part of every namespace name, unique to this process

LAB_HOME=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
ROOT=$(cd "$LAB_HOME/../.." && pwd)
LAB_SERVER=${LAB_SERVER:-leasehold}
LAB_NAME=${LAB_NAME:-lh$$}
LAB_OUT=${LAB_OUT:-$ROOT/target/lab/$(basename "${0%.sh}")-$LAB_SERVER}
LAB_PIDS=()
LAB_STARTED=$SECONDS
PASSED=0
FAILED=0
export PYTHONDONTWRITEBYTECODE=1

say() { printf '[%3ds] %s\n' $((SECONDS - LAB_STARTED)) "$*"; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }
pass() { PASSED=$((PASSED + 1)); printf 'PASS %s\n' "$*"; }
fail() { FAILED=$((FAILED + 1)); printf 'FAIL %s\n' "$*"; }
# What cannot be tested here, and why. run-tests.sh counts these lines.
skip() { printf 'SKIP %s\n' "$*"; }

# check NAME COMMAND...: one PASS or FAIL line from the exit code of the command.
check() {
  local name=$1
  shift
  if "$@" >>"$LAB_OUT/checks.log" 2>&1; then pass "$name"; else fail "$name (see $LAB_OUT/checks.log)"; fi
}

# finish: the closing line, and the exit code that goes with it.
finish() {
  printf '%d passed, %d failed\n' "$PASSED" "$FAILED"
  [ "$FAILED" -eq 0 ] && [ "$PASSED" -gt 0 ]
}

# eventually SECONDS COMMAND...: tries the command every 50 ms until it succeeds.
eventually() {
  local deadline=$(($(date +%s%N) + $1 * 1000000000))
  shift
  until "$@"; do
    [ "$(date +%s%N)" -lt "$deadline" ] || return 1
    sleep 0.05
  done
}

alive() { kill -0 "$1" 2>/dev/null; }
dead() { ! alive "$1"; }
now_ms() { echo $(($(date +%s%N) / 1000000)); }

# Makes the output directory and promises to take everything down, however this process ends.
lab_begin() {
  [ "$(id -u)" -eq 0 ] || die "the lab needs root (network namespaces)"
  rm -rf "$LAB_OUT"
  mkdir -p "$LAB_OUT"
  trap lab_end EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
}

lab_end() {
  local code=$?
  set +e
  trap '' INT TERM HUP
  declare -F server_cleanup >/dev/null && server_cleanup
  lab_stop "${LAB_PIDS[@]}"
  local ns
  for ns in $(lab_namespaces); do
    # shellcheck disable=SC2046 # one word per pid is meant
    lab_stop $(ip netns pids "$ns" 2>/dev/null)
    ip netns del "$ns" 2>/dev/null
  done
  lab_unmount
  trap - EXIT
  exit "$code"
}

lab_namespaces() { ip netns list 2>/dev/null | awk -v p="$LAB_NAME-" 'index($1, p) == 1 { print $1 }'; }

# lab_stop PID...: asks, then insists.
lab_stop() {
  local pid deadline
  for pid in "$@"; do kill "$pid" 2>/dev/null || true; done
  deadline=$((SECONDS + 3))
  for pid in "$@"; do
    while alive "$pid" && [ $SECONDS -lt $deadline ]; do sleep 0.05; done
    kill -9 "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
}

# File systems that a test mounted under LAB_OUT.
lab_unmount() {
  local target
  awk -v p="$LAB_OUT/" 'index($2, p) == 1 { print $2 }' /proc/mounts | sort -r | while read -r target; do
    umount "$target" 2>/dev/null || umount -l "$target" 2>/dev/null
  done
  return 0
}

ns() { echo "$LAB_NAME-$1"; }

# on HOST COMMAND...: runs the command on a host of the lab. The host has its own mounts: /etc/resolv.conf is a scratch
# file, and each word of LAB_BIND ("source:target") is mounted for this command alone.
on() {
  local host=$1
  shift
  lab_prepare_host "$host"
  ip netns exec "$(ns "$host")" bash "$LAB_HOME/on-host.sh" "$LAB_OUT/hosts/$host" "$@"
}

# spawn HOST LOG COMMAND...: the same in the background; its process id is in SPAWNED.
spawn() {
  local host=$1 log=$2
  shift 2
  lab_prepare_host "$host"
  ip netns exec "$(ns "$host")" bash "$LAB_HOME/on-host.sh" "$LAB_OUT/hosts/$host" "$@" >>"$log" 2>&1 </dev/null &
  SPAWNED=$!
  LAB_PIDS+=("$SPAWNED")
}

lab_prepare_host() { mkdir -p "$LAB_OUT/hosts/$1"; }

# add_host NAME: a machine without links. Duplicate address detection is off, to be quick.
add_host() {
  local name
  name=$(ns "$1")
  ip netns add "$name" || die "cannot make a network namespace (root and a kernel with namespaces are needed)"
  ip -n "$name" link set lo up
  # shellcheck disable=SC2016 # the shell within expands
  ip netns exec "$name" sh -c '
    cd /proc/sys/net/ipv6/conf
    for i in all default; do echo 0 >$i/disable_ipv6; echo 0 >$i/accept_dad; echo 0 >$i/accept_ra; done'
  lab_prepare_host "$1"
}

# add_link NAME: a bridge on the switch host.
add_link() {
  ip -n "$(ns switch)" link add "$1" type bridge forward_delay 0 mcast_snooping 0
  ip -n "$(ns switch)" link set "$1" up
}

# plug HOST INTERFACE LINK [ADDRESS/LENGTH]...: a cable from the host to the link. The hardware address is 02:00:00:00:00:NN, NN
# counting up, so that link-local addresses tell which host spoke.
LAB_PORTS=0
plug() {
  local host=$1 interface=$2 link=$3 address mac
  LAB_PORTS=$((LAB_PORTS + 1))
  mac=$(printf '02:00:00:00:%02x:%02x' $((LAB_PORTS / 256)) $((LAB_PORTS % 256)))
  ip -n "$(ns switch)" link add "p$LAB_PORTS" type veth peer name "$interface" netns "$(ns "$host")" address "$mac"
  ip -n "$(ns switch)" link set "p$LAB_PORTS" master "$link" up
  ip -n "$(ns "$host")" link set "$interface" up
  for address in "${@:4}"; do
    # shellcheck disable=SC2046 # one word or none is meant
    ip -n "$(ns "$host")" address add "$address" dev "$interface" $([[ $address != *:* ]] || echo nodad)
  done
  printf '%s\t%s\t%s\t%s\tfe80::ff:fe00:%x\n' "$host" "$interface" "$link" "$mac" "$LAB_PORTS" >>"$LAB_OUT/ports.tsv"
}

# capture HOST FILE: every DHCP packet of the host, until capture_end.
capture() {
  spawn "$1" "$2.log" tcpdump -i any -n -U -s 0 -Z root -w "$2" \
    'udp port 546 or udp port 547 or udp port 67 or udp port 68 or icmp6[icmp6type] == 1'
  CAPTURE_PID=$SPAWNED
  eventually 10 grep -qs 'listening on' "$2.log" || die "tcpdump does not start: $(cat "$2.log")"
}

capture_end() { lab_stop "$CAPTURE_PID"; }

# no_malformed FILE [FILTER]: tshark dissects every packet, or those that the filter lets through, and none is malformed.
no_malformed() {
  local bad
  bad=$(tshark -r "$1" -Y "(_ws.malformed or _ws.expert.severity == \"Error\") and (${2:-frame})" 2>/dev/null) || return 1
  [ -z "$bad" ] || { echo "$bad"; return 1; }
}
