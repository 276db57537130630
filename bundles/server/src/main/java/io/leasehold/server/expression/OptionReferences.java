// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.expression;

import io.leasehold.codec.option.OptionDefinition;
import io.leasehold.codec.option.OptionSpace;
import io.leasehold.codec.v4.Dhcp4OptionTable;
import io.leasehold.net.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code option[x].hex} and the like, at any depth. */
final class OptionReferences {
  private static final int AGENT_4 = 82;
  private static final int VENDOR_4 = 125;
  private static final int VENDOR_6 = 17;

  private final Lexer lexer;
  private final ExpressionContext context;
  private final boolean six;
  private final List<String> remarks = new ArrayList<>();

  /** An option that was chosen. */
  private record Chosen(OptionSpace space, int code, Optional<OptionDefinition> definition) {}

  OptionReferences(Lexer lexer, ExpressionContext context) {
    this.lexer = lexer;
    this.context = context;
    this.six = context.family() == Family.IPV6;
  }

  /** Of which options others are asked for inside, though they contain none. */
  List<String> remarks() {
    return List.copyOf(remarks);
  }

  private OptionSpace space() {
    return six ? OptionSpace.DHCP6 : OptionSpace.DHCP4;
  }

  /** An option of the client's message. */
  Node ofPacket() throws ExpressionException {
    Chosen chosen = chosen(space());
    return asked(chosen, Lookup.option(chosen.code()));
  }

  /** An option of the relay agent, in DHCPv4. */
  Node ofAgent() throws ExpressionException {
    Chosen chosen = chosen(Dhcp4OptionTable.RELAY_AGENT);
    return asked(chosen, inner(Lookup.option(AGENT_4), chosen));
  }

  /** An option of a relay agent, in DHCPv6. */
  Node ofRelay(int nest) throws ExpressionException {
    Chosen chosen = chosen(space());
    return asked(chosen, Lookup.relayOption(nest, chosen.code()));
  }

  /** An option of a vendor. */
  Node ofVendor(Vendors vendors, long enterprise) throws ExpressionException {
    Chosen chosen = chosen(new OptionSpace("vendor-" + enterprise, vendors.framing()));
    return asked(chosen, vendors.option(enterprise, chosen.code()));
  }

  /** The word after a point. */
  Token field() throws ExpressionException {
    lexer.expect(".", "where what is asked for comes next");
    return lexer.next();
  }

  /** The code in brackets, or the name. */
  private Chosen chosen(OptionSpace space) throws ExpressionException {
    lexer.expect("[", "where the code of an option comes next");
    Token written = lexer.bracketed();
    if (written.text().matches("-?[0-9]+")) {
      int code =
          (int) Grammar.number(written, 0, space.framing().maxCode(), "the code of an option");
      return new Chosen(space, code, context.options().byCode(space, code));
    }
    OptionDefinition named =
        context
            .options()
            .byName(space, written.text())
            .orElseThrow(
                () ->
                    new ExpressionException(
                        written.column(),
                        written.shown()
                            + " is not an option of the space \""
                            + space
                            + "\"; accepted is a code or a name"
                            + context.options().hint(space, written.text())));
    return new Chosen(space, named.code(), Optional.of(named));
  }

  private static Lookup inner(Lookup around, Chosen chosen) {
    return around.inner(chosen.space().framing(), chosen.code());
  }

  /** What is asked of a chosen option. */
  private Node asked(Chosen chosen, Lookup lookup) throws ExpressionException {
    Chosen at = chosen;
    Lookup found = lookup;
    while (true) {
      Token field = field();
      switch (field.text()) {
        case "exists":
          return Check.exists(found);
        case "hex":
          return OptionWords.octetsOf(found, at.definition());
        case "text":
          return OptionWords.of(found, at.definition());
        case "option":
          Lookup area = area(at, found, field);
          at = chosen(at.definition().flatMap(OptionDefinition::encapsulates).orElse(unnamed()));
          found = inner(area, at);
          break;
        default:
          throw new ExpressionException(
              field.column(),
              field.shown()
                  + " is not known of an option; accepted are exists, hex, text and option[]");
      }
    }
  }

  /** The space of options without names. */
  private OptionSpace unnamed() {
    return new OptionSpace("nothing", space().framing());
  }

  /** Where the options inside an option are; nowhere if it has none. */
  private Lookup area(Chosen chosen, Lookup lookup, Token asked) {
    if (chosen.space().equals(space()) && chosen.code() == (six ? VENDOR_6 : VENDOR_4)) {
      return new Vendors(context.family(), lookup).content(Vendors.ANY);
    }
    Optional<OptionDefinition> containing =
        chosen.definition().filter(definition -> definition.encapsulates().isPresent());
    if (containing.isEmpty()) {
      String name = chosen.definition().map(OptionDefinition::name).orElse("nobody has defined");
      remarks.add(
          "column %d: option %d (%s) contains no options, so that none is ever found in it"
              .formatted(asked.column(), chosen.code(), name));
      return Lookup.NOTHING;
    }
    return lookup.after(containing.get().format());
  }
}
