#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs the tests of bundles/transport-sctp in a virtual machine whose kernel has SCTP, for hosts whose kernel has not: nothing of them
# is skipped there. The processor is emulated (a few minutes), or KVM where it can be used. Debian 12 and root are expected; what is
# missing is installed, the kernel is Debian's and only unpacked. Not run by run-tests.sh.
#
#   itests/lab/sctp-vm.sh [--capture]   on a built tree (./mvnw -DskipTests package)
#
# The status is 0 if every test ran and passed. What the machine said is in target/lab/sctp-vm/console.log; with --capture its SCTP packets
# are in target/lab/sctp-vm/sctp.pcap, and what tshark finds in them is checked.
set -euo pipefail
cd "$(dirname "$0")/../.."
OUT=$PWD/target/lab/sctp-vm
MODULE=bundles/transport-sctp
LINES=(crc32c_generic libcrc32c udp_tunnel ip6_udp_tunnel sctp)
SECONDS_AT_MOST=900

say() { printf '%s\n' "$*"; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }

need() {
  local pair missing=()
  for pair in "$@"; do
    command -v "${pair%%:*}" >/dev/null || missing+=("${pair#*:}")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  say "installing ${missing[*]}"
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"; } \
    </dev/null >"$OUT/apt.log" 2>&1 || die "packages could not be installed (see $OUT/apt.log)"
}

# unpacked PACKAGE: the directory with its files, without installing it.
unpacked() {
  local into=$OUT/packages/$1
  if [ ! -d "$into" ]; then
    mkdir -p "$OUT/packages"
    (cd "$OUT/packages" && apt-get -o APT::Sandbox::User=root download "$1" >>"$OUT/apt.log" 2>&1) || die "no package $1 (see $OUT/apt.log)"
    dpkg-deb -x "$OUT/packages/$1"_*.deb "$into"
  fi
  printf '%s' "$into"
}

# libraries ROOT FILE...: copies what the files are linked to.
libraries() {
  local root=$1 library
  shift
  for library in $(ldd "$@" 2>/dev/null | sed -n 's,.*=> \(/[^ ]*\) .*,\1,p; s,^[[:space:]]*\(/lib64/[^ ]*\) .*,\1,p' | sort -u); do
    case $library in "$OUT"/*) continue ;; esac
    mkdir -p "$root$(dirname "$library")"
    cp -Lu "$library" "$root$library"
  done
}

mkdir -p "$OUT"
CAPTURE=
case ${1-} in --capture) CAPTURE=yes ;; '') ;; *) die "unknown argument '$1'" ;; esac
[ -f $MODULE/target/class-path ] || die "build it first: ./mvnw -DskipTests package"
need qemu-system-x86_64:qemu-system-x86 cpio:cpio busybox:busybox-static jlink:openjdk-17-jdk-headless
[ -z "$CAPTURE" ] || need tcpdump:tcpdump tshark:tshark

KERNEL_PACKAGE=$(apt-cache depends linux-image-cloud-amd64 | awk '/Depends: linux-image-/ { print $2; exit }')
[ -n "$KERNEL_PACKAGE" ] || { apt-get update >>"$OUT/apt.log" 2>&1; KERNEL_PACKAGE=$(apt-cache depends linux-image-cloud-amd64 | awk '/Depends: linux-image-/ { print $2; exit }'); }
KERNEL=$(unpacked "$KERNEL_PACKAGE")
SCTP_LIBRARY=$(unpacked libsctp1)

ROOT=$OUT/root
say "making the machine: kernel $KERNEL_PACKAGE, Java $(java -version 2>&1 | sed -n 's/.*version "\([^"]*\)".*/\1/p')"
rm -rf "$ROOT"
mkdir -p "$ROOT"/{bin,etc,proc,sys,dev,tmp,jars,modules,lib/x86_64-linux-gnu}
cp "$(command -v busybox)" "$ROOT/bin/busybox"
echo "root:x:0:0:root:/:/bin/sh" >"$ROOT/etc/passwd"
jlink --add-modules java.logging,java.xml,java.management,java.instrument,jdk.unsupported,jdk.sctp --strip-debug --no-man-pages \
  --no-header-files --output "$ROOT/java"
libraries "$ROOT" "$ROOT/java/bin/java" "$ROOT"/java/lib/*.so "$ROOT"/java/lib/server/libjvm.so
cp -L "$SCTP_LIBRARY"/usr/lib/x86_64-linux-gnu/libsctp.so.1 "$ROOT/lib/x86_64-linux-gnu/"
for name in "${LINES[@]}"; do
  find "$KERNEL/lib/modules" -name "$name.ko" -exec cp {} "$ROOT/modules/" \;
done
[ -f "$ROOT/modules/sctp.ko" ] || die "$KERNEL_PACKAGE has no sctp.ko"
cp -r $MODULE/target/classes "$ROOT/jars/classes"
cp -r $MODULE/target/test-classes "$ROOT/jars/test-classes"
tr : '\n' <$MODULE/target/class-path | while IFS= read -r jar || [ -n "$jar" ]; do
  cp -r "$jar" "$ROOT/jars/$(printf '%s' "$jar" | cksum | cut -d' ' -f1)-$(basename "$jar")"
done
if [ -n "$CAPTURE" ]; then
  cp "$(command -v tcpdump)" "$ROOT/bin/tcpdump"
  libraries "$ROOT" "$ROOT/bin/tcpdump"
fi

cat >"$ROOT/init" <<END
#!/bin/busybox sh
/bin/busybox --install -s /bin
export PATH=/bin
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
for name in ${LINES[*]}; do
  [ ! -f /modules/\$name.ko ] || insmod /modules/\$name.ko
done
ip link set lo up
echo "kernel \$(uname -r), SCTP \$(cat /proc/net/protocols | grep -c ^SCTP) times"
if [ -n "$CAPTURE" ]; then
  tcpdump -Z root -i lo -U -w /tmp/sctp.pcap &
  sleep 2
fi
cd /tmp
/java/bin/java -Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dleasehold.lab.machine=own -cp "/jars/test-classes:/jars/classes:\$(ls -d /jars/* | tr '\n' ':')" \\
  io.leasehold.transport.sctp.LabRun
status=\$?
if [ -n "$CAPTURE" ]; then
  sleep 1
  killall tcpdump
  sleep 1
  stty -F /dev/ttyS1 raw
  cat /tmp/sctp.pcap >/dev/ttyS1
fi
echo "status of the tests: \$status"
poweroff -f
END
chmod 755 "$ROOT/init"
(cd "$ROOT" && find . | cpio -o -H newc --quiet | gzip -1 >"$OUT/initrd.gz")

ACCELERATION=tcg
if [ -w /dev/kvm ] && grep -qE '^flags.*\b(vmx|svm)\b' /proc/cpuinfo; then ACCELERATION=kvm; fi
say "running it ($ACCELERATION)"
BEGUN=$SECONDS
timeout $SECONDS_AT_MOST qemu-system-x86_64 -accel "$ACCELERATION" -cpu max -smp 2 -m 2048 -display none -no-reboot -nic none \
  -serial "file:$OUT/console.log" -serial "file:$OUT/sctp.pcap" \
  -kernel "$(ls "$KERNEL"/boot/vmlinuz-*)" -initrd "$OUT/initrd.gz" -append "console=ttyS0 quiet panic=-1" ||
  die "the machine did not end in $SECONDS_AT_MOST s (see $OUT/console.log)"
tr -d '\r' <"$OUT/console.log" | grep -aE '^(SUCCESSFUL|FAILED|ABORTED|SKIPPED|kernel|[0-9]+ passed)|=>|status of the tests' || true
say "$((SECONDS - BEGUN)) s in the machine"
grep -aq '^status of the tests: 0' "$OUT/console.log" || die "not all tests ran and passed (see $OUT/console.log)"

if [ -n "$CAPTURE" ]; then
  # Every DATA chunk is ASAP or ENRP by its payload protocol, but for one by which a test shows that others are dropped.
  tshark -r "$OUT/sctp.pcap" -Y sctp.data_payload_proto_id -T fields -e sctp.data_payload_proto_id 2>/dev/null |
    tr , '\n' | sort -n | uniq -c >"$OUT/protocols"
  sed 's/^/DATA chunks by payload protocol: /' "$OUT/protocols"
  [ "$(awk '{ printf "%s ", $2 }' "$OUT/protocols")" = '0 11 12 ' ] || die "the capture has other payload protocols than 0, 11 and 12"
fi
