#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# One plan in two languages, ISC dhcpd and the server under test: who gets a NAK, who gets nothing, what else ends or moves a
# lease. dhcpd-differences.txt lists what is meant to differ, each with its reason.
set -euo pipefail
. "$(dirname "$0")/lab.sh"
. "$LAB_HOME/topology.sh"

lab_begin
topology
client_host client linkA

# play SERVER PLAN: the answers of that server, in a file of its name.
play() {
  LAB_SERVER=$1
  SERVER_DIR=$LAB_OUT/$1
  . "$LAB_HOME/server.sh"
  say "playing against $(server_name)"
  server_start server "$LAB_HOME/plans/$2" || die "$1 does not start: $(tail -5 "$(server_log)")"
  python3 "$LAB_HOME/compare4.py" "$LAB_NAME" "$LAB_OUT" scenarios4_dhcpd "$LAB_OUT/$1.txt"
  server_stop
}

ours=$LAB_SERVER
play dhcpd dhcpd.conf
play "$ours" dhcpd-compare.json
while IFS= read -r line; do
  case $line in
    PASS*) pass "${line#PASS }" ;;
    FAIL*) fail "${line#FAIL }" ;;
  esac
done < <(python3 "$LAB_HOME/compare.py" diff "$LAB_OUT/dhcpd.txt" "$LAB_OUT/$ours.txt" "$LAB_HOME/dhcpd-differences.txt")
finish
