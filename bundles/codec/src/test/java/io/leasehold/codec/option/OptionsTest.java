// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.MalformedReason;
import io.leasehold.net.Bytes;
import java.util.List;
import java.util.NoSuchElementException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
  private static final OptionType<Integer> NUMBER =
      OptionType.of(7, "number", value -> value.at(0), Bytes::of);

  private static final Bytes WIRE =
      Bytes.ofHex(
          "00070001"
              + "2a" // number 42
              + "ffff0000" // the last code, empty
              + "00070001"
              + "2b"); // number 43

  @Test
  void orderRepeatsAndUnknownCodesSurvive() {
    Options options = Options.decode(WIRE);

    assertThat(options.encode()).isEqualTo(WIRE);
    assertThat(options.encodedLength()).isEqualTo(WIRE.length());
    assertThat(options)
        .containsExactly(
            new Option(7, Bytes.of(42)),
            new Option(65535, Bytes.EMPTY),
            new Option(7, Bytes.of(43)));
    assertThat(options.count(7)).isEqualTo(2);
    assertThat(options.allRaw(7)).containsExactly(Bytes.of(42), Bytes.of(43));
    assertThat(options.raw(65535)).contains(Bytes.EMPTY);
    assertThat(options.raw(8)).isEmpty();
    assertThat(options.first(NUMBER)).contains(42);
    assertThat(options.all(NUMBER)).containsExactly(42, 43);
    assertThat(options).hasToString("[7:1 65535:0 7:1]");
  }

  @Test
  void valuesAreViewsOfThePacket() {
    assertThat(Options.decode(WIRE).allRaw(7).get(1).sourceOffset()).isEqualTo(13);
  }

  @ParameterizedTest
  @CsvSource({
    "00, TRUNCATED, 0",
    "000700, TRUNCATED, 0",
    "00070001, OPTION_OVERRUN, 0",
    "000700010000, TRUNCATED, 5",
    "0007000100ffffffff, OPTION_OVERRUN, 5",
  })
  void brokenFramingIsRefused(String hex, MalformedReason reason, int offset) {
    assertThatThrownBy(() -> Options.decode(Bytes.ofHex(hex)))
        .asInstanceOf(InstanceOfAssertFactories.type(MalformedPacketException.class))
        .returns(reason, MalformedPacketException::reason)
        .returns(offset, MalformedPacketException::offset);
  }

  @Test
  void countIsLimited() {
    Bytes most = Bytes.wrap(new byte[Options.MAX_COUNT * Option.HEADER_LENGTH]);
    Bytes more = Bytes.wrap(new byte[(Options.MAX_COUNT + 1) * Option.HEADER_LENGTH]);

    assertThat(Options.decode(most).size()).isEqualTo(Options.MAX_COUNT);
    assertThatThrownBy(() -> Options.decode(more))
        .asInstanceOf(InstanceOfAssertFactories.type(MalformedPacketException.class))
        .returns(MalformedReason.TOO_MANY_OPTIONS, MalformedPacketException::reason);
  }

  @Test
  void badValueIsRefusedWhenAskedForWithPlaceAndName() {
    Options options = Options.decode(Bytes.ofHex("00070000"));

    assertThatThrownBy(() -> options.first(NUMBER))
        .isInstanceOf(MalformedPacketException.class)
        .hasMessage("invalid-value at offset 0 in number")
        .hasNoCause();
  }

  @Test
  void builderSetsInPlaceAndRemoves() {
    Options options =
        Options.decode(WIRE).toBuilder()
            .set(NUMBER, 1)
            .remove(65535)
            .add(9, Bytes.of(9))
            .set(10, Bytes.EMPTY)
            .build();

    assertThat(options)
        .isEqualTo(
            Options.of(
                new Option(7, Bytes.of(1)),
                new Option(9, Bytes.of(9)),
                new Option(10, Bytes.EMPTY)))
        .hasSameHashCodeAs(Options.decode(options.encode()));
  }

  @Test
  void builtOptionsDoNotChangeWithTheBuilder() {
    Options.Builder builder = Options.builder().add(NUMBER, 1);
    Options before = builder.build();
    Options more = builder.add(NUMBER, 2).build();
    Options other = builder.set(NUMBER, 3).build();
    builder.remove(7);

    assertThat(before).containsExactly(new Option(7, Bytes.of(1)));
    assertThat(more).containsExactly(new Option(7, Bytes.of(1)), new Option(7, Bytes.of(2)));
    assertThat(other).containsExactly(new Option(7, Bytes.of(3)));
    assertThat(builder.isEmpty()).isTrue();
    assertThat(builder.encodedLength()).isZero();
  }

  @Test
  void iteratorEnds() {
    var iterator = Options.EMPTY.iterator();

    assertThat(iterator.hasNext()).isFalse();
    assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
    assertThatThrownBy(() -> Options.EMPTY.get(0)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void optionThatDoesNotFitItsHeaderIsRefused() {
    assertThatThrownBy(() -> new Option(65536, Bytes.EMPTY))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Option(-1, Bytes.EMPTY))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Option(1, Bytes.wrap(new byte[65536])))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void conflictingDefinitionsAreReportedAndLeftOut() {
    OptionSpace space = new OptionSpace("test");
    OptionDefinition first = OptionDefinition.of(space, 1, "first", "uint8");
    OptionDefinition sameCode = OptionDefinition.of(space, 1, "other", "uint16");
    OptionDefinition sameName = OptionDefinition.of(space, 2, "first", "uint8");
    OptionDefinition elsewhere = OptionDefinition.of(OptionSpace.DHCP6, 1, "first", "uint8");

    OptionCatalogue.Extended extended =
        OptionCatalogue.of(List.of(first)).with(List.of(sameCode, sameName, first, elsewhere));

    assertThat(extended.conflicts())
        .containsExactly(
            new OptionCatalogue.Conflict(sameCode, first),
            new OptionCatalogue.Conflict(sameName, first));
    assertThat(extended.conflicts().get(0))
        .hasToString("test.other(1) is refused: test.first(1) is already defined");
    assertThat(extended.catalogue().byCode(space, 1)).contains(first);
    assertThat(extended.catalogue().byCode(space, 2)).isEmpty();
    assertThat(extended.catalogue().byName(OptionSpace.DHCP6, "first")).contains(elsewhere);
    assertThatThrownBy(() -> OptionCatalogue.of(List.of(first, sameCode)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void defaultsGiveWayToLaterDefinitions() {
    OptionSpace space = OptionSpace.vendor(4491);
    OptionDefinition usual = OptionDefinition.of(space, 1, "usual", "uint8");
    OptionDefinition other = OptionDefinition.of(space, 2, "other", "uint8");
    OptionDefinition mine = OptionDefinition.of(space, 1, "other", "uint16");
    OptionCatalogue before = OptionCatalogue.EMPTY.withDefaults(List.of(usual, other));

    OptionCatalogue.Extended extended = before.with(List.of(mine));

    assertThat(extended.conflicts()).isEmpty();
    assertThat(extended.catalogue().definitions(space)).containsExactly(mine);
    assertThat(extended.catalogue().with(List.of(usual)).conflicts()).hasSize(1);
    assertThat(before.definitions(space)).containsExactlyInAnyOrder(usual, other);
  }
}
