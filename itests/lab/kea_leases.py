# SPDX-License-Identifier: Apache-2.0
"""The lease file of a Kea with many DHCPv6 leases.

  kea_leases.py write FILE COUNT
  kea_leases.py client NUMBER      prints the address and the DUID of a client

Client n has the DUID-LL of its number, IAID 1 and address n + 1 of 2001:db8:a::/64; Fill.java writes the same for Leasehold.
"""
import sys
import time

VALID, PREFERRED = 50000, 40000
COLUMNS = "address,duid,valid_lifetime,expire,subnet_id,pref_lifetime,lease_type,iaid,prefix_len,fqdn_fwd,fqdn_rev,hostname," \
    "hwaddr,state,user_context,hwtype,hwaddr_source"


def address(n):
    n += 1
    return f"2001:db8:a::{n >> 16:x}:{n & 0xFFFF:x}" if n >> 16 else f"2001:db8:a::{n:x}"


def duid(n, separator=":"):
    return separator.join(f"{octet:02x}" for octet in (0, 3, 0, 1, 2, 0xAA, n >> 24, n >> 16 & 255, n >> 8 & 255, n & 255))


def write(path, count):
    end = f",{VALID},{int(time.time()) + VALID},1,{PREFERRED},0,1,128,0,0,,"
    with open(path, "w") as file:
        file.write(COLUMNS + "\n")
        for n in range(count):
            identifier = duid(n)
            file.write(f"{address(n)},{identifier}{end}{identifier[12:]},0,,1,2\n")


if __name__ == "__main__":
    if sys.argv[1] == "write":
        write(sys.argv[2], int(sys.argv[3]))
    else:
        print(address(int(sys.argv[2])), duid(int(sys.argv[2]), ""))
