// SPDX-License-Identifier: Apache-2.0
package io.leasehold.load;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/** The calls of the C library that are made, and the numbers they take on 64-bit Linux. */
final class Libc {
  static final int AF_INET = 2;
  static final int AF_INET6 = 10;
  static final int SOCK_DGRAM = 2;
  static final int SOL_SOCKET = 1;
  static final int SO_REUSEADDR = 2;
  static final int SO_BINDTODEVICE = 25;
  static final int SO_RCVBUF = 8;
  static final int SO_SNDBUFFORCE = 32;
  static final int SO_RCVBUFFORCE = 33;
  static final int SO_TIMESTAMPNS = 35;
  static final int IPPROTO_IPV6 = 41;
  static final int IPV6_MULTICAST_IF = 17;
  static final int IPV6_JOIN_GROUP = 20;
  static final int IPV6_V6ONLY = 26;
  static final int MSG_DONTWAIT = 0x40;
  static final int POLLIN = 1;
  static final int PR_SET_TIMERSLACK = 29;
  static final int CLOCK_REALTIME = 0;
  static final int EINTR = 4;
  static final int EAGAIN = 11;

  static {
    Native.register(Libc.class, NativeLibrary.getInstance("c"));
  }

  private Libc() {}

  static native int socket(int domain, int type, int protocol);

  static native int setsockopt(int fd, int level, int name, long value, int length);

  static native int bind(int fd, long address, int length);

  static native int connect(int fd, long address, int length);

  static native int close(int fd);

  static native int sendmmsg(int fd, long messages, int count, int flags);

  static native int recvmmsg(int fd, long messages, int count, int flags, long timeout);

  static native int ppoll(long fds, long count, long timeout, long signals);

  static native int prctl(int what, long value);

  static native int clock_gettime(int clock, long timespec);

  /** What the last call of this thread that failed gave as its reason. */
  static int errno() {
    return Native.getLastError();
  }
}
