#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The datagram transport alone, on interfaces that come, go and resemble each other. It says what it hears and echoes it.
set -euo pipefail
. "$(dirname "$0")/lab.sh"

PORT=547
lab_begin
log=$LAB_OUT/probe.log
ip netns add "$(ns host)"
ip netns add "$(ns peer)"
for side in host peer; do on "$side" ip link set lo up; done
on host sysctl -qw net.ipv6.conf.default.accept_dad=0

# cable NUMBER [ADDRESS]...: a link between hN on the host, always fe80::1, and pN on the peer.
cable() {
  local n=$1
  ip -n "$(ns host)" link add "h$n" type veth peer "p$n" netns "$(ns peer)"
  on host ip link set "h$n" addrgenmode none
  on host ip link set "h$n" up
  on host ip address add fe80::1/64 dev "h$n" nodad
  on host ip address add "2001:db8:$n::1/64" dev "h$n" nodad
  on peer ip link set "p$n" up
  on peer ip address add "2001:db8:$n::2/64" dev "p$n" nodad
}

jars=$(find ~/.m2/repository/org/slf4j/slf4j-api -name 'slf4j-api-2*.jar' | sort | tail -1)
for part in codec/target/classes api/target/classes transport-udp/target/classes transport-udp/target/test-classes; do
  jars=$jars:$ROOT/bundles/$part
done
endpoints() { grep '^endpoints' "$log" | tail -1; }
shows() { endpoints | grep -qF "$1"; }
lacks() { ! shows "$1"; }
# heard TEXT TIMES INTERFACE LOCAL
heard() { [ "$(grep -c "^message $1 " "$log")" = "$2" ] && grep -qxF "message $1 $3 $4" "$log"; }
# asks INTERFACE DESTINATION TEXT ANSWERER: the answerer may be a pattern.
asks() {
  local out
  out=$(on peer python3 "$LAB_HOME/transport_client.py" "$1" "$2" "$PORT" "$3") || return 1
  echo "$out"
  # shellcheck disable=SC2053 # a pattern is meant
  [[ $out == "echo $3 from "$4\ $PORT ]]
}
answered() { eventually 3 asks "$@"; }

cable 1
cable 2
on host ip address add 2001:db8:1::10/64 dev h1 nodad
eventually 5 on peer sh -c '! ip -6 address | grep -q tentative' || die "the peer's addresses stay tentative"
spawn host "$log" java -cp "$jars" io.leasehold.transport.udp.UdpProbe $PORT 'h1,h2,h3' ff02::1:2,ff05::1:3
check "both links are listened on" eventually 10 shows "LISTENING ff05::1:3%h2"
check "an interface that is not there is told" shows "ABSENT ff02::1:2%h3 (there is no interface h3 with an address)"

for n in 1 2; do
  check "link $n: multicast is answered from fe80::1" asks p$n ff02::1:2 link$n fe80::1
  check "link $n: it was heard once, on its interface" heard link$n 1 h$n ff02::1:2
  check "link $n: unicast to the equal link-local address is answered" asks p$n fe80::1 local$n fe80::1
  check "link $n: it was heard once, on its interface" heard local$n 1 h$n fe80::1
  check "link $n: the wider group is answered" asks p$n ff05::1:3 wide$n "2001:db8:$n::*"
  check "link $n: it was heard once" heard wide$n 1 "" ff05::1:3
done
check "the answer comes from the address asked" asks p1 2001:db8:1::10 second 2001:db8:1::10
check "the destination is known" heard second 1 "" 2001:db8:1::10

cable 3
check "an interface that comes is listened on" eventually 5 shows "LISTENING ff02::1:2%h3"
check "and answered on" answered p3 ff02::1:2 new3 fe80::1

on host ip address del 2001:db8:1::10/64 dev h1
check "an address that goes is no endpoint" eventually 5 lacks "2001:db8:1::10"
on host sysctl -qw net.ipv6.conf.h1.accept_dad=1 net.ipv6.conf.h1.dad_transmits=3
on host ip address add 2001:db8:1::20/64 dev h1
check "a tentative address is told" eventually 3 shows "RETRYING 2001:db8:1::20%h1"
check "it is listened on when it is good" eventually 10 shows "LISTENING 2001:db8:1::20%h1"
check "and answered from" asks p1 2001:db8:1::20 dad 2001:db8:1::20

ip -n "$(ns host)" link del h2
check "an interface that goes is told" eventually 5 shows "ABSENT ff02::1:2%h2"
check "the others are still answered" asks p1 ff05::1:3 stay1 '2001:db8:1::*'
cable 2
check "it is listened on when it comes again" eventually 5 shows "LISTENING ff05::1:3%h2"
check "multicast is answered again" answered p2 ff02::1:2 again2 fe80::1
check "the wider group, too" answered p2 ff05::1:3 again-wide2 2001:db8:2::1

on host ip link set h3 down
check "an interface that goes down is told" eventually 5 shows "ABSENT ff02::1:2%h3"
on host ip link set h3 up
on host ip address add fe80::1/64 dev h3 nodad
check "and listened on when it is up" eventually 5 shows "LISTENING ff02::1:2%h3"
check "and answered on" answered p3 ff02::1:2 up3 fe80::1

lab_stop "$SPAWNED"
spawn host "$LAB_OUT/squatter.log" python3 -c "
import socket, time
s = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM); s.bind(('::', $PORT)); print('bound', flush=True); time.sleep(600)"
squatter=$SPAWNED
eventually 5 grep -q bound "$LAB_OUT/squatter.log" || die "the squatter has no port"
log=$LAB_OUT/probe-second.log
spawn host "$log" java -cp "$jars" io.leasehold.transport.udp.UdpProbe $PORT '*' ff02::1:2
check "a port in use is told" eventually 10 shows "RETRYING ff02::1:2%h1 (the port is used by another program"
lab_stop "$squatter"
check "and taken when it is free" eventually 10 shows "LISTENING ff02::1:2%h1"
check "and answered on" answered p1 ff02::1:2 free1 fe80::1
finish
