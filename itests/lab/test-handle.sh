#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# bin/leasehold as scripts and supervisors use it: every word and option, exit codes, who may use the console, instances beside each
# other, mistakes in etc, and the platform's own commands through exec.
set -euo pipefail
. "$(dirname "$0")/lab.sh"

[ "$LAB_SERVER" = leasehold ] || die "the handle is Leasehold's"
lab_begin
: >"$LAB_OUT/ports.tsv"
add_host switch
add_link linkA
add_host server
plug server eth0 linkA 2001:db8:1::1/64
. "$LAB_HOME/server.sh"
SAID=$LAB_OUT/said.txt
SECOND=$LAB_OUT/second
RUN=$SERVER_DIR/data/leasehold

# code WANTED COMMAND...: what it says is in SAID and in the log of the checks.
code() {
  local wanted=$1 code=0
  shift
  "$@" >"$SAID" 2>&1 </dev/null || code=$?
  printf '%s\n' "\$ $*" >>"$LAB_OUT/checks.log"
  cat "$SAID" >>"$LAB_OUT/checks.log"
  [ "$code" -eq "$wanted" ] || { echo "code $code, not $wanted" >>"$LAB_OUT/checks.log"; return 1; }
}
says() { [ -z "$1" ] || grep -qE -- "$1" "$SAID"; }
# told NAME CODE PATTERN COMMAND...: the command ends with the code and says what matches.
told() {
  local name=$1 wanted=$2 pattern=$3
  shift 3
  if code "$wanted" "$@" && says "$pattern"; then pass "$name"; else fail "$name: $(head -c 300 "$SAID" | tr '\n' ' ')"; fi
}
second() { on server "$ASSEMBLY/bin/leasehold" --instance "$SECOND" "$@"; }
duid() { "$1" exec 'dhcp:status --json' | python3 -c 'import json, sys; print(json.load(sys.stdin)["facts"]["server-duid"])'; }
same_duid() { [ "$(duid leasehold)" = "$DUID" ]; }
# Nothing that the platform wrote after the launcher did.
as_old() { [ ! "$SERVER_DIR/etc/$1" -nt "$SERVER_DIR/etc/jre.properties" ]; }
mode() { [ "$(stat -c %a "$2")" = "$1" ]; }
plain() { ! grep -q $'\033' "$SAID"; }
once() { [ "$(grep -c -- "$1" "$(server_log)")" -eq 1 ]; }
grep_status() { { leasehold exec dhcp:status 2>&1 || true; } | grep -qE -- "$1"; }
listens_on() { leasehold exec dhcp:transport-list 2>&1 | grep -q " $1 | listening"; }
none_wants_attention() { ! grep_status attention; }
start_broken() {
  server_plan "$LAB_HOME/plans/broken.json"
  rm -rf "$RUN/plans"
  leasehold start --settle 1
}
gone() { [ ! -e "$RUN/console.sock" ]; }

export LEASEHOLD_HOST=server
leasehold_instance
server_plan "$LAB_HOME/plans/operate.json"

say "words and options that are none"
told "no word" 64 usage leasehold
told "an unknown word" 64 'frobnicate' leasehold frobnicate
told "an unknown option" 64 '--frob' leasehold --frob status
told "a time that is no number" 64 'soon' leasehold start --timeout soon
told "a word too much" 64 'now' leasehold stop now
told "check without a file" 64 FILE leasehold check
told "exec without a command" 64 command leasehold exec
told "help" 0 '--instance DIR' leasehold help
told "a Java that is not there" 1 'JAVA_HOME=/nowhere holds no' env JAVA_HOME=/nowhere "$ASSEMBLY/bin/leasehold" --instance "$SERVER_DIR" status
told "status of what does not run" 3 'not running' leasehold status
told "exec where nothing runs" 1 'not running' leasehold exec dhcp:status
told "stop where nothing runs" 0 'not running' leasehold stop

say "run without a terminal"
spawn server "$LAB_OUT/run.log" "$ASSEMBLY/bin/leasehold" --instance "$SERVER_DIR" run
RUNNING=$SPAWNED
check "it becomes ready" eventually 60 code 0 leasehold status
check "it logs to standard output" grep -q '| ready' "$LAB_OUT/run.log"
told "a second server of the instance is refused" 1 'runs in .* already' leasehold start
told "a second run is refused" 1 'runs in .* already' leasehold run
DUID=$(duid leasehold)
kill -TERM "$(server_pid)"
ended=0
wait "$RUNNING" || ended=$?
check "SIGTERM ends it well" [ "$ended" -eq 0 ]
check "its console socket is gone" gone
told "status knows that it ended" 3 'not running' leasehold status

say "start and stop"
told "start" 0 '' leasehold start
check "the server DUID is that of before" same_duid
told "status" 0 'running, ready \(pid [0-9]+\)' leasehold status
check "the console socket is its owner's alone" mode 600 "$RUN/console.sock"
check "its directory too" mode 700 "$RUN"
told "another user is told that it may not" 1 'only root may enter' \
  on server setpriv --reuid=65534 --regid=65534 --clear-groups "$ASSEMBLY/bin/leasehold" --instance "$SERVER_DIR" exec dhcp:status
server_kill
told "status after kill -9" 3 'not running' leasehold status
told "start after kill -9" 0 '' leasehold start
check "the server DUID is that of before kill -9" same_duid
told "the store of a server that runs is its own" 1 'in use by process [0-9]+' leasehold store check
told "stop" 0 '' leasehold stop
told "the store of a stopped server is checked" 0 '[0-9]+ files, [0-9]+ octets, [0-9]+ records' leasehold store check
told "exported" 0 ' notes in ' leasehold store export "$LAB_OUT/leases.txt"
told "imported" 0 ' 0 refused' leasehold store import "$LAB_OUT/leases.txt"
told "compacted" 0 'compacted' leasehold store compact
told "and not repaired where nothing is damaged" 0 'nothing is damaged' leasehold store repair
told "a word that the store does not know" 64 'store wants' leasehold store mend
told "start again" 0 '' leasehold start
check "the server DUID is that of before stop" same_duid

say "exec"
told "a command that succeeds" 0 '^counter' leasehold exec dhcp:counters
told "a command that fails" 1 'there is no lease of 2001:db8::9' leasehold exec 'dhcp:lease-show 2001:db8::9'
told "a command that does not exist" 127 'not found: dhcp:nonsense' leasehold exec dhcp:nonsense
told "a wrong option" 1 'Undefined option: --frob' leasehold exec 'dhcp:status --frob'
told "bundle:list" 0 'Active .*Leasehold server' leasehold exec bundle:list
told "feature:list" 0 'leasehold-server .*Started' leasehold exec 'feature:list -i'
told "config:list" 0 'Pid: +io.leasehold.server' leasehold exec 'config:list "(service.pid=io.leasehold.server)"'
told "log:display" 0 'INFO.* ready' leasehold exec 'log:display -n 5'
check "log:display leaves its colours out" plain
told "log:tail until it is ended" 124 'INFO.* ready' on server timeout 5 "$ASSEMBLY/bin/leasehold" --instance "$SERVER_DIR" exec log:tail
told "a pipe in the line" 0 'store-journal' leasehold exec 'bundle:list | grep journal'
check "grep leaves its colours out" plain

say "etc"
check "what is configured is not written by who reads it" as_old org.apache.karaf.log.cfg
told "a value set at the console" 0 '' leasehold exec 'config:property-set -p io.leasehold.server privacy.log.identifiers none'
check "is in the file" grep -q '^privacy.log.identifiers *= *none' "$SERVER_DIR/etc/io.leasehold.server.cfg"

say "a part exchanged"
told "a transport uninstalled" 0 '' leasehold exec 'feature:uninstall leasehold-transport-epoll'
told "status says what is missing" 1 'no transport is there' leasehold status
told "a transport installed" 0 '' leasehold exec 'feature:install leasehold-transport-epoll'
told "the server is ready again" 0 '' leasehold exec 'dhcp:status --ready --wait 10'

say "mistakes in etc"
echo 'prot = 1547' >>"$SERVER_DIR/etc/io.leasehold.server.cfg"
check "dhcp:status tells of an unknown key" eventually 10 grep_status 'io.leasehold.server.cfg: "prot" .* did you mean "port"'
told "leasehold status tells of it too" 0 'wants attention: .*did you mean "port"' leasehold status
check "the log tells it once" once '"prot" is no key'
told "clients are served all the same" 0 '' leasehold exec 'dhcp:status --ready --wait 10'
sed -i 's/^prot = .*/port = no/' "$SERVER_DIR/etc/io.leasehold.server.cfg"
check "dhcp:status tells of a bad value" eventually 10 grep_status 'io.leasehold.server.cfg: port = no is not a whole number'
told "clients are served with the settings of before" 0 '  547 \| listening' leasehold exec dhcp:transport-list
sed -i 's/^port = no/port = 70000/' "$SERVER_DIR/etc/io.leasehold.server.cfg"
check "dhcp:status tells of a value out of range" eventually 10 grep_status 'before a change stay in force.*port = 70000'
told "the server is still ready" 0 '' leasehold exec 'dhcp:status --ready'
sed -i 's/^port = 70000/port = 1547/' "$SERVER_DIR/etc/io.leasehold.server.cfg"
check "a good value is taken over while the server runs" eventually 10 listens_on 1547
check "and nothing wants attention" none_wants_attention
sed -i 's/^port = 1547/port = no/' "$SERVER_DIR/etc/io.leasehold.server.cfg"
check "a bad value wants attention again" eventually 10 grep_status 'port = no'
told "stop with a bad value" 0 '' leasehold stop
told "start with a bad value says what is wrong" 1 'port = no is not a whole number' leasehold start --settle 1
told "nothing is left running" 3 'not running' leasehold status
sed -i '/^port = no/d' "$SERVER_DIR/etc/io.leasehold.server.cfg"

say "start that cannot succeed"
told "a plan that is refused" 1 'clients.json|leasehold check .*plan.d' start_broken
check "every mistake is named" says '11:[0-9]+: error'
told "nothing is left running" 3 'not running' leasehold status
sed 's/"eth0" \]/"eth0", "eth9" ]/' "$LAB_HOME/plans/operate.json" >"$LAB_OUT/eth9.json"
server_plan "$LAB_OUT/eth9.json"
told "an interface that is missing: some clients are served" 2 'eth9' leasehold start --settle 1
told "status says what is missing" 1 'eth9' leasehold status
kill -STOP "$(server_pid)"
told "stop of a server that hangs" 1 'not ended within 1 s' leasehold stop --timeout 1
told "stop --force kills it" 0 '' leasehold stop --timeout 1 --force
told "it is gone" 3 'not running' leasehold status
server_plan "$LAB_HOME/plans/operate.json"
told "start that has no time" 1 'not started' leasehold start --timeout 0
told "nothing is left running" 3 'not running' leasehold status

say "two instances"
mkdir -p "$SECOND/etc/leasehold/plan.d"
cp "$LAB_HOME/plans/operate.json" "$SECOND/etc/leasehold/plan.d/plan.json"
told "the first" 0 '' leasehold start
told "the second, on another port" 0 '' second -Dio.leasehold.server.port=1547 start
told "the second listens on its own port" 0 ' 1547 \| listening' second exec dhcp:transport-list
told "the first on the usual one" 0 '  547 \| listening' leasehold exec dhcp:transport-list
check "each has a DUID of its own" [ "$(duid leasehold)" != "$(duid second)" ]
told "the second stops" 0 '' second stop
told "and the first runs on" 0 'running, ready' leasehold status
finish
