#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The reckoning of the benchmark: report and plots of sample values, and nothing is measured. Needs no lab.
set -euo pipefail
cd "$(dirname "$0")"
export PYTHONDONTWRITEBYTECODE=1
log=$(mktemp)
trap 'rm -f "$log"' EXIT
python3 -W ignore -m unittest -v bench_report_test >"$log" 2>&1 || true
passed=$(grep -c '\.\.\. \(ok\|skipped\)' "$log" || true)
failed=$(grep -c '\.\.\. \(FAIL\|ERROR\)' "$log" || true)
sed -n 's/^\(test_[a-z_]*\) .*\.\.\. ok$/PASS \1/p' "$log"
if [ "$failed" -gt 0 ] || [ "$passed" -eq 0 ]; then
  sed -n '/^=====/,$p' "$log"
  [ "$passed" -gt 0 ] || cat "$log"
fi
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
