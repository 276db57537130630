# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# Real DHCPv6 clients on hosts of the lab. Sourced.
#
#   client_start PROGRAM HOST IA...    IA is NA or PD; the client runs in the background and keeps its lease
#   client_release PROGRAM HOST        makes it give its leases back and end

client_start() {
  local program=$1 host=$2
  shift 2
  CLIENT_DIR=$LAB_OUT/hosts/$host
  mkdir -p "$CLIENT_DIR"
  "start_$program" "$host" "$CLIENT_DIR" "$@"
}

client_release() { "release_$1" "$2" "$LAB_OUT/hosts/$2"; }

# dhclient (ISC): its own script would write /etc/resolv.conf and the like; ours sets the address.
start_dhclient() {
  local host=$1 dir=$2 ia words=()
  for ia in "${@:3}"; do
    if [ "$ia" = NA ]; then words+=(-N); else words+=(-P); fi
  done
  printf 'request dhcp6.name-servers, dhcp6.domain-search;\n' >"$dir/dhclient.conf"
  printf '%s\n' "${words[@]}" >"$dir/dhclient.words"
  spawn "$host" "$dir/client.log" dhclient -6 -d -v "${words[@]}" -cf "$dir/dhclient.conf" -lf "$dir/dhclient.leases" \
    -pf "$dir/dhclient.pid" -sf "$LAB_HOME/dhclient-script.sh" eth0
}

release_dhclient() {
  local words
  mapfile -t words <"$2/dhclient.words"
  on "$1" dhclient -6 -r -v "${words[@]}" -cf "$2/dhclient.conf" -lf "$2/dhclient.leases" -pf "$2/dhclient.pid" \
    -sf "$LAB_HOME/dhclient-script.sh" eth0 >>"$2/client.log" 2>&1
}

start_dhcpcd() {
  local host=$1 dir=$2 ia number=0
  {
    printf 'duid\nipv6only\nnoipv6rs\nnohook resolv.conf, hostname, ntp.conf\ninterface eth0\n'
    for ia in "${@:3}"; do
      number=$((number + 1))
      if [ "$ia" = NA ]; then echo "  ia_na $number"; else echo "  ia_pd $number eth0/0"; fi
    done
  } >"$dir/dhcpcd.conf"
  LAB_BIND="$dir/lib:/var/lib/dhcpcd $dir/run:/run/dhcpcd" spawn "$host" "$dir/client.log" \
    dhcpcd -6 -B -d -f "$dir/dhcpcd.conf" eth0
}

release_dhcpcd() {
  LAB_BIND="$2/lib:/var/lib/dhcpcd $2/run:/run/dhcpcd" on "$1" \
    dhcpcd -6 -k -f "$2/dhcpcd.conf" eth0 >>"$2/client.log" 2>&1
}

# dibbler rewrites /etc/resolv.conf by way of a new file in /etc, so it gets an /etc of its own.
start_dibbler() {
  local host=$1 dir=$2 ia
  mkdir -p "$dir/etc/dibbler"
  {
    printf 'log-level 7\nduid-type duid-ll\niface "eth0" {\n'
    for ia in "${@:3}"; do
      if [ "$ia" = NA ]; then echo "  ia"; else echo "  pd"; fi
    done
    printf '  option dns-server\n  option domain\n}\n'
  } >"$dir/etc/dibbler/client.conf"
  dibbler_binds "$dir"
  LAB_BIND=$DIBBLER_BINDS spawn "$host" "$dir/client.log" dibbler-client run
}

release_dibbler() {
  dibbler_binds "$2"
  LAB_BIND=$DIBBLER_BINDS on "$1" dibbler-client stop >>"$2/client.log" 2>&1
}

dibbler_binds() { DIBBLER_BINDS="$1/etc:/etc $1/lib:/var/lib/dibbler $1/log:/var/log/dibbler"; }

# dhcp6c (WIDE): delegated prefixes go to a second interface, as on a home router.
start_dhcp6c() {
  local host=$1 dir=$2 ia number=0
  ip -n "$(ns "$host")" link add lan0 type bridge
  ip -n "$(ns "$host")" link set lan0 up
  {
    printf 'interface eth0 {\n'
    for ia in "${@:3}"; do
      number=$((number + 1))
      echo "  send ia-${ia,,} $number;"
    done
    printf '  request domain-name-servers;\n};\n'
    number=0
    for ia in "${@:3}"; do
      number=$((number + 1))
      if [ "$ia" = NA ]; then echo "id-assoc na $number { };"
      else echo "id-assoc pd $number { prefix-interface lan0 { sla-id 1; sla-len 8; }; };"; fi
    done
  } >"$dir/dhcp6c.conf"
  LAB_BIND="$dir/lib:/var/lib/dhcpv6" spawn "$host" "$dir/client.log" dhcp6c -f -D -c "$dir/dhcp6c.conf" -p "$dir/dhcp6c.pid" eth0
}

# It releases on SIGTERM.
release_dhcp6c() {
  kill "$(cat "$2/dhcp6c.pid")"
}
