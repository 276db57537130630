#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# One Kea configuration, two servers: a scripted client plays the same scenarios against both and the answers are compared
# option by option. kea-differences.txt lists what is meant to differ, each with its reason.
set -euo pipefail
. "$(dirname "$0")/lab.sh"
. "$LAB_HOME/topology.sh"

lab_begin
topology
client_host client linkA
address=$(awk '$1 == "client" { print $5 }' "$LAB_OUT/ports.tsv")

# play SERVER: the answers of that server, in a file of its name.
play() {
  LAB_SERVER=$1
  SERVER_DIR=$LAB_OUT/$1
  . "$LAB_HOME/server.sh"
  say "playing against $(server_name)"
  server_start server "$LAB_HOME/plans/kea-dhcp6.conf" || die "$1 does not start: $(tail -5 "$(server_log)")"
  capture server "$LAB_OUT/$1.pcap"
  python3 "$LAB_HOME/compare.py" play "$LAB_NAME" "$address" "$LAB_OUT/$1.txt"
  capture_end
  server_stop
}

ours=$LAB_SERVER
play kea
[ "$ours" = kea ] || play "$ours"
while IFS= read -r line; do
  case $line in
    PASS*) pass "${line#PASS }" ;;
    FAIL*) fail "${line#FAIL }" ;;
  esac
done < <(python3 "$LAB_HOME/compare.py" diff "$LAB_OUT/kea.txt" "$LAB_OUT/$ours.txt" "$LAB_HOME/kea-differences.txt")
# Some scenarios send malformed messages on purpose; what servers send has one of these types at its core.
check "no malformed packet from $ours" no_malformed "$LAB_OUT/$ours.pcap" 'dhcpv6.msgtype == 2 or dhcpv6.msgtype == 7'
finish
