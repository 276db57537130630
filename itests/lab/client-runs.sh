# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# A list of clients that obtain, renew and release, and a capture that is the witness. Sourced after client-programs.sh.
#
#   CLIENTS   lines of host, program, link, and what it asks for of V4, NA and PD
#   CAPTURE   file that capture.py reads

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
