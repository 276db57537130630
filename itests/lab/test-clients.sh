#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Real clients of both protocols, directly attached on two links and behind one and two relays, obtain, renew and release. The capture of the server's
# interfaces is the witness: a client passed when each exchange got a good answer, and no packet in it is malformed.
set -euo pipefail
. "$(dirname "$0")/lab.sh"
. "$LAB_HOME/topology.sh"
. "$LAB_HOME/server.sh"
. "$LAB_HOME/client-programs.sh"

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

each_client() {
  local host program link ias
  while read -r host program link ias; do
    # shellcheck disable=SC2086 # one word per IA is meant
    [ -z "$host" ] || "$1" "$host" "$program" "$link" $ias
  done <<<"$CLIENTS"
}

make_host() { client_host "$1" "$3"; }
start() { client_start "$2" "$1" "${@:4}"; }
renew() { client_renew "$2" "$1"; }
release() { client_release "$2" "$1" || say "$1: release ended with code $?"; }

# wanted KIND...: words for capture.py, those kinds of exchange for every client and everything it asks for.
wanted() {
  local kinds=("$@")
  want_one() {
    local kind what column
    for what in "${@:4}"; do
      column=5
      [ "$what" != V4 ] || column=4
      for kind in "${kinds[@]}"; do
        case $2,$what,$kind in
          *,V4,SOLICIT) kind=DISCOVER ;;
          networkd,NA,RELEASE | networkd,PD,RELEASE) continue ;;
        esac
        echo "$(awk -v h="$1" -v c="$column" '$1 == h { print $c }' "$LAB_OUT/ports.tsv")=$kind/$what"
      done
    done
  }
  each_client want_one
}

seen() {
  local words
  mapfile -t words < <(wanted "$@")
  python3 "$LAB_HOME/capture.py" missing "$CAPTURE" "${words[@]}" >"$LAB_OUT/missing.txt"
}

# Does the host itself have the addresses?
configured() {
  local what family
  for what in "${@:4}"; do
    case $what in
      V4) family=-4 ;;
      NA) family=-6 ;;
      *) continue ;;
    esac
    [ -n "$(ip -n "$(ns "$1")" $family -o address show dev eth0 scope global)" ] || fail "$1 ($2 on $3) has no $what address on eth0"
  done
}

one_verdict() {
  local lost CLIENTS="$*"
  if lost=$(wanted SOLICIT REQUEST RENEW RELEASE |
    xargs python3 "$LAB_HOME/capture.py" missing "$CAPTURE"); then
    pass "$1 ($2 on $3) obtained, renewed and released ${*:4}$([ "$2" != networkd ] || echo ', the last V4 alone: it never does for IPv6')"
  else
    fail "$1 ($2 on $3): no good answer to $(awk '{ print $2 }' <<<"$lost" | xargs) (see $LAB_OUT/hosts/$1/client.log)"
  fi
}

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
