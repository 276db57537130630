// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.channel;

import io.leasehold.security.Channel.Change;
import io.leasehold.security.ChannelSecurityProvider;
import io.leasehold.security.CloseReason;
import io.leasehold.security.Health;
import io.leasehold.security.core.channel.HeldChannel.Force;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Brings one channel from the way in which it is made to that in which it should be: another
 * profile, another provider, the same provider in another version. Nothing is ever made in a way
 * that is not configured. Called under the lock of {@link ChannelBook}; what users are to be told
 * is collected, so that it can be told without it.
 */
final class Swapping {
  /** How long before its factory an engine ends at the latest, if there is so much time. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  /** Part of a short time that is left for it. */
  private static final int LAST_PART = 4;

  private final HeldChannel channel;
  private final Services services;
  private final List<Retired> retired = new ArrayList<>();

  /** Another version of the provider that is not ready yet; null if there is none. */
  private Opened candidate;

  private Health told = Health.unusable("");

  /** What the audit trail knows. */
  private Health noted = Health.unusable("");

  private long notedGeneration = -1;

  /**
   * Engines that end at a time.
   *
   * @param before of all generations before this
   * @param endNanos when they end
   * @param deadlineNanos when nothing of them is left
   * @param why they end
   * @param opened what is closed with them, if they were made by another factory
   */
  private record Retired(
      long before, long endNanos, long deadlineNanos, CloseReason why, Optional<Opened> opened) {}

  Swapping(HeldChannel channel, Services services) {
    this.channel = channel;
    this.services = services;
  }

  HeldChannel channel() {
    return channel;
  }

  /** How many factories are open. */
  int open() {
    return (int)
        (retired.stream().filter(each -> each.opened.isPresent()).count()
            + (candidate == null ? 0 : 1)
            + (channel.force().opened().isPresent() ? 1 : 0));
  }

  /**
   * Uses the best provider for the profile.
   *
   * @param spec null if there is no profile
   * @param offer empty if there is no provider of that name and version
   * @param missing what to say then
   */
  void settle(
      ChannelSpec spec, Optional<ProviderOffer> offer, String missing, List<Runnable> tell) {
    channel.spec(spec);
    Force now = channel.force();
    if (spec == null || !spec.faults().isEmpty() || offer.isEmpty()) {
      String reason = spec != null && !spec.faults().isEmpty() ? faults(spec) : missing;
      shut(reason, tell);
    } else if (now.opened().filter(opened -> opened.isOf(spec, offer.get())).isPresent()) {
      drop(candidate);
      candidate = null;
    } else if (candidate == null || !candidate.isOf(spec, offer.get())) {
      drop(candidate);
      candidate = Opened.by(offer.get(), spec, services);
      boolean another =
          now.opened().filter(opened -> opened.spec().equals(spec)).isEmpty()
              || !now.health().usable();
      if (another || candidate.health().usable()) {
        take(tell);
      } else {
        services
            .audit()
            .event(
                "provider-waits", channel.name(), label(candidate) + candidate.health().reason());
      }
    }
    tellHealth(tell);
  }

  private static String faults(ChannelSpec spec) {
    return "profile %s: %s".formatted(spec.profile().name(), String.join("; ", spec.faults()));
  }

  private static String label(Opened opened) {
    return opened.offer().label() + " is not ready, and the one before stays in use: ";
  }

  /** Makes new channels by the candidate; the old ones drain if the candidate can take over. */
  private void take(List<Runnable> tell) {
    Force before = channel.force();
    Opened next = candidate;
    candidate = null;
    boolean usable = next.health().usable();
    channel.force(new Force(Optional.of(next), "", before.generation() + 1));
    Duration grace = usable ? next.spec().drain() : Duration.ZERO;
    retire(before, grace);
    if (next.factory().isPresent()) {
      String what = next.spec().profile().provider() + " of " + next.offer().label();
      services.audit().event("channel-opened", channel.name(), what);
    }
    Change change = usable ? Change.RENEWED : Change.GONE;
    tell.add(() -> channel.tell(change));
  }

  private void shut(String reason, List<Runnable> tell) {
    drop(candidate);
    candidate = null;
    Force before = channel.force();
    if (before.opened().isEmpty() && before.reason().equals(reason)) {
      return;
    }
    channel.force(new Force(Optional.empty(), reason, before.generation() + 1));
    if (before.opened().isPresent()) {
      retire(before, Duration.ZERO);
      tell.add(() -> channel.tell(Change.GONE));
    }
  }

  private void retire(Force before, Duration grace) {
    before.opened().ifPresent(Opened::drain);
    add(before.generation() + 1, grace, CloseReason.DRAINED, before.opened());
    if (grace.isZero()) {
      channel.engines().end(each -> each.generation() <= before.generation(), CloseReason.DRAINED);
    }
  }

  /** Engines of all generations before one end within a time, a little before their factory. */
  private void add(long before, Duration most, CloseReason why, Optional<Opened> opened) {
    Duration part = most.dividedBy(LAST_PART);
    Duration grace = most.minus(part.compareTo(LAST_WORDS) < 0 ? part : LAST_WORDS);
    long now = services.nanos().getAsLong();
    retired.add(new Retired(before, now + grace.toNanos(), now + most.toNanos(), why, opened));
    channel.grace(grace);
  }

  /** Asks again who rejected the profile: what was missing may be there now. */
  void retry(List<Runnable> tell) {
    if (candidate != null && candidate.factory().isEmpty()) {
      candidate = Opened.by(candidate.offer(), candidate.spec(), services);
      return; // it is taken as soon as it is ready
    }
    Optional<Opened> rejected = channel.force().opened().filter(it -> it.factory().isEmpty());
    if (rejected.isPresent()) {
      Opened again = Opened.by(rejected.get().offer(), rejected.get().spec(), services);
      if (again.factory().isPresent() || !again.rejection().equals(rejected.get().rejection())) {
        candidate = again;
        take(tell);
      }
    }
  }

  /** Lets engines that exist end within a time, because what they rest on has changed. */
  void renew(Duration grace, CloseReason why, List<Runnable> tell) {
    Force now = channel.force();
    if (now.opened().isPresent()) {
      channel.force(new Force(now.opened(), "", now.generation() + 1));
      add(now.generation() + 1, grace, why, Optional.empty());
      tell.add(() -> channel.tell(Change.RENEWED));
    }
  }

  /** A provider stops: whatever it made ends now, for its code will be gone. */
  void withdraw(ChannelSecurityProvider provider, List<Runnable> tell) {
    if (candidate != null && candidate.isBy(provider)) {
      drop(candidate);
      candidate = null;
    }
    for (Iterator<Retired> each = retired.iterator(); each.hasNext(); ) {
      Retired old = each.next();
      if (old.opened.filter(opened -> opened.isBy(provider)).isPresent()) {
        finish(old);
        each.remove();
      }
    }
    Force before = channel.force();
    if (before.opened().filter(opened -> opened.isBy(provider)).isPresent()) {
      channel.force(new Force(Optional.empty(), ChannelBook.MISSING, before.generation() + 1));
      channel.engines().end(each -> each.generation() <= before.generation(), CloseReason.DRAINED);
      before.opened().ifPresent(Opened::close);
      tell.add(() -> channel.tell(Change.GONE));
    }
  }

  /** Looks at deadlines and health, as time goes by. */
  void tick(List<Runnable> tell) {
    look(tell);
    noteDown();
  }

  /** Looks at deadlines and health, because something has changed. */
  void look(List<Runnable> tell) {
    if (candidate != null && candidate.health().usable()) {
      take(tell);
    }
    long now = services.nanos().getAsLong();
    for (Iterator<Retired> each = retired.iterator(); each.hasNext(); ) {
      Retired old = each.next();
      if (now - old.deadlineNanos >= 0 || !channel.engines().anyBefore(old.before)) {
        finish(old);
        each.remove();
      } else if (now - old.endNanos >= 0) {
        // They end before their factory does, so that peers are told.
        channel.engines().end(engine -> engine.generation() < old.before, old.why);
      }
    }
    tellHealth(tell);
  }

  private void finish(Retired old) {
    channel.engines().end(each -> each.generation() < old.before, old.why);
    old.opened.ifPresent(Opened::close);
  }

  private void tellHealth(List<Runnable> tell) {
    Health now = channel.health();
    if (!now.equals(told)) {
      told = now;
      tell.add(() -> channel.tell(Change.HEALTH));
    }
    if (now.usable() && !noted.usable()) {
      note(now);
    }
  }

  /**
   * Notes that the channel is down, once for each way in which it was to be made. Not at once:
   * while a configuration is read one thing comes after the other.
   */
  private void noteDown() {
    Health now = channel.health();
    boolean another = channel.force().generation() != notedGeneration;
    if (!now.usable() && (noted.usable() || another)) {
      note(now);
    }
  }

  private void note(Health now) {
    noted = now;
    notedGeneration = channel.force().generation();
    services.audit().event(event(now), channel.name(), now.reason());
  }

  private static String event(Health now) {
    if (now.usable()) {
      return "channel-up";
    }
    return now.reason().startsWith(ChannelBook.MISSING) ? "provider-missing" : "channel-down";
  }

  private static void drop(Opened opened) {
    if (opened != null) {
      opened.close();
    }
  }

  /** Ends everything. */
  void close(List<Runnable> tell) {
    shut("security stops", tell);
    retired.forEach(this::finish);
    retired.clear();
  }
}
