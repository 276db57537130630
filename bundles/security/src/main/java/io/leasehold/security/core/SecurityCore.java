// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core;

import io.leasehold.security.PeerAuthorizer;
import io.leasehold.security.SecurityControl;
import io.leasehold.security.core.audit.AuditLog;
import io.leasehold.security.core.audit.AuditTrail;
import io.leasehold.security.core.channel.ChannelBook;
import io.leasehold.security.core.channel.Services;
import io.leasehold.security.core.credential.CredentialBook;
import io.leasehold.security.core.credential.FileRights;
import io.leasehold.security.core.credential.Seal;
import io.leasehold.security.core.credential.SecretPlaces;
import io.leasehold.security.core.peer.Authorization;
import io.leasehold.security.core.peer.PeerBook;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * Credentials, peers, channels and the audit trail, tied together. It has no thread: somebody calls
 * {@link #tick} about every second. Any thread.
 */
public final class SecurityCore {
  /**
   * What it needs of the world.
   *
   * @param etc directory of configuration
   * @param data directory of this bundle's own files
   * @param rights who may read and write files
   * @param environment of the process
   * @param random randomness for keys
   * @param clock wall clock
   * @param nanos clock of deadlines
   */
  public record World(
      Path etc,
      Path data,
      FileRights rights,
      UnaryOperator<String> environment,
      SecureRandom random,
      InstantSource clock,
      LongSupplier nanos) {}

  private static final int LOOK_EVERY = 2;

  private final AuditLog audit;
  private final CredentialBook credentials;
  private final PeerBook peers;
  private final ChannelBook channels;
  private final SecurityControl control;
  private int ticks;

  /** Makes all of it; nothing is configured yet. */
  public SecurityCore(World world) {
    audit = new AuditLog(new AuditTrail(world.data().resolve("audit.log")), world.clock());
    Seal seal = new Seal(world.data().resolve("seal.key"), world.rights(), world.random());
    SecretPlaces places = new SecretPlaces(world.etc(), world.rights(), world.environment(), seal);
    credentials = new CredentialBook(places, audit, world.clock());
    peers = new PeerBook(audit);
    channels =
        new ChannelBook(
            new Services(credentials, peers, audit, world.random(), world.clock(), world.nanos()));
    control = new ConfigWriter(world.etc(), seal, world.random(), this::alarms);
    credentials.onChange(channels::credentialsChanged);
    peers.onChange(channels::peersChanged);
  }

  /** Where events go. */
  public AuditLog audit() {
    return audit;
  }

  /** Credentials. */
  public CredentialBook credentials() {
    return credentials;
  }

  /** Peers. */
  public PeerBook peers() {
    return peers;
  }

  /** What peers may do. */
  public PeerAuthorizer authorizer() {
    return new Authorization(peers);
  }

  /** Channels. */
  public ChannelBook channels() {
    return channels;
  }

  /** What operators do by command. */
  public SecurityControl control() {
    return control;
  }

  /** Looks at deadlines each time, at files every other time, and writes events. One thread. */
  public void tick() {
    channels.tick();
    if (ticks++ % LOOK_EVERY == 0) {
      credentials.look();
    }
    audit.flush();
  }

  private List<String> alarms() {
    List<String> alarms = new ArrayList<>(channels.alarms());
    alarms.addAll(credentials.alarms());
    alarms.addAll(peers.alarms());
    alarms.addAll(audit.alarms());
    return alarms;
  }

  /** Ends channels, erases keys and writes the last events. */
  public void close() {
    channels.close();
    credentials.close();
    audit.flush();
  }
}
