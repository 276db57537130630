#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The datagram transports alone, on interfaces that come, go and resemble each other. A probe says what it hears and answers it.
set -euo pipefail
. "$(dirname "$0")/lab.sh"
. "$LAB_HOME/probe.sh"

lab_begin

# world NAME: a host with the probe, and a peer.
world() {
  HOST=host$1
  PEER=peer$1
  for side in "$HOST" "$PEER"; do
    ip netns add "$(ns "$side")"
    on "$side" ip link set lo up
  done
  on "$HOST" sysctl -qw net.ipv6.conf.default.accept_dad=0
}

# wire NUMBER [HOST-NAME]: a link between hN on the host and pN on the peer.
wire() {
  local n=$1 name=${2:-h$1}
  ip -n "$(ns "$HOST")" link add "$name" type veth peer "p$n" netns "$(ns "$PEER")"
  on "$HOST" ip link set "$name" addrgenmode none
  on "$HOST" ip link set "$name" up
  on "$PEER" ip link set "p$n" up
}

# cable NUMBER: a wire with IPv6 addresses; the host is always fe80::1.
cable() {
  local n=$1
  wire "$n"
  on "$HOST" ip address add fe80::1/64 dev "h$n" nodad
  on "$HOST" ip address add "2001:db8:$n::1/64" dev "h$n" nodad
  on "$PEER" ip address add "2001:db8:$n::2/64" dev "p$n" nodad
}

endpoints() { grep '^endpoints' "$log" | tail -1; }
shows() { endpoints | grep -qF "$1"; }
lacks() { ! shows "$1"; }
# heard TEXT TIMES INTERFACE LOCAL
heard() { [ "$(grep -c "^message $1 " "$log")" = "$2" ] && grep -qF "message $1 $3 $4 from" "$log"; }
# asks INTERFACE DESTINATION TEXT ANSWERER [SOURCE-PORT]: the answerer may be a pattern.
asks() {
  local out
  out=$(on "$PEER" python3 "$LAB_HOME/transport_client.py" "$1" "$2" "$PORT" "$3" ${5:+"$5"}) || return 1
  echo "$out"
  # shellcheck disable=SC2053 # a pattern is meant
  [[ $out == "echo ${3%% *} from "$4\ $PORT ]]
}
answered() { eventually 3 asks "$@"; }
# tells INTERFACE DESTINATION TEXT [SOURCE-PORT]: no answer is expected.
tells() { on "$PEER" env WAIT=0.1 python3 "$LAB_HOME/transport_client.py" "$1" "$2" "$PORT" "$3" ${4:+"$4"} >/dev/null 2>&1 || true; }

# ipv6 TRANSPORT: the interface of a message to an address of wider scope is known to one transport only.
ipv6() {
  local transport=$1 h1=h1
  PORT=547
  [ "$transport" = epoll ] || h1=
  world "$transport"
  log=$LAB_OUT/$transport.log
  cable 1
  cable 2
  on "$HOST" ip address add 2001:db8:1::10/64 dev h1 nodad
  eventually 5 on "$PEER" sh -c '! ip -6 address | grep -q tentative' || die "the peer's addresses stay tentative"
  probe "$HOST" "$log" "$transport" v6 $PORT 'h1,h2,h3' ff02::1:2,ff05::1:3
  check "$transport: both links are listened on" eventually 10 shows "LISTENING ff05::1:3%h2"
  check "$transport: an interface that is not there is told" shows "ABSENT ff02::1:2%h3 (there is no interface h3 with an address)"

  for n in 1 2; do
    check "$transport: link $n: multicast is answered from fe80::1" asks p$n ff02::1:2 link$n fe80::1
    check "$transport: link $n: it was heard once, on its interface" heard link$n 1 h$n ff02::1:2
    check "$transport: link $n: unicast to the equal link-local address is answered" asks p$n fe80::1 local$n fe80::1
    check "$transport: link $n: it was heard once, on its interface" heard local$n 1 h$n fe80::1
    check "$transport: link $n: the wider group is answered" asks p$n ff05::1:3 wide$n "2001:db8:$n::*"
    check "$transport: link $n: it was heard once" heard wide$n 1 "${h1:+h$n}" ff05::1:3
  done
  check "$transport: the answer comes from the address asked" asks p1 2001:db8:1::10 second 2001:db8:1::10
  check "$transport: the destination is known" heard second 1 "$h1" 2001:db8:1::10

  cable 3
  check "$transport: an interface that comes is listened on" eventually 5 shows "LISTENING ff02::1:2%h3"
  check "$transport: and answered on" answered p3 ff02::1:2 new3 fe80::1

  on "$HOST" ip address del 2001:db8:1::10/64 dev h1
  check "$transport: an address that goes is no endpoint" eventually 5 lacks "2001:db8:1::10"
  on "$HOST" sysctl -qw net.ipv6.conf.h1.accept_dad=1 net.ipv6.conf.h1.dad_transmits=3
  on "$HOST" ip address add 2001:db8:1::20/64 dev h1
  check "$transport: a tentative address is told" eventually 3 shows "RETRYING 2001:db8:1::20%h1"
  check "$transport: it is listened on when it is good" eventually 10 shows "LISTENING 2001:db8:1::20%h1"
  check "$transport: and answered from" asks p1 2001:db8:1::20 dad 2001:db8:1::20

  ip -n "$(ns "$HOST")" link del h2
  check "$transport: an interface that goes is told" eventually 5 shows "ABSENT ff02::1:2%h2"
  check "$transport: the others are still answered" asks p1 ff05::1:3 stay1 '2001:db8:1::*'
  cable 2
  check "$transport: it is listened on when it comes again" eventually 5 shows "LISTENING ff05::1:3%h2"
  check "$transport: multicast is answered again" answered p2 ff02::1:2 again2 fe80::1
  check "$transport: the wider group, too" answered p2 ff05::1:3 again-wide2 2001:db8:2::1

  on "$HOST" ip link set h3 down
  check "$transport: an interface that goes down is told" eventually 5 shows "ABSENT ff02::1:2%h3"
  on "$HOST" ip link set h3 up
  on "$HOST" ip address add fe80::1/64 dev h3 nodad
  check "$transport: and listened on when it is up" eventually 5 shows "LISTENING ff02::1:2%h3"
  check "$transport: and answered on" answered p3 ff02::1:2 up3 fe80::1
  lab_stop "$SPAWNED"
  port_in_use "$transport"
}

# port_in_use TRANSPORT
port_in_use() {
  spawn "$HOST" "$LAB_OUT/squatter-$1.log" python3 -c "
import socket, time
s = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM); s.bind(('::', $PORT)); print('bound', flush=True); time.sleep(600)"
  local squatter=$SPAWNED
  eventually 5 grep -q bound "$LAB_OUT/squatter-$1.log" || die "the squatter has no port"
  log=$LAB_OUT/$1-second.log
  probe "$HOST" "$log" "$1" v6 $PORT '*' ff02::1:2
  check "$1: a port in use is told" eventually 10 shows "RETRYING ff02::1:2%h1 (the port is used by another program"
  lab_stop "$squatter"
  check "$1: and taken when it is free" eventually 10 shows "LISTENING ff02::1:2%h1"
  check "$1: and answered on" answered p1 ff02::1:2 free1 fe80::1
  lab_stop "$SPAWNED"
}

# Two links whose clients have the same hardware address and no other; PEER is one of them.
CLIENT=02:00:00:00:00:aa
two_clients() {
  PORT=67
  world "$1"
  PEER=clienta$1
  ip netns add "$(ns "$PEER")"
  wire 1
  PEER=clientb$1
  ip netns add "$(ns "$PEER")"
  wire 2
  on "$HOST" ip address add 192.0.2.1/24 dev h1
  on "$HOST" ip address add 198.51.100.1/24 dev h1
  on "$HOST" ip address add 203.0.113.1/24 dev h2
  on "clienta$1" ip link set p1 address $CLIENT
  on "clientb$1" ip link set p2 address $CLIENT
}

# sniff HOST FILE: all of the host, until lab_stop "$CAPTURE_PID".
sniff() {
  spawn "$1" "$2.log" tcpdump -i any -n -U -s 0 -Z root -w "$2" udp
  CAPTURE_PID=$SPAWNED
  eventually 10 grep -qs 'listening on' "$2.log" || die "tcpdump does not start"
}

# framed FILE FILTER COUNT: so many good datagrams of the capture.
framed() {
  local found
  found=$(tshark -r "$1" -o ip.check_checksum:TRUE -o udp.check_checksum:TRUE \
    -Y "($2) && ip.checksum.status == \"Good\" && udp.checksum.status == \"Good\"" 2>/dev/null | wc -l)
  [ "$found" = "$3" ]
}

ipv4_epoll() {
  two_clients four
  log=$LAB_OUT/four.log
  probe "$HOST" "$log" epoll v4 $PORT 'h1,h2,h4.100'
  check "IPv4: broadcasts of both links are listened for" eventually 10 shows "LISTENING 255.255.255.255%h2"
  check "IPv4: and the addresses" shows "LISTENING 198.51.100.1%h1"
  sniff clientafour "$LAB_OUT/clienta.pcap"
  local a=$CAPTURE_PID
  sniff clientbfour "$LAB_OUT/clientb.pcap"

  PEER=clientafour
  check "IPv4: a client without an address gets a broadcast" asks p1 255.255.255.255 "broad1 to 255.255.255.255 68" 192.0.2.1 68
  check "IPv4: it was heard once, on its interface" heard broad1 1 h1 255.255.255.255
  check "IPv4: the first address of the interface is told first" grep -q 'message broad1 .* of .192.0.2.1, 198.51.100.1.$' "$log"
  tells p1 255.255.255.255 "frame1 to 192.0.2.77 68 $CLIENT" 68
  PEER=clientbfour
  check "IPv4: so does one on the other link with the same hardware address" asks p2 255.255.255.255 "broad2 to 255.255.255.255 68" 203.0.113.1 68
  check "IPv4: it was heard once, on its interface" heard broad2 1 h2 255.255.255.255
  tells p2 255.255.255.255 "frame2 to 203.0.113.77 68 $CLIENT" 68
  check "IPv4: frames were sent" eventually 3 grep -q '^answered frame2 true' "$log"
  check "IPv4: a frame reaches the client on its link" eventually 5 framed "$LAB_OUT/clienta.pcap" \
    "sll.src.eth && ip.src == 192.0.2.1 && ip.dst == 192.0.2.77 && udp.srcport == 67 && udp.dstport == 68 && sll.pkttype == 0" 1
  check "IPv4: the other one the other" eventually 5 framed "$LAB_OUT/clientb.pcap" \
    "ip.src == 203.0.113.1 && ip.dst == 203.0.113.77 && sll.pkttype == 0" 1
  lab_stop "$a" "$CAPTURE_PID"
  check "IPv4: none strays" framed "$LAB_OUT/clienta.pcap" "ip.src == 203.0.113.1" 0
  check "IPv4: no neighbour entry is left" sh -c "! ip -n $(ns "$HOST") neigh | grep -q 77"
  ipv4_unicast
  ipv4_hot_plug
  lab_stop "$SPAWNED_PROBE"
}

ipv4_unicast() {
  PEER=clientafour
  on "$PEER" ip address add 192.0.2.50/24 dev p1
  on "$PEER" ip route add default via 192.0.2.1
  check "IPv4: unicast is answered from the address asked" asks p1 192.0.2.1 renew 192.0.2.1
  check "IPv4: it was heard once, on its interface" heard renew 1 h1 192.0.2.1
  check "IPv4: so is the second address" asks p1 198.51.100.1 renew-second 198.51.100.1
  check "IPv4: unicast is answered to everybody out of its interface" asks p1 192.0.2.1 "nak to 255.255.255.255 68" 192.0.2.1 68
  # A relay beyond the other link, whose way to the address is not that of the address's interface.
  PEER=clientbfour
  on "$PEER" ip address add 203.0.113.2/24 dev p2
  on "$PEER" ip link set lo up
  on "$PEER" ip address add 10.9.0.1/32 dev lo
  on "$PEER" ip route add default via 203.0.113.1 src 10.9.0.1
  on "$HOST" ip route add 10.9.0.0/24 via 203.0.113.2
  check "IPv4: a relay is answered from the address it asked" asks p2 192.0.2.1 relay 192.0.2.1
  check "IPv4: by the way back to it" heard relay 1 "" 192.0.2.1
}

ipv4_hot_plug() {
  ip -n "$(ns "$HOST")" link del h1
  check "IPv4: an interface that goes is told" eventually 5 shows "ABSENT 255.255.255.255%h1"
  PEER=clientafour
  wire 1
  on "$HOST" ip address add 192.0.2.1/24 dev h1
  check "IPv4: it is listened on when it comes again" eventually 5 shows "LISTENING 255.255.255.255%h1"
  check "IPv4: and answered on" answered p1 255.255.255.255 "again4 to 255.255.255.255 68" 192.0.2.1 68
  on "$HOST" ip address del 192.0.2.1/24 dev h1
  on "$HOST" ip address add 192.0.2.9/24 dev h1
  check "IPv4: a changed address is listened on" eventually 5 shows "LISTENING 192.0.2.9%h1"
  check "IPv4: and answered from" answered p1 255.255.255.255 "changed to 255.255.255.255 68" 192.0.2.9 68
  vlan
}

# A kernel without VLAN interfaces can at least have one that is called like them.
vlan() {
  wire 4
  if ip -n "$(ns "$HOST")" link add link h4 name h4.100 type vlan id 100 2>/dev/null; then
    ip -n "$(ns "$PEER")" link add link p4 name p4.100 type vlan id 100
    on "$PEER" ip link set p4.100 up
  else
    say "no VLAN interfaces in this kernel: an ordinary one of that name takes their place"
    ip -n "$(ns "$HOST")" link add h4.100 type veth peer p4.100 netns "$(ns "$PEER")"
    on "$PEER" ip link set p4.100 up
  fi
  on "$HOST" ip link set h4.100 up
  on "$HOST" ip address add 192.0.3.1/24 dev h4.100
  check "IPv4: a VLAN interface that comes is listened on" eventually 5 shows "LISTENING 255.255.255.255%h4.100"
  check "IPv4: and answered on" answered p4.100 255.255.255.255 "vlan to 255.255.255.255 68" 192.0.3.1 68
  check "IPv4: it was heard on it" grep -q '^message vlan h4.100 255.255.255.255 ' "$log"
}

# Without CAP_NET_RAW a client without an address is broadcast to, and the status says so.
ipv4_no_permission() {
  log=$LAB_OUT/four-unprivileged.log
  PROBE_PREFIX='setpriv --bounding-set=-net_raw --inh-caps=-net_raw' probe "$HOST" "$log" epoll v4 $PORT h1
  PEER=clientafour
  check "IPv4 without CAP_NET_RAW: links are listened on" eventually 10 shows "LISTENING 255.255.255.255%h1"
  check "IPv4 without CAP_NET_RAW: an answer by frame is broadcast" asks p1 255.255.255.255 "frame3 to 192.0.2.78 68 $CLIENT" 192.0.2.9 68
  check "IPv4 without CAP_NET_RAW: the endpoint says why" eventually 3 shows "answered by broadcast: no packet socket"
  on "$PEER" ip address add 192.0.2.51/24 dev p1
  check "IPv4 without CAP_NET_RAW: it is counted" sh -c "$(printf '%q ' ip netns exec "$(ns "$PEER")" python3 "$LAB_HOME/transport_client.py" p1 192.0.2.9 $PORT counters) | grep -q 'frames-broadcast-instead=1'"
  lab_stop "$SPAWNED_PROBE"
}

ipv4_udp() {
  two_clients portable
  log=$LAB_OUT/portable.log
  probe "$HOST" "$log" udp v4 $PORT 'h1'
  PEER=clientaportable
  check "IPv4 on JDK sockets: one link is listened on" eventually 10 shows "LISTENING 255.255.255.255%h1"
  check "IPv4 on JDK sockets: a client without an address gets a broadcast" asks p1 255.255.255.255 "broad to 255.255.255.255 68" 192.0.2.1 68
  check "IPv4 on JDK sockets: it was heard once, on its interface" heard broad 1 h1 255.255.255.255
  check "IPv4 on JDK sockets: so it does in place of a frame" asks p1 255.255.255.255 "frame to 192.0.2.77 68 $CLIENT" 192.0.2.1 68
  on "$PEER" ip address add 192.0.2.50/24 dev p1
  check "IPv4 on JDK sockets: unicast is answered from the address asked" asks p1 192.0.2.1 renew 192.0.2.1
  lab_stop "$SPAWNED_PROBE"
  log=$LAB_OUT/portable-two.log
  probe "$HOST" "$log" udp v4 $PORT 'h1,h2'
  check "IPv4 on JDK sockets: broadcasts of two links are refused" eventually 10 shows "RETRYING 255.255.255.255%h2 (JDK sockets cannot tell"
  check "IPv4 on JDK sockets: their addresses are served" shows "LISTENING 203.0.113.1%h2"
  lab_stop "$SPAWNED_PROBE"
}

ipv6 udp
ipv6 epoll
ipv4_epoll
ipv4_no_permission
ipv4_udp
finish
