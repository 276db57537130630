// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import static io.leasehold.server.v6.ClientMessage.ALICE;
import static io.leasehold.server.v6.ClientMessage.request;
import static io.leasehold.server.v6.OptionSamples.always;
import static io.leasehold.server.v6.OptionSamples.onRequest;
import static io.leasehold.server.v6.OptionSamples.vendor;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 8415 section 21.17. */
class VendorBlocksTest {
  private static final String CISCO = "00000009";
  private static final String CABLELABS = "0000118b";

  private final SubnetBuilder subnet =
      SubnetBuilder.lab()
          .option(vendor(9, 1, "aa", false))
          .option(vendor(9, 2, "bb", false))
          .option(vendor(4491, 32, "cc", false))
          .option(vendor(4491, 33, "dd", false));

  private static List<String> ask(SubnetBuilder subnet, ClientMessage message) {
    return new TestServer(subnet.link())
        .ask(message.na(1)).options().allRaw(17).stream().map(Object::toString).toList();
  }

  @Test
  void nothingIsSentUnasked() {
    assertThat(ask(subnet, request(ALICE))).isEmpty();
  }

  @Test
  void whoNamesNoVendorGetsOneOptionForEach() {
    assertThat(ask(subnet, request(ALICE).oro(17)))
        .containsExactly(
            CISCO + "0001" + "0001aa" + "0002" + "0001bb",
            CABLELABS + "0020" + "0001cc" + "0021" + "0001dd");
  }

  @Test
  void whoNamesAVendorGetsItsOptions() {
    String vendorClass = CISCO + "0003" + "616263";

    assertThat(ask(subnet, request(ALICE).oro(17).option(16, vendorClass)))
        .containsExactly(CISCO + "0001" + "0001aa" + "0002" + "0001bb");
    assertThat(ask(subnet, request(ALICE).oro(17).option(16, "00000bad" + "0000"))).hasSize(2);
  }

  @Test
  void cableDeviceGetsTheSubOptionsItLists() {
    String listing = CABLELABS + "0001" + "0002" + "0021";

    assertThat(ask(subnet, request(ALICE).option(17, listing)))
        .containsExactly(CABLELABS + "0021" + "0001dd");
  }

  @Test
  void subOptionSentAlwaysDoesNotBringItsOptionAbout() {
    SubnetBuilder marked =
        SubnetBuilder.lab().option(vendor(9, 1, "aa", true)).option(vendor(9, 2, "bb", false));

    assertThat(ask(marked, request(ALICE))).isEmpty();
    assertThat(ask(marked, request(ALICE).option(16, CISCO + "0001" + "61")))
        .containsExactly(CISCO + "0001" + "0001aa");
    assertThat(ask(marked, request(ALICE).oro(17)))
        .containsExactly(CISCO + "0001" + "0001aa" + "0002" + "0001bb");
  }

  @Test
  void alwaysIsAlways() {
    assertThat(
            ask(
                SubnetBuilder.lab().option(always(17, CISCO)).option(vendor(9, 1, "aa", false)),
                request(ALICE)))
        .containsExactly(CISCO + "0001" + "0001aa");
  }

  @Test
  void optionSeventeenOfThePlanJoinsTheSpaceOfItsVendor() {
    SubnetBuilder joined =
        SubnetBuilder.lab()
            .option(onRequest(17, CISCO + "0001" + "0001aa"))
            .option(vendor(9, 1, "aa", false))
            .option(vendor(9, 2, "bb", false));

    assertThat(ask(joined, request(ALICE).oro(17)))
        .containsExactly(CISCO + "0001" + "0001aa" + "0002" + "0001bb");
  }

  @Test
  void malformedVendorDataOfAClientCostsItNothing() {
    assertThat(ask(subnet, request(ALICE).oro(17).option(17, CABLELABS + "00")))
        .containsExactly(CABLELABS + "0020" + "0001cc" + "0021" + "0001dd");
    assertThat(ask(subnet, request(ALICE).oro(17).option(17, "00").option(16, ""))).hasSize(2);
  }
}
