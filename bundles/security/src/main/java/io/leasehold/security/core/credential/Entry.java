// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.credential;

import io.leasehold.security.Credential;
import io.leasehold.security.CredentialStatus;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A configured credential and what became of it. Changed under the lock of the book; what is said
 * of it may be asked by any thread.
 */
final class Entry {
  /**
   * What became of it.
   *
   * @param loaded the version in force; null if there is none
   * @param fault why it could not be read; empty if it could
   * @param clash why it is refused although it could be read: it stands in the way of another
   */
  private record State(Loaded loaded, String fault, String clash) {
    Credential credential() {
      return loaded == null ? null : loaded.credential();
    }

    private boolean ended(Instant now) {
      // Anchors end one by one, and the validation of a path looks at that.
      return credential() instanceof Credential.CertificateChain chain
          && now.isAfter(chain.notAfter());
    }

    /** Why it cannot be used, or what is wrong while an older version is in force. */
    private String reason(Instant now) {
      if (!fault.isEmpty()) {
        return loaded == null ? fault : fault + "; the version read before stays in force";
      }
      if (!clash.isEmpty()) {
        return clash;
      }
      return ended(now) ? "the certificate ended at " + loaded.notAfter().orElseThrow() : "";
    }

    private Optional<Credential> usable(Instant now) {
      return clash.isEmpty() && !ended(now) ? Optional.ofNullable(credential()) : Optional.empty();
    }
  }

  private final CredentialSpec spec;
  private Map<Path, FileRights.Stamp> read = Map.of();
  private Map<Path, FileRights.Stamp> seen = Map.of();
  private volatile State state = new State(null, "", "");

  Entry(CredentialSpec spec) {
    this.spec = spec;
  }

  CredentialSpec spec() {
    return spec;
  }

  /**
   * Reads it. A version that was good stays in force while what files hold is wrong for the moment;
   * it does not when others may read its key.
   *
   * @return the version that was in force before, if it is no more
   */
  Optional<Credential> read(SecretPlaces places, Instant now) {
    Loaded before = state.loaded;
    SecretPlaces.Look look = places.look();
    try {
      Loaded found = load(look, now);
      boolean same = before != null && before.content().equals(found.content());
      // Whoever holds the version in force keeps it; what is said of it may be new.
      state = new State(same ? keeping(found, before) : found, "", state.clash);
    } catch (CredentialFault e) {
      state = new State(e.passing() ? before : null, e.getMessage(), state.clash);
    }
    read = stamps(look.files());
    seen = read;
    boolean replaced = before != null && before.credential() != state.credential();
    return replaced ? Optional.of(before.credential()) : Optional.empty();
  }

  /** Goes on with the version of another entry if it is the same; whether it is. */
  boolean adopt(Entry before) {
    Loaded old = before.state.loaded;
    Loaded now = state.loaded;
    if (old == null || now == null || !old.content().equals(now.content())) {
      return false;
    }
    state = new State(keeping(now, old), state.fault, state.clash);
    return true;
  }

  private static Loaded keeping(Loaded found, Loaded before) {
    erase(found.credential());
    return new Loaded(
        before.credential(), found.content(), found.detail(), found.notAfter(), found.remarks());
  }

  private Loaded load(SecretPlaces.Look look, Instant now) throws CredentialFault {
    return switch (spec.kind()) {
      case "certificate" -> CertificateReader.read(spec, look);
      case "psk" -> PreSharedKeyReader.read(spec, look);
      case "trust" -> TrustReader.read(spec, look, now);
      default -> throw new CredentialFault("kind must be certificate, psk or trust");
    };
  }

  /** Whether its files are others than when they were read, and have been so at the last look. */
  boolean stale() {
    Map<Path, FileRights.Stamp> now = stamps(read.keySet());
    boolean stale = !now.equals(read) && now.equals(seen);
    seen = now;
    return stale;
  }

  /** Stamps by file; those of files that are not there are missing. */
  private static Map<Path, FileRights.Stamp> stamps(Set<Path> files) {
    Map<Path, FileRights.Stamp> stamps = new TreeMap<>();
    files.forEach(file -> stamps.put(file, FileRights.stamp(file)));
    return stamps;
  }

  void clash(String why) {
    state = new State(state.loaded, state.fault, why);
  }

  /** The version in force, whether it clashes or not. */
  Optional<Credential> held() {
    return Optional.ofNullable(state.credential());
  }

  /** What can be used at that time. */
  Optional<Credential> usable(Instant now) {
    return state.usable(now);
  }

  String reason(Instant now) {
    return state.reason(now);
  }

  Optional<Instant> notAfter() {
    Loaded now = state.loaded;
    return now == null ? Optional.empty() : now.notAfter();
  }

  List<String> remarks() {
    Loaded now = state.loaded;
    return now == null ? List.of() : now.remarks();
  }

  CredentialStatus status(Instant now, Instant lastUsed) {
    State present = state;
    Optional<Credential> usable = present.usable(now);
    List<String> detail = new ArrayList<>();
    usable.ifPresent(any -> detail.add(present.loaded.detail()));
    if (!present.reason(now).isEmpty()) {
      detail.add(present.reason(now));
    }
    detail.addAll(remarks());
    return new CredentialStatus(
        spec.name(),
        spec.kind(),
        usable.isPresent(),
        String.join("; ", detail),
        notAfter(),
        Optional.ofNullable(lastUsed));
  }

  /** Overwrites what is secret. */
  static void erase(Credential credential) {
    if (credential instanceof Credential.CertificateChain chain) {
      chain.key().close();
    } else if (credential instanceof Credential.PreSharedKey key) {
      key.key().close();
    }
  }
}
