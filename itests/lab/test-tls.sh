#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Channels of TLS and DTLS with other people's: OpenSSL and GnuTLS of the system, and a Node.js from npm, whose OpenSSL knows the hybrid key
# exchange. Handshakes happen on the loopback interface of a host of the lab.
set -euo pipefail
. "$(dirname "$0")/lab.sh"

. "$LAB_HOME/node.sh"

lab_begin
add_host peers
say "$(openssl version), $(gnutls-cli --version | head -1)"
[ ! -x "$NODE" ] || say "Node.js $("$NODE" -p '`${process.version} with OpenSSL ${process.versions.openssl}`')"

# interop tls|dtls CLASS: runs a class of tests of the module on the host; each test is a line.
interop() {
  local module=security-$1 name=io.leasehold.security.$1.interop.$2 log=$LAB_OUT/$1-$2.log report
  report=$ROOT/bundles/$module/target/surefire-reports/TEST-$name.xml
  rm -f "$report"
  ip netns exec "$(ns peers)" "$ROOT/mvnw" -o -B -ntp -f "$ROOT/pom.xml" -pl "bundles/$module" -am "-Dtest=$name" \
    "-Dleasehold.node=$NODE" -Dsurefire.failIfNoSpecifiedTests=false test </dev/null >"$log" 2>&1 || true
  [ -f "$report" ] || { fail "$name did not run (see $log)"; return 0; }
  while IFS=$'\t' read -r outcome test; do
    if [ "$outcome" = ok ]; then pass "$1 $2 $test"; else fail "$1 $2 $test (see $log)"; fi
  done < <(python3 - "$report" <<'END'
import sys
import xml.etree.ElementTree as tree

for case in tree.parse(sys.argv[1]).getroot().iter("testcase"):
    bad = any(case.find(kind) is not None for kind in ("failure", "error", "skipped"))
    print("bad" if bad else "ok", case.get("name"), sep="\t")
END
  )
}

interop tls OpensslInterop
interop tls GnutlsInterop
if [ -x "$NODE" ]; then
  interop tls NodeInterop
else
  skip "tls NodeInterop: the hybrid key exchange with somebody else's; no Node.js in $NODE (./dev fetches it; see target/lab/npm.log)"
fi
interop dtls OpensslInterop
finish
