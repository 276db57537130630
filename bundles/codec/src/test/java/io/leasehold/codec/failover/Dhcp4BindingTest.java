// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.codec.option.Option;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.AbsoluteTime;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6StatusCode;
import io.leasehold.codec.v6.StatusCode;
import io.leasehold.net.Bytes;
import io.leasehold.net.HardwareAddress;
import io.leasehold.net.Ipv4;
import io.leasehold.net.Ipv6;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The extension for DHCPv4: its offer, and what it says of a lease. */
class Dhcp4BindingTest {
  private static final AbsoluteTime NOW = new AbsoluteTime(0x32e3a400L);

  /** OPTION_IAADDR with ::ffff:192.0.2.10, 3600 s both, ACTIVE. */
  private static final String ADDRESS =
      "0005001d 00000000000000000000ffffc000020a 00000e10 00000e10 0072000101";

  private static final String CLIENT = "ff020005 02 01020304";
  private static final String BASE = "00640004 32e3a402";

  private static Options data(String... octets) {
    return Options.of(
        new Option(
            FailoverOptionCode.DHCP4_DATA, Bytes.ofHex(String.join("", octets).replace(" ", ""))));
  }

  private static Optional<BindingContainer> read(String... octets) {
    return BindingContainer.read(data(octets));
  }

  private static BoundLease lease(String address) {
    return new BoundLease(
        Ipv6.mapped(Ipv4.ofText(address)).prefix(128),
        3600,
        3600,
        BindingFacts.builder()
            .status(BindingStatus.ACTIVE, NOW)
            .statusUntil(NOW.plus(3600))
            .clientHeard(NOW)
            .partnerLifetime(NOW.plus(9000))
            .build());
  }

  @Test
  void containerIsAsTheDocumentSays() {
    Dhcp4Binding binding =
        Dhcp4Binding.update(
            Optional.of(new Dhcp4Client(Dhcp4Client.Kind.CLIENT_ID, Bytes.ofHex("01020304"))),
            Optional.of(new HardwareAddress(1, Bytes.ofHex("020000000001"))),
            NOW.plus(2),
            lease("192.0.2.10"));

    assertThat(binding.toOptions().encode().toHex())
        .isEqualTo(
            String.join(
                    "",
                    "ff01005e", // OPTION_LEASEHOLD_DHCP4_DATA
                    "ff020005 02 01020304", // whose: client identifier
                    "004f0008 0001 020000000001", // link-layer address
                    "00640004 32e3a402", // base time
                    "0005003d 00000000000000000000ffffc000020a 00000e10 00000e10",
                    "0072000101", // ACTIVE
                    "0085000432e3a400", // since
                    "0086000432e3b210", // until
                    "002e000400000002", // heard two seconds before the base time
                    "007b000432e3c728") // partner-lifetime
                .replace(" ", ""));
    assertThat(BindingContainer.read(binding.toOptions())).contains(binding);
  }

  @Test
  void addressOfNobodyHasNoClient() {
    assertThat(read(BASE, ADDRESS))
        .get()
        .isInstanceOfSatisfying(
            Dhcp4Binding.class,
            binding -> {
              assertThat(binding.client()).isEmpty();
              assertThat(binding.lease().unit().address())
                  .isEqualTo(Ipv6.mapped(Ipv4.ofText("192.0.2.10")));
            });
  }

  @Test
  void hardwareIsAKindOfItsOwn() {
    assertThat(read("ff020008 03 01 020000000001", BASE, ADDRESS))
        .get()
        .extracting(container -> ((Dhcp4Binding) container).client().orElseThrow())
        .isEqualTo(new Dhcp4Client(Dhcp4Client.Kind.HARDWARE, Bytes.ofHex("01020000000001")));
  }

  /** What cannot be read is as if it were not there, and the connection lives. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nothing                       | ''
          no address                    | ff0200050201020304 0064000432e3a402
          two addresses                 | 0005001800000000000000000000ffffc000020a0000000000000000 \
          0005001800000000000000000000ffffc000020b0000000000000000
          an IPv6 address               | 0005001820010db80000000000000000000000010000000000000000
          an address that is cut off    | 0005001700000000000000000000ffffc000020a00000000000000
          an option that goes beyond    | 0005001900000000000000000000ffffc000020a0000000000000000
          a status of two octets        | 0005001e00000000000000000000ffffc000020a0000000000000000007200020101
          a client without a kind       | ff020000 0005001800000000000000000000ffffc000020a0000000000000000
          a client without a name       | ff02000102 0005001800000000000000000000ffffc000020a0000000000000000
          a client of an unknown kind   | ff0200020401 0005001800000000000000000000ffffc000020a0000000000000000
          a base time of three octets   | 0064000332e3a4 0005001800000000000000000000ffffc000020a0000000000000000
          half an option                | 0064
          """)
  void malformedContainerIsNoContainer(String what, String octets) {
    Bytes value = Bytes.ofHex(octets.replace(" ", ""));
    Options options = Options.of(new Option(FailoverOptionCode.DHCP4_DATA, value));

    assertThat(BindingContainer.read(options)).as(what).isEmpty();
    FailoverMessage message = new FailoverMessage(Dhcp6MessageType.BNDUPD, 1, NOW, options);
    assertThat(FailoverFrame.decode(message.encode())).as(what).isEqualTo(message);
  }

  @Test
  void exactlyOneContainerCounts() {
    Options one = data(CLIENT, BASE, ADDRESS);
    assertThat(BindingContainer.read(one)).isPresent();
    assertThat(BindingContainer.read(one.toBuilder().addAll(one).build())).isEmpty();
  }

  @Test
  void answerRepeatsWhatItIsAbout() {
    Dhcp4Binding update = (Dhcp4Binding) read(CLIENT, BASE, ADDRESS).orElseThrow();
    StatusCode inUse = new StatusCode(Dhcp6StatusCode.ADDRESS_IN_USE, "");
    Dhcp4Binding answer = update.answer(Optional.empty(), Optional.of(inUse));

    assertThat(answer.client()).isEqualTo(update.client());
    assertThat(answer.baseTime()).isEmpty();
    assertThat(answer.lease().facts().error()).contains(inUse);
    assertThat(BindingContainer.read(answer.toOptions())).contains(answer);
    assertThat(update.answer(Optional.of(inUse), Optional.empty()).error()).contains(inUse);
  }

  @Test
  void onlyIpv4AddressesAreWritten() {
    BoundLease ipv6 =
        new BoundLease(
            Ipv6.ofText("2001:db8::1").prefix(128), 0, 0, BindingFacts.builder().build());
    assertThatThrownBy(() -> Dhcp4Binding.update(Optional.empty(), Optional.empty(), NOW, ipv6))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Dhcp4Client(Dhcp4Client.Kind.HARDWARE, Bytes.EMPTY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static boolean isOffered(String... values) {
    Options.Builder options =
        new ConnectTerms(ProtocolVersion.CURRENT, 3600, 60, 64, new ConnectFlags(false))
            .toOptions(Optional.empty()).toBuilder();
    for (String value : values) {
      options.add(new Option(FailoverOptionCode.DHCP4_OFFER, Bytes.ofUtf8(value)));
    }
    return ConnectTerms.read(options.build()).dhcp4();
  }

  @ParameterizedTest
  @ValueSource(strings = {"leasehold-dhcp4/1", "leasehold-dhcp4/1 compressed"})
  void offerIsKnownByItsValue(String value) {
    assertThat(isOffered(value)).isTrue();
    assertThat(isOffered("something of others", value)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "leasehold-dhcp4", "leasehold-dhcp4/2", "leasehold-dhcp4/10", "LEASEHOLD"})
  void otherValuesAreNoOffer(String value) {
    assertThat(isOffered(value)).isFalse();
    assertThat(isOffered()).isFalse();
  }

  @Test
  void offerIsTheLastOption() {
    ConnectTerms terms =
        new ConnectTerms(ProtocolVersion.CURRENT, 3600, 60, 64, new ConnectFlags(false), true);
    assertThat(terms.toOptions(Optional.of("pair1")).encode().toHex())
        .endsWith("ff000011" + Bytes.ofUtf8("leasehold-dhcp4/1").toHex());
  }
}
