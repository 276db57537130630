// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.net.Family;
import io.leasehold.server.PlanEdit;
import io.leasehold.server.PlanEdit.Action;
import io.leasehold.server.PlanEdit.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanEditorTest {
  private static final String PLAN =
      """
      {
        // The campus.
        "Dhcp6": {
          "shared-networks": [
            {
              "name": "campus",
              "subnet6": [
                { "id": 1, "subnet": "2001:db8:1::/64", // old
                  "pools": [ { "pool": "2001:db8:1::1 - 2001:db8:1::9" } ] }
              ]
            }
          ],
          "subnet6": [
            // the labs
            {
              "id": 2,
              "subnet": "2001:DB8:2::/64",
              "reservations": [
                { "duid": "01:02:03:0A", "ip-addresses": [ "2001:db8:2::5" ] }, // desk
                { "hw-address": "02:00:00:00:00:01", "prefixes": [ "2001:db8:3::/56" ] }
              ]
            }
          ],
          "option-data": [ { "name": "dns-servers", "data": "2001:db8::53" } ]
        }
      }
      """;

  private static String edited(
      Family family, Action action, Level level, String name, Object... members) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < members.length; i += 2) {
      map.put(members[i].toString(), members[i + 1]);
    }
    PlanTree tree = PlanTree.read(List.of(new Document("p", PLAN)), Includes.NONE);
    PlanEdit edit = new PlanEdit(family, action, level, name, map);
    return PlanEditor.edit(edit, tree, Map.of("p", PLAN)).text();
  }

  private static String edited6(Action action, Level level, String name, Object... members) {
    return edited(Family.IPV6, action, level, name, members);
  }

  @Test
  void aSubnetComesAfterThoseThatAreThere() {
    assertThat(edited6(Action.ADD_SUBNET, Level.GLOBAL, "", "id", 3, "subnet", "2001:db8:4::/64"))
        .isEqualTo(
            PLAN.replace(
                "      }\n    ],\n    \"option-data\"",
                "      },\n      { \"id\": 3, \"subnet\": \"2001:db8:4::/64\" }\n    ],\n    \"option-data\""));
    assertThat(edited6(Action.ADD_SUBNET, Level.NETWORK, "campus", "subnet", "2001:db8:4::/64"))
        .isEqualTo(
            PLAN.replace(
                "9\" } ] }\n", "9\" } ] },\n          { \"subnet\": \"2001:db8:4::/64\" }\n"));
  }

  @Test
  void theFirstSubnetOfAFamilyBringsItsObject() {
    assertThat(edited(Family.IPV4, Action.ADD_SUBNET, Level.GLOBAL, "", "subnet", "192.0.2.0/24"))
        .isEqualTo(
            PLAN.replace(
                "]\n  }\n}",
                "]\n  },\n  \"Dhcp4\": { \"subnet4\": [ { \"subnet\": \"192.0.2.0/24\" } ] }\n}"));
  }

  @Test
  void theFirstPoolBringsItsList() {
    assertThat(edited6(Action.ADD_POOL, Level.SUBNET, "2", "pool", "2001:db8:2::/120"))
        .isEqualTo(
            PLAN.replace(
                "\"2001:db8:3::/56\" ] }\n        ]\n",
                "\"2001:db8:3::/56\" ] }\n        ],\n        \"pools\": [ { \"pool\": \"2001:db8:2::/120\" } ]\n"));
  }

  @Test
  void reservationsAreFoundByWhoAndWhat() {
    String withoutFirst =
        PLAN.replace(
            "          { \"duid\": \"01:02:03:0A\", \"ip-addresses\": [ \"2001:db8:2::5\" ] }, // desk\n",
            "          // desk\n");
    assertThat(edited6(Action.REMOVE_RESERVATION, Level.GLOBAL, "", "who", "0102030a"))
        .isEqualTo(withoutFirst);
    assertThat(
            edited6(
                Action.REMOVE_RESERVATION,
                Level.SUBNET,
                "2001:db8:2::/64",
                "who",
                "2001:db8:2:0::5"))
        .isEqualTo(withoutFirst);
    assertThat(edited6(Action.REMOVE_RESERVATION, Level.GLOBAL, "", "who", "2001:db8:3::/56"))
        .contains("] } // desk\n        ]");
  }

  @Test
  void anOptionThatIsSetGetsNewDataAndAnotherIsAdded() {
    assertThat(
            edited6(
                Action.SET_OPTION,
                Level.GLOBAL,
                "",
                "name",
                "dns-servers",
                "data",
                "2001:db8::54",
                "always-send",
                true))
        .isEqualTo(
            PLAN.replace(
                "\"data\": \"2001:db8::53\" }",
                "\"data\": \"2001:db8::54\", \"always-send\": true }"));
    assertThat(
            edited6(
                Action.SET_OPTION, Level.GLOBAL, "", "name", "dns-servers", "space", "vendor-9"))
        .contains("\"2001:db8::53\" }, { \"name\": \"dns-servers\", \"space\": \"vendor-9\" } ]");
    assertThat(edited6(Action.SET_OPTION, Level.POOL, "2001:db8:1::1-2001:db8:1::9", "code", 23))
        .contains("2001:db8:1::9\", \"option-data\": [ { \"code\": 23 } ] } ] }");
    assertThat(edited6(Action.REMOVE_OPTION, Level.GLOBAL, "", "name", "dns-servers"))
        .isEqualTo(
            PLAN.replace("[ { \"name\": \"dns-servers\", \"data\": \"2001:db8::53\" } ]", "[ ]"));
  }

  @Test
  void whatIsNotThereOrThereAlreadyIsSaid() {
    assertThatThrownBy(() -> edited6(Action.REMOVE_SUBNET, Level.SUBNET, "2001:db8:9::/64"))
        .hasMessage("the documents have no subnet 2001:db8:9::/64");
    assertThatThrownBy(
            () -> edited6(Action.ADD_SUBNET, Level.GLOBAL, "", "subnet", "2001:db8:2:0::/64"))
        .hasMessage("the subnet 2001:db8:2::/64 is already at p:15:7");
    assertThatThrownBy(() -> edited6(Action.REMOVE_OPTION, Level.SUBNET, "1", "name", "x"))
        .hasMessage("the option is not set there");
  }

  @Test
  void whatAnInclusionBringsIsChangedThere() {
    String outer = "{ \"Dhcp6\": { \"subnet6\": [ <?include \"in\"?> ] } }";
    String inner = "{ \"subnet\": \"2001:db8:1::/64\" },\n{ \"subnet\": \"2001:db8:2::/64\" }\n";
    PlanTree tree =
        PlanTree.read(
            List.of(new Document("out", outer)), (from, name) -> new Document(name, inner));
    PlanEditor.Edited edited =
        PlanEditor.edit(
            new PlanEdit(
                Family.IPV6, Action.REMOVE_SUBNET, Level.SUBNET, "2001:db8:2::/64", Map.of()),
            tree,
            Map.of("out", outer, "in", inner));

    assertThat(edited)
        .isEqualTo(new PlanEditor.Edited("in", "{ \"subnet\": \"2001:db8:1::/64\" }\n"));
  }
}
