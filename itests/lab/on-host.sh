#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs a command on a host of the lab, inside its network namespace and with mounts of its own (ip-netns gives both).
# on-host.sh SCRATCH_DIRECTORY COMMAND...; LAB_BIND holds words "source:target" to bind-mount first.
set -eu
scratch=$1
shift
: >>"$scratch/resolv.conf"
if [ -e /etc/resolv.conf ]; then mount --bind "$scratch/resolv.conf" "$(readlink -f /etc/resolv.conf)"; fi
for pair in ${LAB_BIND:-}; do
  mkdir -p "${pair%%:*}" "${pair#*:}"
  mount --bind "${pair%%:*}" "${pair#*:}"
done
unset LAB_BIND
exec "$@"
