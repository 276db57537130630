#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Every command line of docs/operate.md, in its order, on a server with the plan and the clients of its examples. A line
# whose example ends with a failure has to fail.
set -euo pipefail
. "$(dirname "$0")/lab.sh"

[ "$LAB_SERVER" = leasehold ] || die "the documents are about leasehold"
lab_begin
: >"$LAB_OUT/ports.tsv"
add_host switch
add_link linkA
add_host server
plug server eth0 linkA 2001:db8:1::1/64 192.0.2.1/24
add_host client
plug client eth0 linkA 192.0.2.2/24
. "$LAB_HOME/server.sh"
server_start server "$LAB_HOME/plans/operate.json" "$LAB_HOME/plans/operate4.json" || die "the server does not start"
on client perfdhcp -6 -l eth0 -e address-and-prefix -r 20 -R 3 -n 60 >"$LAB_OUT/perfdhcp.txt" 2>&1 || true
# As a relay agent of the same hosts, which have the same hardware addresses in both protocols.
on client perfdhcp -4 -l eth0 -r 20 -R 3 -n 60 192.0.2.1 >"$LAB_OUT/perfdhcp4.txt" 2>&1 || true
plan=$SERVER_DIR/etc/leasehold/plan.d/plan.json
cp "$LAB_HOME/plans/dhcpd-import.conf" "$SERVER_DIR/dhcpd.conf"

# What the line before the command has to do, and what has to be mended after it.
prepare() {
  case $1 in
    *does\ not\ listen*)
      on server ip link set eth0 down
      eventually 10 deaf
      ;;
    *prefered-lifetime*) sed -i 's/preferred-lifetime/prefered-lifetime/' "$plan" ;;
    *'3600 -> 7200'*) sed -i 's/"valid-lifetime": 3600/"valid-lifetime": 7200/' "$plan" ;;
  esac
}
mend() {
  case $1 in
    *does\ not\ listen*)
      on server ip link set eth0 up
      on server ip address add 2001:db8:1::1/64 dev eth0 nodad
      eventually 10 ready
      ;;
    *prefered-lifetime*) sed -i 's/prefered-lifetime/preferred-lifetime/' "$plan" ;;
  esac
}
ready() { leasehold exec 'dhcp:status --ready' >/dev/null 2>&1; }
# Each protocol notices by itself.
deaf() {
  local told
  told=$(leasehold exec 'dhcp:status --ready' 2>&1) || true
  [[ $told == *'port 547'*'port 67'* ]]
}

# try COMMAND EXAMPLE: the first word of the example has to come, and failures where it shows one.
try() {
  local code=0 out wanted first
  prepare "$2"
  out=$(leasehold exec "$1" 2>&1) || code=$?
  mend "$2"
  printf '$ %s\n%s\n-> %s\n' "$1" "$out" "$code" >>"$LAB_OUT/checks.log"
  wanted=0
  case $2 in *does\ not\ listen* | *'was refused'* | *malformed* | *'is here; install'* | *'nothing to repair'* | *'there is no link'* | *'there is no interceptor'*) wanted=1 ;; esac
  [ "$code" -eq "$wanted" ] || return 1
  first=${2%%[[:space:]:]*} # values differ from one run to the next
  case $1 in *bundle:start* | *bundle:stop*) sleep 1 ;; esac
  case $first in "" | /*) return 0 ;; *) [[ $out == "$first"* ]] ;; esac
}

while IFS=$'\t' read -r command example; do
  check "$command" try "$command" "$example"
done < <(python3 - "$ROOT/docs/operate.md" <<'END'
import re, sys
for block in re.findall(r"```console\n(.*?)```", open(sys.argv[1]).read(), re.S):
    for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
        line, _, example = part.partition("\n")
        command = re.fullmatch(r"leasehold exec '(.*)'", line)
        if command:
            print(command.group(1), " ".join(example.split("\n")), sep="\t")
END
)
finish
