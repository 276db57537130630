#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Real clients of both protocols, directly attached on two links and behind one and two relays, obtain, renew and release. The capture of the server's
# interfaces is the witness: a client passed when each exchange got a good answer, and no packet in it is malformed.
set -euo pipefail
. "$(dirname "$0")/lab.sh"
. "$LAB_HOME/topology.sh"
. "$LAB_HOME/server.sh"
. "$LAB_HOME/client-programs.sh"
. "$LAB_HOME/client-runs.sh"

# host, program, link, what it asks for
CLIENTS='
dhclient-a  dhclient       linkA  V4 NA
dhcpcd-a    dhcpcd         linkA  V4 NA PD
udhcpc-a    udhcpc+dhcp6c  linkA  V4 NA PD
networkd-a  networkd       linkA  V4 NA
dibbler-a   dibbler        linkA  NA PD
router-a    dhclient       linkA  PD
dhclient-d  dhclient       linkD  V4 NA PD
dhcpcd-d    dhcpcd         linkD  V4 NA
udhcpc-d    udhcpc+dibbler linkD  V4 NA
networkd-d  networkd       linkD  V4 NA PD
dhclient-b  dhclient       linkB  V4 NA PD
dhcpcd-b    dhcpcd         linkB  V4 NA PD
udhcpc-b    udhcpc+dhcp6c  linkB  V4 NA
networkd-b  networkd       linkB  V4 NA
dibbler-b   dibbler        linkB  NA
dhcp6c-b    dhcp6c         linkB  PD
dhclient-c  dhclient       linkC  V4 NA
dhcpcd-c    dhcpcd         linkC  V4 NA PD
'
CAPTURE=$LAB_OUT/server.pcap

PLANS=("$LAB_HOME/plans/clients.json" "$LAB_HOME/plans/clients4.json")
case $(server_families) in
  *4*) ;;
  *) CLIENTS=${CLIENTS// V4/} PLANS=("${PLANS[0]}") ;;
esac

lab_begin
topology
each_client make_host
say "starting $(server_name)"
server_start server "${PLANS[@]}" || die "the server does not start: $(tail -5 "$(server_log)")"
capture server "$CAPTURE"
start_relays
say "clients obtain"
each_client start
eventually 30 seen SOLICIT REQUEST || say "still missing: $(xargs <"$LAB_OUT/missing.txt")"
say "clients renew"
each_client renew
eventually 20 seen RENEW || say "still missing: $(xargs <"$LAB_OUT/missing.txt")"
each_client configured
say "clients release"
each_client release
eventually 10 seen RELEASE || say "still missing: $(xargs <"$LAB_OUT/missing.txt")"
python3 "$LAB_HOME/capture.py" table "$CAPTURE" "$LAB_OUT/ports.tsv" | tee "$LAB_OUT/table.txt"
each_client one_verdict
check "no malformed packet in the capture of the whole run" no_malformed "$CAPTURE"
if [ -n "${LAB_CONSOLE:-}" ]; then server_console; fi
capture_end
finish
