#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What dhclient calls: sets addresses and the default route, and touches nothing else of the machine.
# shellcheck disable=SC2154 # dhclient sets these
case $reason in
  BOUND6 | RENEW6 | REBIND6)
    [ -z "$new_ip6_address" ] || ip -6 address replace "$new_ip6_address/128" dev "$interface" nodad \
      valid_lft "$new_max_life" preferred_lft "$new_preferred_life"
    ;;
  EXPIRE6 | RELEASE6 | STOP6)
    [ -z "$old_ip6_address" ] || ip -6 address del "$old_ip6_address/128" dev "$interface"
    ;;
  PREINIT) ip link set "$interface" up ;;
  BOUND | RENEW | REBIND | REBOOT)
    ip address replace "$new_ip_address/$new_subnet_mask" dev "$interface"
    [ -z "$new_routers" ] || ip route replace default via "${new_routers%% *}"
    ;;
  EXPIRE | RELEASE | STOP)
    ip address del "$old_ip_address/$old_subnet_mask" dev "$interface"
    ;;
esac
exit 0
