#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What an instance opens, who may read its files, and that secrets are nowhere but where they belong.
set -euo pipefail
. "$(dirname "$0")/lab.sh"

[ "$LAB_SERVER" = leasehold ] || die "the platform is Leasehold's"
lab_begin
add_host switch
add_link linkA
add_host server
plug server eth0 linkA 2001:db8:1::1/64
on server ip addr add 192.0.2.1/24 dev eth0
. "$LAB_HOME/server.sh"
ETC=$SERVER_DIR/etc
SAID=$LAB_OUT/said.txt

# ports KIND: on which the server's host listens.
ports() { on server ss -H -l -n "$1" | awk '{ print $4 }' | sed 's/.*://' | sort -un | xargs; }
is() { [ "$1" = "$2" ] || { printf '"%s" is not "%s"\n' "$1" "$2"; return 1; }; }
mode() { is "$(stat -c %a "$2")" "$1"; }
says() { "${@:2}" >"$SAID" 2>&1 || true; cat "$SAID"; grep -qE -- "$1" "$SAID"; }
refused() { local pattern=$1; shift; ! "$@" >"$SAID" 2>&1 || { cat "$SAID"; return 1; }; cat "$SAID"; grep -qE -- "$pattern" "$SAID"; }
ask() { leasehold exec "$1"; }
config_of() { ask "config:list \"(service.pid=$1)\""; }
# Nothing below the directory may be used by somebody who is neither owner nor in the group.
closed_to_others() { ! find "$1" ! -type l -perm /o+rwx -print -quit | grep .; }
# Files of the instance, and what the lab has seen of its console, in which these octets stand. The platform keeps what stands in
# configurations in its cache.
found_in() { grep -rlF --exclude-dir=cache -- "$1" "$SERVER_DIR" "$LAB_OUT/console.txt" 2>/dev/null | sort | xargs; }
no_copy() { [ -z "$(find "$SERVER_DIR/data/tmp" "$SERVER_DIR/data/generated-bundles" -name '*.jar')" ]; }
config() { cat >"$ETC/io.leasehold.security.$1.cfg"; }

say "accounts"
export LEASEHOLD_HOST=server
leasehold_instance
server_plan "$LAB_HOME/plans/operate.json"
check "no account, no key and no host key is shipped" \
  is "$(find "$ASSEMBLY" -name 'users.properties' -o -name 'keys.properties' -o -name 'host.key' -o -name '*.pem')" ""
for account in 'karaf = karaf,_g_:admingroup' 'Operator=operator,viewer' 'me=changeit,admin' 'nobody = ,viewer'; do
  echo "$account" >"$ETC/users.properties"
  check "no start with the account '$account'" refused 'users.properties: the password of .* choose another' leasehold start
done
printf '# karaf = karaf\n_g_\\:admingroup = group,admin\nana = {CRYPT}8b1a9953c4611296a827abf8c47804d7{CRYPT},admin\n' >"$ETC/users.properties"
# As the unit of docs/install.md has it: two capabilities, and no way to more.
bare_start() {
  (umask 0 && on server setpriv --no-new-privs --inh-caps=-all --bounding-set=-all,+net_bind_service,+net_raw \
    "$ASSEMBLY/bin/leasehold" --instance "$SERVER_DIR" start)
}
check "a start with another one, whatever the mask was, and with two capabilities" bare_start
rm "$ETC/users.properties"

say "what listens"
check "UDP: the port of DHCPv6, which the plan has" is "$(ports -u)" 547
check "TCP: nothing" is "$(ports -t)" ""
check "one UNIX socket, the console's" is "$(on server ss -H -l -x | awk '{ print $5 }' | xargs)" "$SERVER_DIR/data/leasehold/console.sock"
check "there is no SSH to install" refused 'sshd' ask 'feature:install ssh'
check "nor JMX" refused 'management|jmx' ask 'feature:install management'
check "nor HTTP" refused 'http|pax-web' ask 'feature:install http'
check "if there were, it would be for this host and for keys only" \
  says 'sshHost = 127.0.0.1' config_of org.apache.karaf.shell
check "no password opens it" says 'authMethods = publickey' config_of org.apache.karaf.shell
check "nothing is fetched from elsewhere" refused 'mvn|not found|resolve' ask 'bundle:install mvn:org.apache.commons/commons-lang3/3.12.0'
options() { tr '\0' '\n' <"/proc/$(server_pid)/cmdline"; }
check "no Java object is read from octets" says '^-Djdk.serialFilter=!\*$' options
no_heap_dump() { ! options | grep -i heapdump; }
check "no dump of the heap is made" no_heap_dump

say "who may read"
check "data are the server's" mode 750 "$SERVER_DIR/data"
check "leases are the server's alone" mode 700 "$SERVER_DIR/data/leasehold"
check "nothing that was made while it ran is open to others" closed_to_others "$SERVER_DIR/data"
check "the process has the two capabilities and no others" says 'CapEff:[[:space:]]0000000000002400' cat "/proc/$(server_pid)/status"
check "and cannot get more" says 'NoNewPrivs:[[:space:]]1' cat "/proc/$(server_pid)/status"
check "the process makes files for itself and its group" says 'Umask:.*0027' cat "/proc/$(server_pid)/status"

say "secrets"
ask 'feature:install leasehold-security leasehold-security-tls leasehold-security-none leasehold-transport-tcp' >/dev/null
ask 'dhcp:psk-generate r17-key r17#1' >"$LAB_OUT/console.txt" 2>&1
KEY_FILE=$(find "$ETC/leasehold/keys" -type f)
KEY=$(cat "$KEY_FILE")
check "a key is 32 octets" is "${#KEY}" 64
check "its file is the server's alone" mode 600 "$KEY_FILE"
config peer-r17 <<<$'roles = relay\npsk = r17-key\nscope = 2001:db8:1::/64'
config channel-relays <<<'provider = tls-psk'
config credential-literal <<<$'kind = psk\nidentity = lit#1\nsecret = 5up3rs3cr3tl1t3ral-0123456789abcdef'
od -An -N32 -tx1 /dev/urandom | tr -d ' \n' >"$ETC/plain.psk"
SEALED=$(ask 'dhcp:secret-seal etc/plain.psk')
rm "$ETC/plain.psk"
config credential-sealed <<<$'kind = psk\nidentity = sealed#1\nsecret = '"$SEALED"
printf '%064d' 7 >"$ETC/loose.psk"
chmod 640 "$ETC/loose.psk"
config credential-loose <<<$'kind = psk\nidentity = loose#1\nsecret = file:loose.psk'
console() { for each in dhcp:security-list dhcp:credential-list dhcp:peer-list 'dhcp:credential-list --json' dhcp:status dhcp:link-list; do ask "$each" || true; done; }
usable() { ask dhcp:credential-list | grep -qE "^$1 .*\| yes"; }
check "the key is used" eventually 10 usable r17-key
check "a sealed one too" eventually 10 usable sealed
check "what opens it is the server's alone" mode 400 "$SERVER_DIR/data/leasehold/seal.key"
console >>"$LAB_OUT/console.txt" 2>&1
config_of io.leasehold.security.credential >>"$LAB_OUT/console.txt" 2>&1 || true
ask config:list | grep -v 'secret = 5up3r' >>"$LAB_OUT/console.txt" 2>&1
ask 'dhcp:store-export leases.txt' >>"$LAB_OUT/console.txt" 2>&1
check "a literal secret is refused" says 'literal .*is not a reference' ask dhcp:credential-list
check "a file that others may use is refused" says 'loose .*chmod 600' ask dhcp:credential-list
check "the key is nowhere but in its file" is "$(found_in "$KEY")" "$KEY_FILE"
check "no directory of etc is copied" no_copy
check "nor is the literal one repeated" is "$(found_in 5up3rs3cr3tl1t3ral)" "$ETC/io.leasehold.security.credential-literal.cfg"
AUDIT=$SERVER_DIR/data/leasehold/audit.log
check "the trail is the server's alone" mode 600 "$AUDIT"
check "and tells of credentials once" is "$(grep -c '"credential-configured".*"r17-key"' "$AUDIT")" 1

say "a listener"
printf 'listen = tls://*\nchannel = relays\nrelay.policy = protected\n' >>"$ETC/io.leasehold.server.cfg"
ports_are() { [ "$(ports -t)" = "$1" ]; }
check "it listens where it is told" eventually 10 ports_are 547
config channel-relays <<<'provider = none'
check "a profile that protects nothing closes it" eventually 10 ports_are ""
check "and the status says why" says 'channel relays.*(protects nothing|insecure.acknowledged)' ask dhcp:status
no_fault() { ! grep -nE '^[[:space:]]+at io\.leasehold' "$(server_log)"; }
check "the log shows no fault of ours" no_fault
finish
