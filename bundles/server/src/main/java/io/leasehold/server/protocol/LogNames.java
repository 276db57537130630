// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.protocol;

import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v4.Dhcp4MessageType;
import io.leasehold.net.Bytes;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How clients and their messages are called in the log. Values of options never are, so that what
 * says where somebody is cannot come there; octets of datagrams are not either. Immutable; any
 * thread.
 */
public final class LogNames {
  /** What operators decide. */
  public enum Policy {
    /** By a name that is made of the identifier and a secret: the same for the same client. */
    HASH,
    /** As they call themselves. */
    FULL,
    /** Not at all. */
    NONE;

    /** As operators write it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The policy of a word. */
    public static Optional<Policy> of(String word) {
      return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
    }
  }

  /** Calls nobody by name. */
  public static final LogNames NOBODY = new LogNames(Policy.NONE, Bytes.EMPTY);

  private static final String ALGORITHM = "HmacSHA256";
  private static final int OCTETS = 8;

  private final Policy policy;
  private final Bytes key;

  /**
   * Calls them by a policy.
   *
   * @param key the secret; whoever knows it can tell by trying whose a name is
   */
  public LogNames(Policy policy, Bytes key) {
    this.policy = policy;
    this.key = key;
  }

  /** The policy. */
  public Policy policy() {
    return policy;
  }

  /** What stands for a client. */
  public String client(Bytes identity) {
    if (identity.isEmpty()) {
      return "a client that does not say who it is";
    }
    return named("client", identity.toHex(":"), identity);
  }

  /** What stands for where a message came from: often an address that tells who the client is. */
  public String origin(Arrival arrival) {
    return named("address", arrival.remote().toString(), arrival.remote().bytes());
  }

  private String named(String what, String full, Bytes octets) {
    return switch (policy) {
      case FULL -> what + " " + full;
      case HASH -> what + " #" + hash(octets);
      case NONE -> what + " (not logged)";
    };
  }

  private String hash(Bytes octets) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.toArray(), ALGORITHM));
      return Bytes.wrap(mac.doFinal(octets.toArray())).slice(0, OCTETS).toHex();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A message: its type and transaction, and which options it has. */
  public String message(Object message) {
    if (message instanceof Bytes octets) {
      return octets.length() + " octets";
    }
    if (message instanceof Dhcp4Message bootp && policy != Policy.FULL) {
      return String.format(
          Locale.ROOT,
          "%s xid 0x%08x %s",
          Dhcp4MessageType.name(bootp.type()),
          bootp.transactionId(),
          bootp.options());
    }
    return message.toString();
  }
}
