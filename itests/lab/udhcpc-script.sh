#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What udhcpc calls: sets the address and the default route, and touches nothing else of the machine.
# shellcheck disable=SC2154 # udhcpc sets these
case $1 in
  bound | renew)
    ip address replace "$ip/$mask" dev "$interface"
    [ -z "$router" ] || ip route replace default via "${router%% *}"
    ;;
  deconfig) ip -4 address flush dev "$interface" ;;
esac
exit 0
