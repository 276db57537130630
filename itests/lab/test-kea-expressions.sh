#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The tables of expressions that our tests evaluate say what Kea makes of each, too: whether that is true of the Kea installed here.
# (Lines that Kea 2.2 refuses may be accepted by a later one, which then fails here and tells.)
set -euo pipefail
. "$(dirname "$0")/lab.sh"

TABLES=$ROOT/bundles/server/src/test/resources/io/leasehold/server/expression

lab_begin
: >"$LAB_OUT/ports.tsv"
add_host switch
add_link wire
add_host server
plug server xs0 wire 192.0.2.1/24 fe80::1/64
add_host client
plug client xc0 wire 192.0.2.2/24 fe80::2/64

for table in dhcp4 dhcp4-vendors dhcp6; do
  say "asking Kea about $table"
  while IFS= read -r line; do
    case $line in
      PASS*) PASSED=$((PASSED + 1)) ;;
      FAIL*) fail "${line#FAIL }" ;;
    esac
  done < <(python3 "$LAB_HOME/kea_expressions.py" "$LAB_NAME" "$LAB_OUT" "$TABLES/$table.txt")
done
finish
