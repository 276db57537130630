# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# Real DHCP clients on hosts of the lab. Sourced.
#
#   client_start PROGRAM HOST WHAT...  what it asks for, of V4, NA and PD; the client runs in the background and keeps its leases
#   client_renew PROGRAM HOST          makes it renew now, where its own clock does not follow the server's T1
#   client_release PROGRAM HOST        makes it give its leases back and end
#
# Two programs joined by + share a host: the first speaks IPv4 and the second IPv6.

client_start() {
  local program=$1 host=$2
  shift 2
  CLIENT_DIR=$LAB_OUT/hosts/$host
  mkdir -p "$CLIENT_DIR"
  case $program in
    *+*)
      "start_${program%+*}" "$host" "$CLIENT_DIR" V4
      # shellcheck disable=SC2046 # one word per IA is meant
      "start_${program#*+}" "$host" "$CLIENT_DIR" $(printf '%s\n' "$@" | grep -v V4)
      ;;
    *) "start_$program" "$host" "$CLIENT_DIR" "$@" ;;
  esac
}

client_renew() {
  local one
  for one in ${1/+/ }; do
    if declare -F "renew_$one" >/dev/null; then "renew_$one" "$2" "$LAB_OUT/hosts/$2"; fi
  done
}

client_release() {
  local one code=0
  for one in ${1/+/ }; do "release_$one" "$2" "$LAB_OUT/hosts/$2" || code=$?; done
  return "$code"
}

# dhclient (ISC), a process for each protocol: its own script would write /etc/resolv.conf and the like; ours sets addresses.
start_dhclient() {
  local host=$1 dir=$2 ia words=()
  printf 'request subnet-mask, routers, domain-name-servers, dhcp6.name-servers, dhcp6.domain-search;\n' >"$dir/dhclient.conf"
  for ia in "${@:3}"; do
    case $ia in
      V4) spawn "$host" "$dir/client4.log" dhclient -4 -d -v "${DHCLIENT_FILES[@]//DIR/$dir/dhclient4}" eth0 ;;
      NA) words+=(-N) ;;
      PD) words+=(-P) ;;
    esac
  done
  printf '%s\n' "${words[@]}" >"$dir/dhclient.words"
  spawn "$host" "$dir/client.log" dhclient -6 -d -v "${words[@]}" "${DHCLIENT_FILES[@]//DIR/$dir/dhclient}" eth0
}

release_dhclient() {
  local words
  mapfile -t words <"$2/dhclient.words"
  [ ! -e "$2/client4.log" ] || on "$1" dhclient -4 -r -v "${DHCLIENT_FILES[@]//DIR/$2/dhclient4}" eth0 >>"$2/client4.log" 2>&1
  on "$1" dhclient -6 -r -v "${words[@]}" "${DHCLIENT_FILES[@]//DIR/$2/dhclient}" eth0 >>"$2/client.log" 2>&1
}

DHCLIENT_FILES=(-cf DIR.conf -lf DIR.leases -pf DIR.pid -sf "$LAB_HOME/dhclient-script.sh")

# One process for both protocols. It would probe an address for seconds before it has it: noarp.
start_dhcpcd() {
  local host=$1 dir=$2 ia number=0 only='ipv6only'
  [ "$3" != V4 ] || only='noarp'
  {
    printf 'duid\n%s\nnoipv6rs\nnohook resolv.conf, hostname, ntp.conf\noption routers\ninterface eth0\n' "$only"
    for ia in "${@:3}"; do
      number=$((number + 1))
      case $ia in
        NA) echo "  ia_na $number" ;;
        PD) echo "  ia_pd $number eth0/0" ;;
      esac
    done
  } >"$dir/dhcpcd.conf"
  LAB_BIND="$dir/lib:/var/lib/dhcpcd $dir/run:/run/dhcpcd" spawn "$host" "$dir/client.log" \
    dhcpcd -B -d -f "$dir/dhcpcd.conf" eth0
}

release_dhcpcd() {
  LAB_BIND="$2/lib:/var/lib/dhcpcd $2/run:/run/dhcpcd" on "$1" \
    dhcpcd -k -f "$2/dhcpcd.conf" eth0 >>"$2/client.log" 2>&1
}

# udhcpc (BusyBox; Debian builds it without its DHCPv6 half). It does not look at T1, but renews at half of the lease.
start_udhcpc() {
  spawn "$1" "$2/client4.log" udhcpc -f -R -i eth0 -p "$2/udhcpc.pid" -s "$LAB_HOME/udhcpc-script.sh"
}

renew_udhcpc() { kill -USR1 "$(cat "$2/udhcpc.pid")"; }
release_udhcpc() { kill "$(cat "$2/udhcpc.pid")"; }

# systemd-networkd, without systemd as the first process and without D-Bus. Where /sys cannot be written to it does not wait for
# udev to name the interface. Every host of the lab would have the DUID of this machine, so it makes one of its own. When it
# ends it releases its IPv4 lease; that of Debian 12 releases no IPv6 lease. A delegated prefix goes to a second interface.
start_networkd() {
  local host=$1 dir=$2 prefixes=no
  mkdir -p "$dir/network" "$dir/networkd/netif"
  case " $* " in
    *' PD '*)
      prefixes=yes
      ip -n "$(ns "$host")" link add lan0 type bridge
      ip -n "$(ns "$host")" link set lan0 up
      printf '[Match]\nName=lan0\n[Network]\nDHCPPrefixDelegation=yes\nIPv6AcceptRA=no\n' >"$dir/network/lan0.network"
      ;;
  esac
  printf '%s\n' '[Match]' 'Name=eth0' '[Network]' 'DHCP=yes' 'IPv6AcceptRA=no' 'LinkLocalAddressing=ipv6' \
    '[DHCPv4]' 'ClientIdentifier=mac' 'UseHostname=no' '[DHCPv6]' 'DUIDType=link-layer' 'WithoutRA=solicit' "UseDelegatedPrefix=$prefixes" \
    >"$dir/network/eth0.network"
  chown -R systemd-network "$dir/networkd"
  LAB_BIND="$dir/network:/etc/systemd/network $dir/networkd:/run/systemd" spawn "$host" "$dir/client.log" \
    sh -c 'mount -o remount,ro,bind /sys; SYSTEMD_LOG_LEVEL=debug exec /lib/systemd/systemd-networkd'
  echo "$SPAWNED" >"$dir/networkd.pid"
}

release_networkd() { kill "$(cat "$2/networkd.pid")"; }

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
