// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.expression;

import io.leasehold.net.Family;
import io.leasehold.server.expression.PacketFacts.AddressField;
import java.util.List;

/** Reads what an expression asks of a packet. */
final class Subjects {
  private static final int MOST_RELAYS = 32;
  private static final long LARGEST_ENTERPRISE = 0xffff_ffffL;
  private static final int LARGEST_INDEX = 0xff;

  private final Lexer lexer;
  private final Family family;
  private final OptionReferences options;

  Subjects(Lexer lexer, ExpressionContext context) {
    this.lexer = lexer;
    this.family = context.family();
    this.options = new OptionReferences(lexer, context);
  }

  /** What is likely a mistake of those read so far. */
  List<String> remarks() {
    return options.remarks();
  }

  /** For messages. */
  static String accepted(Family family) {
    String own = family == Family.IPV6 ? "relay6[], pkt6." : "relay4[], pkt4.";
    return "option[], vendor[], vendor-class[], pkt., " + own;
  }

  /** What follows the word; null if the word is none of those. */
  Node readOrNull(Token word) throws ExpressionException {
    return switch (word.text()) {
      case "option" -> options.ofPacket();
      case "relay4" -> {
        of(Family.IPV4, word);
        yield options.ofAgent();
      }
      case "relay6" -> {
        of(Family.IPV6, word);
        yield relay();
      }
      case "vendor" -> vendor();
      case "vendor-class" -> vendorClass();
      case "pkt" -> packet();
      case "pkt4" -> {
        of(Family.IPV4, word);
        yield packet4();
      }
      case "pkt6" -> {
        of(Family.IPV6, word);
        yield packet6();
      }
      default -> null;
    };
  }

  private void of(Family needed, Token word) throws ExpressionException {
    if (family != needed) {
      throw new ExpressionException(
          word.column(),
          "%s is of DHCPv%s, not of DHCPv%s; accepted are %s"
              .formatted(
                  word.shown(),
                  needed == Family.IPV6 ? "6" : "4",
                  needed == Family.IPV6 ? "4" : "6",
                  accepted(family)));
    }
  }

  private Node relay() throws ExpressionException {
    lexer.expect("[", "follows \"relay6\"");
    int nest =
        (int)
            Grammar.number(
                lexer.bracketed(), -MOST_RELAYS, MOST_RELAYS - 1L, "the number of a relay agent");
    Token field = options.field();
    return switch (field.text()) {
      case "peeraddr" -> new RelayAddressTerm(nest, PacketFacts::relayPeer);
      case "linkaddr" -> new RelayAddressTerm(nest, PacketFacts::relayLink);
      case "option" -> options.ofRelay(nest);
      default -> throw unknown(field, "peeraddr, linkaddr and option[]");
    };
  }

  private Node vendor() throws ExpressionException {
    long enterprise = enterprise();
    Vendors vendors = Vendors.options(family);
    Token field = options.field();
    return switch (field.text()) {
      case "exists" -> Check.exists(vendors.enterprise(enterprise));
      case "enterprise" -> Term.content(vendors.enterprise(enterprise));
      case "option" -> options.ofVendor(vendors, enterprise);
      default -> throw unknown(field, "exists, enterprise and option[]");
    };
  }

  private Node vendorClass() throws ExpressionException {
    long enterprise = enterprise();
    Vendors vendors = Vendors.classes(family);
    Token field = options.field();
    return switch (field.text()) {
      case "exists" -> Check.exists(vendors.enterprise(enterprise));
      case "enterprise" -> Term.content(vendors.enterprise(enterprise));
      case "data" -> Term.content(vendors.word(enterprise, index()));
      default -> throw unknown(field, "exists, enterprise, data and data[]");
    };
  }

  /** Of which vendor; any if that is not said. */
  private long enterprise() throws ExpressionException {
    if (!lexer.peek().isSymbol("[")) {
      return Vendors.ANY;
    }
    lexer.next();
    Token written = lexer.bracketed();
    return written.text().equals("*")
        ? Vendors.ANY
        : Grammar.number(written, 0, LARGEST_ENTERPRISE, "the number of an enterprise");
  }

  private int index() throws ExpressionException {
    if (!lexer.peek().isSymbol("[")) {
      return 0;
    }
    lexer.next();
    return (int) Grammar.number(lexer.bracketed(), 0, LARGEST_INDEX, "the place of a word");
  }

  private Node packet() throws ExpressionException {
    Token field = options.field();
    return switch (field.text()) {
      case "iface" -> new InterfaceTerm();
      case "src" -> new AddressTerm(PacketFacts::source);
      case "dst" -> new AddressTerm(PacketFacts::destination);
      case "len" -> new NumberTerm(PacketFacts::length);
      default -> throw unknown(field, "iface, src, dst and len");
    };
  }

  private Node packet6() throws ExpressionException {
    Token field = options.field();
    return switch (field.text()) {
      case "msgtype" -> new NumberTerm(PacketFacts::messageType);
      case "transid" -> new NumberTerm(PacketFacts::transactionId);
      default -> throw unknown(field, "msgtype and transid");
    };
  }

  private Node packet4() throws ExpressionException {
    Token field = options.field();
    return switch (field.text()) {
      case "mac" -> (Term) PacketFacts::hardwareAddress;
      case "hlen" -> new NumberTerm(facts -> facts.hardwareAddress().length());
      case "htype" -> new NumberTerm(PacketFacts::hardwareType);
      case "ciaddr" -> address(AddressField.CIADDR);
      case "giaddr" -> address(AddressField.GIADDR);
      case "yiaddr" -> address(AddressField.YIADDR);
      case "siaddr" -> address(AddressField.SIADDR);
      case "msgtype" -> new NumberTerm(PacketFacts::messageType);
      case "transid" -> new NumberTerm(PacketFacts::transactionId);
      default ->
          throw unknown(
              field, "mac, hlen, htype, ciaddr, giaddr, yiaddr, siaddr, msgtype and transid");
    };
  }

  private static Term address(AddressField field) {
    return new NumberTerm(facts -> facts.address(field).value() & 0xffff_ffffL);
  }

  private static ExpressionException unknown(Token field, String accepted) {
    return new ExpressionException(
        field.column(), field.shown() + " is not known here; accepted are " + accepted);
  }
}
