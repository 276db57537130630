#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs the lab's acceptance tests one after the other (or those named: run-tests.sh clients kill9) and adds up their lines.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
tests=("$@")
[ $# -gt 0 ] || tests=(bench transport tls swap privacy downgrade docs operate handle hardening reload kea-examples clients relay relay-chain failover failover-tls failover-clear pool-clear
  v4-frame probe kea-compare kea-expressions dhcpd-compare flood overload hostile exhaustion disk-full broken-plan kill9)
# By their names only: reload-load, whose clients a machine with other work cannot serve; pool, which starts eight instances and takes ten minutes;
# pool-security, whose floods take two minutes.
# Three minutes each: the set-up that docs/failover.md describes, and registrars that announce themselves, which few changes touch.
[ $# -gt 0 ] || [ -n "${CI:-}" ] || tests+=(failover-manual announce)
passed=0
failed=0
skipped=0

for name in "${tests[@]}"; do
  printf '== %s\n' "$name"
  closing=
  code=0
  while IFS= read -r line; do
    if [[ $line =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]]; then
      closing=$line
      passed=$((passed + BASH_REMATCH[1]))
      failed=$((failed + BASH_REMATCH[2]))
    else
      [[ $line != SKIP\ * ]] || skipped=$((skipped + 1))
      printf '%s\n' "$line"
    fi
  done < <("$here/test-$name.sh" </dev/null 2>&1)
  wait $! || code=$?
  if [ -z "$closing" ]; then
    failed=$((failed + 1))
    printf 'FAIL %s ended early with code %s\n' "$name" "$code"
  fi
done
[ "$skipped" -eq 0 ] || printf '%d SKIPPED, see above\n' "$skipped"
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
