#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The blocks of docs/install.md and docs/configure.md, as they stand there, on a machine whose /opt, /srv and /etc/kea are empty:
# every "sh" block has to succeed, every "console" block has to print what it shows. A "json" block is the site.json of the
# blocks after it. docs/operate.md has a test of its own, test-operate.sh.
set -euo pipefail
. "$(dirname "$0")/lab.sh"

[ "$LAB_SERVER" = leasehold ] || die "the documents are about leasehold"
archive=$(find "$ROOT/karaf-assembly/target" -maxdepth 1 -name 'leasehold-*.tar.gz' 2>/dev/null | head -1)
[ -n "$archive" ] || die "no assembly in karaf-assembly/target: build it first"
lab_begin
: >"$LAB_OUT/ports.tsv"
add_host switch
add_host server
for link in linkA core; do
  add_link "$link"
  plug server "$link" "$link"
done
ip -n "$(ns server)" -6 address add 2001:db8:ffff::1/64 dev core nodad

# What the documents take for granted: the archive and a plan of Kea's where the reader stands, and Kea's own directory.
SANDBOX=$LAB_OUT/sandbox
mkdir -p "$SANDBOX/opt" "$SANDBOX/srv" "$SANDBOX/kea" "$SANDBOX/srv/reader" "$LAB_OUT/blocks"
cp "$archive" "$LAB_HOME/plans/kea-dhcp6.conf" "$SANDBOX/srv/reader"
cp "$LAB_HOME"/plans/kea-dhcp[46].conf "$SANDBOX/kea"

# reader DIRECTORY COMMAND: the command in that directory of the machine.
reader() {
  LAB_BIND="$SANDBOX/opt:/opt $SANDBOX/srv:/srv $SANDBOX/kea:/etc/kea" on server bash -euo pipefail -c "cd $1; $2"
}

shows() {
  reader "$1" "$(sed -n '1s/^\$ //p' "$2")" >"$2.out" 2>&1 || true
  diff <(tail -n +2 "$2") "$2.out"
}

# follow DOCUMENT DIRECTORY: does what the document says.
follow() {
  local block
  python3 - "$ROOT/docs/$1" "$LAB_OUT/blocks/$1" <<'END'
import re, sys
for number, (kind, text) in enumerate(re.findall(r"^```(sh|console|json)\n(.*?)^```$", open(sys.argv[1]).read(), re.S | re.M), 1):
    open(f"{sys.argv[2]}-{number:02}.{kind}", "w").write(text)
END
  for block in "$LAB_OUT/blocks/$1"-*; do
    case $block in
      *.sh) check "$1: $(head -1 "$block" | cut -c1-80) ..." reader "$2" "$(cat "$block")" ;;
      *.console) check "$1: $(head -1 "$block")" shows "$2" "$block" ;;
      *.json) cp "$block" "$SANDBOX/$2/site.json" ;;
    esac
  done
}

follow install.md /srv/reader
check "the unpacked Leasehold starts as an instance of its own" reader /opt/leasehold-* 'bin/leasehold start'
follow configure.md /opt/leasehold-0.1.0
check "the shipped example is a good plan" reader /opt/leasehold-0.1.0 'bin/leasehold check etc/leasehold/plan.d/example.json.txt'
finish
