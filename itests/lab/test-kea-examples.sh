#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Every example configuration that Debian's Kea packages ship is accepted, or refused for what kea-examples.txt names and nothing
# else, by "leasehold check" as an operator runs it. The packages are fetched, not installed; without them the test is skipped.
set -euo pipefail
. "$(dirname "$0")/lab.sh"

[ "$LAB_SERVER" = leasehold ] || die "the examples are Kea's"
lab_begin
. "$LAB_HOME/server.sh"
leasehold_unpack
EXPECTED=$ROOT/bundles/server/src/test/resources/io/leasehold/server/plan/json/kea-examples.txt
FILES=$LAB_OUT/kea

mkdir -p "$FILES"
chmod 777 "$FILES" # apt-get leaves root's rights for the download
if ! (cd "$FILES" && apt-get download -qq kea-doc kea-common kea-dhcp4-server kea-dhcp6-server kea-admin) >"$LAB_OUT/apt.txt" 2>&1; then
  skip "the packages of Kea cannot be fetched: $(tail -1 "$LAB_OUT/apt.txt")"
  pass "nothing to look at"
  finish
  exit 0
fi
for package in "$FILES"/*.deb; do dpkg -x "$package" "$FILES/x"; done

# outcome FILE NAME: whether it is what the list says.
outcome() {
  local code=0 wanted
  (cd "$(dirname "$1")" && "$ASSEMBLY/bin/leasehold" check "$(basename "$1")") >"$LAB_OUT/check.txt" 2>&1 || code=$?
  printf '%s %s\n' "$code" "$2" >>"$LAB_OUT/outcomes.txt"
  if ! grep -q "^$2 | " "$EXPECTED"; then
    [ "$code" -eq 0 ]
    return
  fi
  [ "$code" -eq 1 ] || return 1
  grep "^$2 | " "$EXPECTED" | sed 's/^[^|]*| //' >"$LAB_OUT/wanted.txt"
  while IFS= read -r wanted; do grep -qF -- "$wanted" "$LAB_OUT/check.txt" || return 1; done <"$LAB_OUT/wanted.txt"
  [ "$(grep -c ' error: ' "$LAB_OUT/check.txt")" -eq "$(wc -l <"$LAB_OUT/wanted.txt")" ]
}

while IFS= read -r file; do
  name=$(basename "$(dirname "$file")")/$(basename "$file")
  check "$name" outcome "$file" "$name"
done < <(find "$FILES/x/usr/share/doc/kea/examples/kea4" "$FILES/x/usr/share/doc/kea/examples/kea6" -name '*.json' | sort
  find "$FILES/x/etc/kea" -name 'kea-dhcp[46].conf' | sort)
finish
