# SPDX-License-Identifier: Apache-2.0
"""One client on the host "client" of the lab obtains one address: ask.py LAB ADDRESS prints it, or exits with 1."""
import os
import sys

import dhcp6
from scripted_client import Client, Direct, duid_ll

lab, address = sys.argv[1:3]
path = Direct(f"{lab}-client", "eth0", address)
reply = Client(path, duid_ll(int.from_bytes(os.urandom(4), "big")), 3).lease(dhcp6.ia_na(1))
leases = [lease[0] for ia in dhcp6.ias(reply) for lease in ia.leases] if reply else []
print(*leases)
sys.exit(0 if leases else 1)
