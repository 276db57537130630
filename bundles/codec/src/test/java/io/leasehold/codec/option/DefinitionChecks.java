// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.codec.MalformedPacketException;
import io.leasehold.net.Bytes;
import java.util.List;
import java.util.Random;

/** What holds for every row of every option table. */
public final class DefinitionChecks {
  private static final int SAMPLES = 50;

  private DefinitionChecks() {}

  /** The catalogue has an option of that name, code and format. */
  public static void isListed(
      OptionCatalogue catalogue, OptionSpace space, String name, int code, String format) {
    assertThat(catalogue.byName(space, name))
        .hasValueSatisfying(
            definition -> {
              assertThat(definition.code()).isEqualTo(code);
              assertThat(definition.format()).isEqualTo(OptionFormat.parse(format));
            });
  }

  public static void textReturnsFromOctets(OptionDefinition definition) {
    OptionFormat format = definition.format();
    Random random = new Random(definition.code());
    for (int i = 0; i < SAMPLES; i++) {
      List<String> fields = OptionSamples.fields(format, random);
      Bytes value = format.encodeText(fields);

      definition.check(value);
      String shown = format.describe(value);
      assertThat(shown).isEqualTo(OptionSamples.shown(format, fields));
      assertThat(format.encodeText(shown)).isEqualTo(value);
    }
  }

  public static void tooShortIsRefused(OptionDefinition definition) {
    Random random = new Random(definition.code());
    if (!mayBeEmpty(definition.format())) {
      assertMalformed(definition, Bytes.EMPTY);
    }
    for (int i = 0; i < SAMPLES && OptionSamples.ends(definition.format()); i++) {
      Bytes value =
          definition.format().encodeText(OptionSamples.fields(definition.format(), random));
      if (!value.isEmpty()) {
        assertMalformed(definition, value.slice(0, value.length() - 1));
      }
    }
  }

  public static void octetsThatTrailAreRefused(OptionDefinition definition) {
    Random random = new Random(definition.code());
    for (int i = 0; i < SAMPLES && OptionSamples.ends(definition.format()); i++) {
      Bytes value =
          definition.format().encodeText(OptionSamples.fields(definition.format(), random));
      // One more octet is never an element, a name or an option: 255 begins none but the end of
      // narrow ones.
      boolean narrow = definition.encapsulates().map(OptionSpace::framing).isPresent();
      int more = narrow && definition.space().framing() == OptionFraming.NARROW ? 0xfe : 0xff;
      assertMalformed(definition, Bytes.ofHex(value + Integer.toHexString(more)));
    }
  }

  public static void tooLongIsRefused(OptionDefinition definition) {
    long limit = OptionSamples.limit(definition.format());
    if (limit >= 0) {
      definition.check(Bytes.wrap(new byte[(int) limit]));
      assertMalformed(definition, Bytes.wrap(new byte[(int) limit + 1]));
    }
    assertThatThrownBy(() -> definition.format().encodeText("a".repeat(131_074)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static boolean mayBeEmpty(OptionFormat format) {
    return format.fieldCount() == 0
        || format.toString().endsWith("[0..]") && format.fieldCount() == 1
        || format.toString().equals("partial-fqdn");
  }

  private static void assertMalformed(OptionDefinition definition, Bytes value) {
    assertThatThrownBy(() -> definition.check(value))
        .as("%s %s %s", definition, definition.format(), value)
        .isInstanceOf(MalformedPacketException.class);
  }
}
