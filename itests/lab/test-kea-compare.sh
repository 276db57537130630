#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Kea configurations, two servers each: a scripted client plays the same scenarios against both and the answers are compared
# field by field and option by option. kea-differences.txt lists what is meant to differ, each with its reason.
#
#   LAB_SUITES   which plans/kea-*.conf are played, of those below: all that the server has the protocol for
set -euo pipefail
. "$(dirname "$0")/lab.sh"
. "$LAB_HOME/topology.sh"
. "$LAB_HOME/server.sh"
SUITES6="dhcp6 dhcp6-classes dhcp6-levels dhcp6-early"
SUITES4="dhcp4 dhcp4-global dhcp4-edges dhcp4-classes dhcp4-levels dhcp4-early"
case $(server_families) in
  *4*) SUITES=${LAB_SUITES:-$SUITES6 $SUITES4} ;;
  *) SUITES=${LAB_SUITES:-$SUITES6} ;;
esac

lab_begin
topology
client_host client linkA
address=$(awk '$1 == "client" { print $5 }' "$LAB_OUT/ports.tsv")

# play SERVER SUITE: the answers of that server, in files of its name.
play() {
  LAB_SERVER=$1
  SERVER_DIR=$LAB_OUT/$1-$2
  . "$LAB_HOME/server.sh"
  say "playing $2 against $(server_name)"
  server_start server "$LAB_HOME/plans/kea-$2.conf" || die "$1 does not start: $(tail -5 "$(server_log)")"
  capture server "$LAB_OUT/$1-$2.pcap"
  case $2 in
    dhcp6) python3 "$LAB_HOME/compare.py" play "$LAB_NAME" "$address" "$LAB_OUT/$1.txt" ;;
    dhcp6-*) python3 "$LAB_HOME/compare.py" play "$LAB_NAME" "$address" "$LAB_OUT/$1.txt" "scenarios_${2#dhcp6-}" ;;
    dhcp4) python3 "$LAB_HOME/compare4.py" "$LAB_NAME" "$LAB_OUT" scenarios4_options "$LAB_OUT/$1.txt" ;;
    dhcp4-*) python3 "$LAB_HOME/compare4.py" "$LAB_NAME" "$LAB_OUT" "scenarios4_${2#dhcp4-}" "$LAB_OUT/$1.txt" ;;
  esac
  capture_end
  server_stop
}

ours=$LAB_SERVER
for suite in $SUITES; do
  play kea "$suite"
  [ "$ours" = kea ] || play "$ours" "$suite"
done
while IFS= read -r line; do
  case $line in
    PASS*) pass "${line#PASS }" ;;
    FAIL*) fail "${line#FAIL }" ;;
  esac
done < <(python3 "$LAB_HOME/compare.py" diff "$LAB_OUT/kea.txt" "$LAB_OUT/$ours.txt" "$LAB_HOME/kea-differences.txt")
# Some scenarios send malformed messages on purpose; what servers send has one of these types at its core.
# tshark 4.0 calls its own ignorance of a relay's source port (RFC 8357) an error.
SERVERS='dhcpv6.msgtype == 2 or dhcpv6.msgtype == 7 or dhcp.type == 2 and udp.srcport == 67 and udp.dstport != 10067'
for suite in $SUITES; do
  [ "$suite" != dhcp4-edges ] || continue # what relays say comes back as malformed as it was
  check "no malformed packet from $ours ($suite)" no_malformed "$LAB_OUT/$ours-$suite.pcap" "$SERVERS"
done
finish
