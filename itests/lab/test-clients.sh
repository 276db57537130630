#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Real clients, directly attached and behind one and two relays, obtain, renew and release. The capture of the server's
# interfaces is the witness: a client passed when each exchange got a good answer, and no packet in it is malformed.
set -euo pipefail
. "$(dirname "$0")/lab.sh"
. "$LAB_HOME/topology.sh"
. "$LAB_HOME/server.sh"
. "$LAB_HOME/client-programs.sh"

# host, program, link, what it asks for
CLIENTS='
dhclient-a  dhclient  linkA  NA
dhcpcd-a    dhcpcd    linkA  NA PD
dibbler-a   dibbler   linkA  NA PD
dhcp6c-a    dhcp6c    linkA  NA PD
router-a    dhclient  linkA  PD
dhclient-b  dhclient  linkB  NA PD
dhcpcd-b    dhcpcd    linkB  NA PD
dibbler-b   dibbler   linkB  NA
dhcp6c-b    dhcp6c    linkB  PD
dhclient-c  dhclient  linkC  NA
dhcpcd-c    dhcpcd    linkC  NA PD
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
release() { client_release "$2" "$1" || say "$1: release ended with code $?"; }

# wanted KIND...: words for capture.py, those kinds of exchange for every client and everything it asks for.
wanted() {
  local kinds=("$@")
  want_one() {
    local kind ia list=
    for kind in "${kinds[@]}"; do
      for ia in "${@:4}"; do list+=${list:+,}$kind/$ia; done
    done
    echo "$(awk -v h="$1" '$1 == h { print $5 }' "$LAB_OUT/ports.tsv")=$list"
  }
  each_client want_one
}

seen() {
  local words
  mapfile -t words < <(wanted "$@")
  python3 "$LAB_HOME/capture.py" missing "$CAPTURE" "${words[@]}" >"$LAB_OUT/missing.txt"
}

# Does the host itself have the address?
configured() {
  case " ${*:4} " in *' NA '*) ;; *) return 0 ;; esac
  [ -n "$(ip -n "$(ns "$1")" -6 -o address show dev eth0 scope global)" ] || fail "$1 ($2 on $3) has no address on eth0"
}

one_verdict() {
  local lost
  if lost=$(CLIENTS="$*" && wanted SOLICIT REQUEST RENEW RELEASE |
    xargs python3 "$LAB_HOME/capture.py" missing "$CAPTURE"); then
    pass "$1 ($2 on $3) obtained, renewed and released ${*:4}"
  else
    fail "$1 ($2 on $3): no good answer to $(awk '{ print $2 }' <<<"$lost" | xargs) (see $LAB_OUT/hosts/$1/client.log)"
  fi
}

lab_begin
topology
each_client make_host
say "starting $(server_name)"
server_start server "${LAB_PLAN:-$LAB_HOME/plans/clients.json}" || die "the server does not start: $(tail -5 "$(server_log)")"
capture server "$CAPTURE"
start_relays
say "clients obtain"
each_client start
eventually 30 seen SOLICIT REQUEST || say "still missing: $(xargs <"$LAB_OUT/missing.txt")"
say "clients renew"
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
