# SPDX-License-Identifier: Apache-2.0
"""Writes a plan of a large access network: plans_big.py SUBNETS RESERVATIONS LIFETIME

Besides the subnet of linkA, whose clients ask, there are as many others behind relay agents, with the reservations among them."""
import sys

subnets, reservations, lifetime = map(int, sys.argv[1:4])
each = -(-reservations // subnets)
print('{ "Dhcp6": {')
print('  "interfaces-config": { "interfaces": [ "linkA", "core/2001:db8:ffff::1" ] },')
print('  "preferred-lifetime": %d, "valid-lifetime": %d,' % (lifetime - 1000, lifetime))
print('  "subnet6": [')
print('    { "id": 1000000, "subnet": "2001:db8:a::/64", "interface": "linkA", "rapid-commit": true,')
print('      "pools": [ { "pool": "2001:db8:a::/80" } ] }', end="")
for s in range(subnets):
    net = "2001:db9:%x" % s
    print(',\n    { "id": %d, "subnet": "%s::/64", "pools": [ { "pool": "%s::1:0-%s::1:ffff" } ],' % (s + 1, net, net, net))
    print('      "pd-pools": [ { "prefix": "2001:dba:%x::", "prefix-len": 48, "delegated-len": 64 } ],' % s)
    print('      "option-data": [ { "name": "dns-servers", "data": "%s::53" } ],' % net)
    print('      "reservations": [')
    print(",\n".join(
        '        { "duid": "00:03:00:01:%02x:%02x:%02x:%02x:%02x:%02x", "ip-addresses": [ "%s::%x" ], "hostname": "h%d-%d" }'
        % (s >> 24, s >> 16 & 255, s >> 8 & 255, s & 255, r >> 8, r & 255, net, r + 1, s, r)
        for r in range(min(each, reservations - s * each))), end=" ] }")
print('\n  ]\n} }')
