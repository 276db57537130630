// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4;

import io.leasehold.codec.option.Option;
import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v4.Dhcp4MessageType;
import io.leasehold.codec.v4.Dhcp4OptionCode;
import io.leasehold.hook.SelectedLease;
import io.leasehold.lease.Lease;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv4;
import io.leasehold.net.Ipv6;
import io.leasehold.server.Decision.Topic;
import io.leasehold.server.answer.Grant;
import io.leasehold.server.answer.OptionLevels;
import io.leasehold.server.lease.Choice;
import io.leasehold.server.plan.ClassSet;
import io.leasehold.server.plan.FamilyPlan;
import io.leasehold.server.plan.FlexId;
import io.leasehold.server.plan.OptionSet;
import io.leasehold.server.plan.Subnet;
import io.leasehold.server.protocol.Interceptors;
import io.leasehold.server.v4.intake.Dhcp4Request;
import io.leasehold.server.v4.intake.Drop;
import io.leasehold.server.v4.intake.MessageCounters;
import java.util.List;
import java.util.function.BiConsumer;

/** The conversations of RFC 2131 section 4.3, one method for each message. Immutable. */
final class Conversations {
  private static final Option RAPID_COMMIT = new Option(Dhcp4OptionCode.RAPID_COMMIT, Bytes.EMPTY);

  /** RFC 2563 section 2: the client must not choose an address itself. */
  private static final Option DO_NOT_AUTO_CONFIGURE =
      new Option(Dhcp4OptionCode.AUTO_CONFIGURE, Bytes.of(0));

  private final OptionLevels<ReplyOptions> levels;
  private final Timers timers;
  private final boolean echoClientId;
  private final Interceptors<Dhcp4Message> interceptors;

  Conversations(FamilyPlan plan, Interceptors<Dhcp4Message> interceptors) {
    this.interceptors = interceptors;
    boolean lenient = plan.settings().compatibility().lenientOptionParsing();
    this.levels = new OptionLevels<>(plan, set -> new ReplyOptions(set, lenient));
    this.timers = new Timers(plan);
    this.echoClientId =
        plan.settings().echoClientId()
            || plan.settings().flexId().filter(FlexId::replacesClientId).isPresent();
  }

  /** Decides what is said; what it does to leases is noted in the exchange. */
  Draft hold(Exchange exchange) {
    return switch (exchange.request().type()) {
      case Dhcp4MessageType.DISCOVER -> discover(exchange);
      case Dhcp4MessageType.REQUEST -> request(exchange);
      case Dhcp4MessageType.DECLINE ->
          returned(exchange, exchange.request().requestedAddress(), Exchange::abandon);
      case Dhcp4MessageType.RELEASE ->
          returned(exchange, exchange.request().message().clientAddress(), Exchange::release);
      case Dhcp4MessageType.INFORM -> inform(exchange);
      case Dhcp4MessageType.BOOTP -> bootp(exchange);
      default -> Draft.silence(Drop.MESSAGE_TYPE);
    };
  }

  /** RFC 2131 section 4.3.1. */
  private Draft discover(Exchange exchange) {
    if (!exchange.knowsLink()) {
      return Draft.silence(Drop.UNKNOWN_LINK);
    }
    Choice choice = exchange.choose();
    // Lifetimes do not depend on classes that a lease asks for; options do.
    Grant grant = choice == null ? null : exchange.grant(choice);
    ReplyOptions options = options(exchange, choice);
    // RFC 8925 section 3.3: no address, and no acknowledgement either.
    if (options.isForIpv6Only(exchange.request())) {
      return withoutAddress(exchange, options, DO_NOT_AUTO_CONFIGURE);
    }
    if (choice == null) {
      return isAutoConfiguring(exchange.request()) && !options.autoConfigure().isEmpty()
          ? withoutAddress(
              exchange,
              options,
              new Option(Dhcp4OptionCode.AUTO_CONFIGURE, options.autoConfigure()))
          : Draft.silence(Drop.NO_ADDRESS);
    }
    if (isRefused(exchange, grant)) {
      return Draft.silence(Drop.INTERCEPTOR);
    }
    // RFC 4039 section 3.1.
    if (exchange.request().isRapid()) {
      exchange.bind(grant);
      return acknowledged(exchange, grant, options, true);
    }
    exchange.offer(grant);
    return finished(
        leased(exchange, Dhcp4MessageType.OFFER, grant, options), MessageCounters.OFFER_SENT);
  }

  /** RFC 2563 section 2.3: an offer of nothing, for whoever asks what to do without. */
  private Draft withoutAddress(Exchange exchange, ReplyOptions options, Option autoConfigure) {
    Subnet subnet = exchange.request().placeOrNull().subnet();
    ReplyWriter reply =
        writer(exchange, Dhcp4MessageType.OFFER).plan(options, subnet, exchange).broadcast();
    if (isAutoConfiguring(exchange.request())) {
      reply.option(autoConfigure);
    }
    return finished(reply, MessageCounters.OFFER_SENT);
  }

  private static boolean isAutoConfiguring(Dhcp4Request request) {
    return request.message().options().has(Dhcp4OptionCode.AUTO_CONFIGURE);
  }

  /** RFC 2131 section 4.3.2. */
  private Draft request(Exchange exchange) {
    Requesting.Verdict verdict = new Requesting(exchange).verdict();
    if (verdict.drop() != null) {
      return Draft.silence(verdict.drop());
    }
    if (verdict.choice() == null) {
      return refused(exchange, verdict.refusal());
    }
    Grant grant = exchange.grant(verdict.choice());
    if (isRefused(exchange, grant)) {
      return refused(exchange, "requested address not available");
    }
    exchange.bind(grant);
    return acknowledged(exchange, grant, options(exchange, verdict.choice()), false);
  }

  private Draft refused(Exchange exchange, String why) {
    exchange.request().explanation().step(Topic.LEASE, "refused", why);
    return finished(writer(exchange, Dhcp4MessageType.NAK).refusal(why), MessageCounters.NAK_SENT);
  }

  /** Whether an interceptor does not want the client to have what was chosen. */
  private boolean isRefused(Exchange exchange, Grant grant) {
    if (!interceptors.areThere()) {
      return false;
    }
    Dhcp4Request request = exchange.request();
    SelectedLease lease =
        new SelectedLease(
            grant.key(),
            grant.choice().subnet().id(),
            request.client().identity(),
            0,
            grant.validSeconds(),
            grant.previousOrNull() != null);
    return !interceptors.grants(lease, request.message(), request.arrival(), List.of());
  }

  private Draft acknowledged(
      Exchange exchange, Grant grant, ReplyOptions options, boolean rapidly) {
    ReplyWriter reply = leased(exchange, Dhcp4MessageType.ACK, grant, options).clientAddress();
    return finished(rapidly ? reply.option(RAPID_COMMIT) : reply, MessageCounters.ACK_SENT);
  }

  private ReplyWriter leased(Exchange exchange, int type, Grant grant, ReplyOptions options) {
    Subnet subnet = grant.choice().subnet();
    return writer(exchange, type)
        .lease(grant, timers.of(grant), options)
        .plan(options, subnet, exchange);
  }

  /** RFC 2131 sections 4.3.3 and 4.3.4: nothing is said. */
  private static Draft returned(
      Exchange exchange, Ipv4 address, BiConsumer<Exchange, Lease> returning) {
    if (!exchange.knowsLink()) {
      return Draft.silence(Drop.UNKNOWN_LINK);
    }
    Lease lease =
        exchange.link().contains(Ipv6.mapped(address))
            ? exchange.held(Exchange.key(address))
            : null;
    if (lease == null) {
      return Draft.silence(Drop.UNKNOWN_BINDING);
    }
    returning.accept(exchange, lease);
    return Draft.HEEDED;
  }

  /** RFC 2131 section 4.3.5: options only. */
  private Draft inform(Exchange exchange) {
    Ipv4 own = exchange.request().message().clientAddress();
    Subnet subnet = exchange.knowsLink() ? exchange.subnetOf(own) : null;
    exchange.settle(subnet, List.of());
    ClassSet classes = exchange.classification().members();
    levels.tell(exchange.request().explanation(), subnet, exchange.reserved(), List.of(), classes);
    ReplyOptions options =
        subnet == null
            ? levels.everywhere(classes)
            : levels.of(subnet, exchange.reserved(), List.of(), classes);
    ReplyWriter reply =
        writer(exchange, Dhcp4MessageType.ACK).clientAddress().plan(options, subnet, exchange);
    return finished(own.isUnspecified() ? reply.broadcast() : reply, MessageCounters.ACK_SENT);
  }

  /**
   * RFC 951 section 7.3, RFC 1534: an address for ever, as nobody renews it. A client that knows
   * its address keeps it, also if this server has others in mind; then it gets the rest.
   */
  private Draft bootp(Exchange exchange) {
    Ipv4 own = exchange.request().message().clientAddress();
    Choice choice = own.isUnspecified() ? exchange.choose() : exchange.claim(own);
    if (choice == null && own.isUnspecified()) {
      return Draft.silence(Drop.NO_ADDRESS);
    }
    ReplyOptions options = options(exchange, choice);
    ReplyWriter reply = writer(exchange, Dhcp4MessageType.BOOTP).clientAddress();
    Subnet subnet = exchange.subnetOf(own);
    if (choice != null) {
      Grant grant = exchange.grantForEver(choice);
      if (isRefused(exchange, grant)) {
        return Draft.silence(Drop.INTERCEPTOR);
      }
      exchange.bind(grant);
      reply.address(grant);
      subnet = choice.subnet();
    }
    reply.mask(subnet, options).plan(options, subnet, exchange);
    return finished(reply, MessageCounters.BOOTP_SENT);
  }

  private ReplyOptions options(Exchange exchange, Choice choiceOrNull) {
    Subnet subnet =
        choiceOrNull == null ? exchange.request().placeOrNull().subnet() : choiceOrNull.subnet();
    if (!exchange.classification().isEmpty()) {
      exchange.settle(subnet, choiceOrNull == null ? List.of() : List.of(choiceOrNull));
    }
    OptionSet pool = choiceOrNull == null ? OptionSet.NONE : choiceOrNull.poolOptions();
    List<OptionSet> pools = pool.isEmpty() ? List.of() : List.of(pool);
    ClassSet classes = exchange.classification().members();
    levels.tell(exchange.request().explanation(), subnet, exchange.reserved(), pools, classes);
    return levels.of(subnet, exchange.reserved(), pools, classes);
  }

  private ReplyWriter writer(Exchange exchange, int type) {
    return new ReplyWriter(exchange.request(), type, echoClientId);
  }

  private static Draft finished(ReplyWriter reply, String counter) {
    Dhcp4Message message = reply.done();
    return new Draft(message, counter, null);
  }
}
