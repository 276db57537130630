// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.lease.Batch;
import io.leasehold.lease.LeaseStore;
import io.leasehold.lease.NoteChange;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.server.plan.FamilyPlan;
import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The server's DUID: made once, kept in the lease store for good (RFC 8415 section 11: it should
 * never change).
 */
final class ServerIdentity {
  private static final String NOTE = "server-duid";
  private static final int DUID_LLT = 1;
  private static final int DUID_UUID = 4;
  private static final int ETHERNET = 1;

  /** DUID-LLT counts from 2000-01-01T00:00Z (RFC 8415 section 11.2). */
  private static final long LLT_EPOCH_SECONDS = 946_684_800L;

  private static final long PATIENCE_SECONDS = 30;

  private ServerIdentity() {}

  /** The DUID that the plan dictates, else the one of the store. Blocks. */
  static Duid of(FamilyPlan plan, LeaseStore store, long now) throws IOException {
    Optional<Duid> dictated = plan.settings().serverId();
    return dictated.isPresent() ? dictated.get() : of(store, now);
  }

  /**
   * The DUID that the store keeps; a new one, made durable, if it keeps none. Blocks.
   *
   * @param now seconds since 1970
   * @throws IOException if a new one cannot be made durable
   */
  static Duid of(LeaseStore store, long now) throws IOException {
    Optional<Bytes> kept = store.readNote(NOTE);
    if (kept.isPresent()) {
      return new Duid(kept.get());
    }
    Duid made = make(now);
    try {
      store
          .append(new Batch(List.of(), List.of(new NoteChange(NOTE, made.value()))))
          .toCompletableFuture()
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the server DUID could not be made durable: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the server DUID was made durable", e);
    }
    return made;
  }

  private static Duid make(long now) throws SocketException {
    byte[] address =
        NetworkInterface.networkInterfaces()
            .sorted(Comparator.comparingInt(NetworkInterface::getIndex))
            .map(ServerIdentity::hardwareAddress)
            .flatMap(Optional::stream)
            .findFirst()
            .orElse(null);
    if (address != null) {
      ByteBuffer value = ByteBuffer.allocate(8 + address.length);
      value
          .putShort((short) DUID_LLT)
          .putShort((short) ETHERNET)
          .putInt((int) (now - LLT_EPOCH_SECONDS))
          .put(address);
      return new Duid(Bytes.copyOf(value.array()));
    }
    byte[] uuid = new byte[16];
    new SecureRandom().nextBytes(uuid);
    return new Duid(
        Bytes.copyOf(ByteBuffer.allocate(18).putShort((short) DUID_UUID).put(uuid).array()));
  }

  private static Optional<byte[]> hardwareAddress(NetworkInterface candidate) {
    try {
      byte[] address = candidate.isLoopback() ? null : candidate.getHardwareAddress();
      return address == null || address.length != 6 ? Optional.empty() : Optional.of(address);
    } catch (SocketException e) {
      // The interface went away while it was looked at; another one serves as well.
      return Optional.empty();
    }
  }
}
