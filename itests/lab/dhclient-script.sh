#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What dhclient calls: sets the address and touches nothing else of the machine.
# shellcheck disable=SC2154 # dhclient sets these
case $reason in
  BOUND6 | RENEW6 | REBIND6)
    [ -z "$new_ip6_address" ] || ip -6 address replace "$new_ip6_address/128" dev "$interface" nodad \
      valid_lft "$new_max_life" preferred_lft "$new_preferred_life"
    ;;
  EXPIRE6 | RELEASE6 | STOP6)
    [ -z "$old_ip6_address" ] || ip -6 address del "$old_ip6_address/128" dev "$interface"
    ;;
esac
exit 0
