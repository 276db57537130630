// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import io.leasehold.codec.option.Option;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.IaTa;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.server.answer.Grant;
import io.leasehold.server.answer.OptionLevels;
import io.leasehold.server.lease.Choice;
import io.leasehold.server.plan.ClassSet;
import io.leasehold.server.plan.FamilyPlan;
import io.leasehold.server.plan.OptionSet;
import io.leasehold.server.plan.Subnet;
import io.leasehold.server.v6.intake.AssociationReader;
import io.leasehold.server.v6.intake.Dhcp6Request;
import io.leasehold.server.v6.intake.Drop;
import io.leasehold.server.v6.intake.IdentityAssociation;
import io.leasehold.server.v6.intake.LinkFinder;
import io.leasehold.server.v6.intake.MessageCounters;
import io.leasehold.server.v6.intake.WantedLease;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The conversations of RFC 8415 section 18.3, one method for each message of a client. Immutable.
 */
final class Conversations {
  private static final Option RAPID_COMMIT = new Option(Dhcp6OptionCode.RAPID_COMMIT, Bytes.EMPTY);

  private final LinkFinder links;
  private final OptionLevels<ReplyOptions> levels;
  private final Option serverId;
  private final Selection selection;

  Conversations(FamilyPlan plan, Duid serverId, Selection selection) {
    this.selection = selection;
    this.links = new LinkFinder(plan);
    this.levels = new OptionLevels<>(plan, ReplyOptions::new);
    this.serverId = new Option(Dhcp6OptionCode.SERVER_ID, serverId.value());
  }

  /** Decides what is said; what it does to leases is noted in the exchange. */
  Draft hold(Exchange exchange) {
    return switch (exchange.request().type()) {
      case Dhcp6MessageType.SOLICIT -> solicit(exchange);
      case Dhcp6MessageType.REQUEST -> request(exchange);
      case Dhcp6MessageType.CONFIRM -> confirm(exchange);
      case Dhcp6MessageType.RENEW -> renew(exchange);
      case Dhcp6MessageType.REBIND -> rebind(exchange);
      case Dhcp6MessageType.RELEASE -> returned(exchange, new Returning(exchange)::release);
      case Dhcp6MessageType.DECLINE -> returned(exchange, new Returning(exchange)::decline);
      case Dhcp6MessageType.INFORMATION_REQUEST -> reply(exchange, identified(exchange), List.of());
      default -> Draft.silence(Drop.MESSAGE_TYPE);
    };
  }

  /** RFC 8415 sections 18.3.1 and 18.3.9. */
  private Draft solicit(Exchange exchange) {
    Dhcp6Request request = exchange.request();
    List<AssociationAnswer> answers = granted(exchange);
    Options.Builder options = identified(exchange);
    if (exchange.knowsLink()
        && request.placeOrNull().subnet().rapidCommit()
        && request.message().options().has(Dhcp6OptionCode.RAPID_COMMIT)) {
      exchange.bind(answers);
      return reply(exchange, options.add(RAPID_COMMIT), answers);
    }
    exchange.offer(answers);
    return draft(exchange, Dhcp6MessageType.ADVERTISE, options, answers);
  }

  /** RFC 8415 section 18.3.2. */
  private Draft request(Exchange exchange) {
    List<AssociationAnswer> answers = granted(exchange);
    exchange.bind(answers);
    return reply(exchange, identified(exchange), answers);
  }

  private List<AssociationAnswer> granted(Exchange exchange) {
    return exchange.knowsLink()
        ? selection.among(exchange, answers(exchange, new Granting(exchange)::answer))
        : answers(exchange, ia -> new AssociationAnswer(ia).status(Statuses.nothingFor(ia)));
  }

  /** RFC 8415 section 18.3.3. */
  private Draft confirm(Exchange exchange) {
    List<WantedLease> addresses = confirmed(exchange.request());
    if (!exchange.knowsLink() || addresses.isEmpty()) {
      return Draft.silence(Drop.UNCONFIRMABLE);
    }
    boolean onLink = OnLink.containsAll(exchange.link(), addresses);
    Options.Builder options = identified(exchange);
    options.add(onLink ? Statuses.ON_LINK : Statuses.NOT_ON_LINK);
    return finished(exchange, Dhcp6MessageType.REPLY, options);
  }

  /** The addresses a Confirm is about, also those of temporary associations. */
  private static List<WantedLease> confirmed(Dhcp6Request request) {
    List<WantedLease> addresses = new ArrayList<>();
    for (IdentityAssociation association : request.associations()) {
      if (!association.isForPrefixes()) {
        addresses.addAll(association.wanted());
      }
    }
    for (IaTa temporary : request.message().options().all(Dhcp6Options.IA_TA)) {
      addresses.addAll(AssociationReader.addresses(temporary.options()));
    }
    addresses.removeIf(address -> !address.isSpecific());
    return addresses;
  }

  /** RFC 8415 section 18.3.4. */
  private Draft renew(Exchange exchange) {
    List<AssociationAnswer> answers =
        exchange.knowsLink()
            ? answers(exchange, new Extending(exchange, links)::answer)
            : answers(exchange, ia -> new AssociationAnswer(ia).status(Statuses.NO_BINDING));
    return extended(exchange, answers);
  }

  private Draft extended(Exchange exchange, List<AssociationAnswer> answers) {
    boolean silent = !answers.isEmpty();
    for (AssociationAnswer answer : answers) {
      silent &= answer.isEmpty();
    }
    if (silent) {
      return Draft.silence(Drop.UNKNOWN_BINDING);
    }
    selection.among(exchange, answers);
    exchange.bind(answers);
    return reply(exchange, identified(exchange), answers);
  }

  /** RFC 8415 section 18.3.5. */
  private Draft rebind(Exchange exchange) {
    if (!exchange.knowsLink()) {
      return Draft.silence(Drop.UNKNOWN_BINDING);
    }
    return extended(exchange, answers(exchange, new Extending(exchange, links)::answer));
  }

  /** RFC 8415 sections 18.3.7 and 18.3.8: Success, and what is not known. */
  private Draft returned(
      Exchange exchange, Function<IdentityAssociation, AssociationAnswer> returning) {
    List<AssociationAnswer> answers =
        exchange.knowsLink()
            ? answers(exchange, returning)
            : answers(exchange, ia -> new AssociationAnswer(ia).status(Statuses.NO_BINDING));
    Telling.answers(exchange, answers);
    Options.Builder options = identified(exchange);
    new AssociationWriter(RenewalTimes.NONE, false).addTo(options, answers);
    options.add(Statuses.SUCCESS);
    return finished(exchange, Dhcp6MessageType.REPLY, options);
  }

  private static List<AssociationAnswer> answers(
      Exchange exchange, Function<IdentityAssociation, AssociationAnswer> rule) {
    List<IdentityAssociation> associations = exchange.request().associations();
    List<AssociationAnswer> answers = new ArrayList<>(associations.size());
    for (IdentityAssociation association : associations) {
      answers.add(rule.apply(association));
    }
    return answers;
  }

  /** RFC 8415 section 18.3: both identifiers, the client's only if it sent one. */
  private Options.Builder identified(Exchange exchange) {
    Options.Builder options = Options.builder();
    Duid client = exchange.request().clientOrNull();
    if (client != null) {
      options.add(Dhcp6OptionCode.CLIENT_ID, client.value());
    }
    return options.add(serverId);
  }

  private Draft reply(Exchange exchange, Options.Builder options, List<AssociationAnswer> answers) {
    return draft(exchange, Dhcp6MessageType.REPLY, options, answers);
  }

  private Draft draft(
      Exchange exchange, int type, Options.Builder options, List<AssociationAnswer> answers) {
    Dhcp6Request request = exchange.request();
    Telling.answers(exchange, answers);
    boolean excludes = request.requested().contains(Dhcp6OptionCode.PD_EXCLUDE);
    new AssociationWriter(RenewalTimes.of(answers), excludes).addTo(options, answers);
    options(exchange, answers).addTo(options, type, request);
    ClientName.addTo(options, request);
    return finished(exchange, type, options);
  }

  private ReplyOptions options(Exchange exchange, List<AssociationAnswer> answers) {
    Subnet subnet = subnet(exchange.request(), answers);
    List<OptionSet> pools = pools(answers);
    if (!exchange.classification().isEmpty()) {
      exchange.settle(subnet, choices(answers));
    }
    ClassSet classes = exchange.classification().members();
    levels.tell(exchange.request().explanation(), subnet, exchange.reserved(), pools, classes);
    return subnet == null
        ? levels.everywhere(classes)
        : levels.of(subnet, exchange.reserved(), pools, classes);
  }

  /** The subnet of the first lease, or the one the packet pointed at. */
  private static Subnet subnet(Dhcp6Request request, List<AssociationAnswer> answers) {
    for (AssociationAnswer answer : answers) {
      if (!answer.grants().isEmpty()) {
        return answer.grants().get(0).choice().subnet();
      }
    }
    return request.placeOrNull() == null ? null : request.placeOrNull().subnet();
  }

  private static List<Choice> choices(List<AssociationAnswer> answers) {
    List<Choice> choices = new ArrayList<>(answers.size());
    for (AssociationAnswer answer : answers) {
      for (Grant grant : answer.grants()) {
        choices.add(grant.choice());
      }
    }
    return choices;
  }

  private static List<OptionSet> pools(List<AssociationAnswer> answers) {
    List<OptionSet> pools = List.of();
    for (AssociationAnswer answer : answers) {
      for (Grant grant : answer.grants()) {
        OptionSet options = grant.choice().poolOptions();
        if (!options.isEmpty() && !pools.contains(options)) {
          pools = pools.isEmpty() ? new ArrayList<>(2) : pools;
          pools.add(options);
        }
      }
    }
    return pools;
  }

  private static Draft finished(Exchange exchange, int type, Options.Builder options) {
    int transactionId = exchange.request().message().transactionId();
    return new Draft(
        new ClientServerMessage(type, transactionId, options.build()),
        type == Dhcp6MessageType.ADVERTISE
            ? MessageCounters.ADVERTISE_SENT
            : MessageCounters.REPLY_SENT,
        null);
  }
}
