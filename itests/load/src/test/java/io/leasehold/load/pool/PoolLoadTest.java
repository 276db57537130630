// SPDX-License-Identifier: Apache-2.0
package io.leasehold.load.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.leasehold.net.Ipv6;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The crowd in clear, from addresses of the loopback interface. */
@EnabledOnOs(OS.LINUX)
class PoolLoadTest {
  private static List<JsonObject> run(SmallRegistrar registrar, String commands, String... words)
      throws IOException {
    List<String> line = new ArrayList<>(List.of(words));
    line.addAll(List.of("--to", "127.0.0.1", "--from", "127.0.0.2", "--port", registrar.port()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PoolLoad.run(
        line,
        new ByteArrayInputStream(commands.getBytes(StandardCharsets.US_ASCII)),
        new PrintStream(out, true, StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8)
        .lines()
        .map(each -> JsonParser.parseString(each).getAsJsonObject())
        .toList();
  }

  @Test
  void elementsJoinPoolsInStagesAndAnswerThatTheyAreAlive() throws IOException {
    try (SmallRegistrar registrar = new SmallRegistrar(100)) {
      List<JsonObject> said =
          run(
              registrar,
              "\n",
              "register",
              "--crowd",
              "5",
              "--pools",
              "1,3",
              "--other",
              "127.0.0.1");

      assertThat(said).hasSize(2);
      assertThat(said.get(0).get("elements").getAsInt()).isEqualTo(5);
      assertThat(said.get(0).get("complete").getAsBoolean()).isTrue();
      assertThat(said.get(1).get("elements").getAsInt()).isEqualTo(15);
      assertThat(said.get(1).get("added").getAsInt()).isEqualTo(10);
      assertThat(said.get(1).get("complete").getAsBoolean()).isTrue();
      assertThat(registrar.pools).hasSize(3);
      assertThat(registrar.pools.get(Registering.pool(2)).values())
          .extracting(each -> each.userTransport().addresses().get(0).toString())
          .containsExactly("127.0.0.2", "127.0.0.3", "127.0.0.4", "127.0.0.5", "127.0.0.6");
      assertThat(registrar.alive).isNotEmpty();
    }
  }

  @Test
  void whatIsRefusedIsTold() throws IOException {
    try (SmallRegistrar registrar = new SmallRegistrar(3)) {
      JsonObject said = run(registrar, "", "register", "--crowd", "5", "--pools", "2").get(0);

      assertThat(said.get("elements").getAsInt()).isEqualTo(6);
      assertThat(said.get("refused").getAsInt()).isEqualTo(4);
    }
  }

  @Test
  void usersAskAtARateOrAsFastAsTheyAreAnswered() throws IOException {
    try (SmallRegistrar registrar = new SmallRegistrar(100)) {
      run(registrar, "", "register", "--crowd", "4", "--pools", "1");
      String[] users = {"resolve", "--crowd", "8", "--seconds", "0.5", "--rate", "200"};
      JsonObject open = run(registrar, "", users).get(0);
      users[5] = "--closed";
      users[6] = "16";
      JsonObject closed = run(registrar, "", users).get(0);

      assertThat(open.get("members").getAsInt()).isEqualTo(4);
      assertThat(open.get("unanswered").getAsInt()).isZero();
      assertThat(open.get("answered").getAsDouble()).isPositive();
      assertThat(open.get("p99").getAsDouble())
          .isGreaterThanOrEqualTo(open.get("p50").getAsDouble());
      assertThat(closed.get("answered").getAsDouble()).isPositive();
    }
  }

  @Test
  void anAnswerThatIsNotAsTheOthersIsNone() throws IOException {
    try (SmallRegistrar registrar = new SmallRegistrar(100)) {
      run(registrar, "", "register", "--crowd", "2", "--pools", "1");
      PoolElement one = registrar.pools.get(Registering.pool(0)).get(1L);
      Crowd.Place place =
          new Crowd.Place(
              Ipv6.ofText("127.0.0.2"),
              new InetSocketAddress("127.0.0.1", Integer.parseInt(registrar.port())),
              null);
      try (Crowd crowd = new Crowd(place, 0, 2)) {
        Resolving resolving = new Resolving(crowd, Registering.pool(0));
        assertThat(resolving.members()).isEqualTo(2);
        registrar.pools.get(Registering.pool(0)).put(9L, one);

        assertThatThrownBy(() -> resolving.closed(2, 0, 1)).hasMessageContaining("no answer");
      }
    }
  }

  @Test
  void wordsThatAreMissingAreNamed() throws IOException {
    try (SmallRegistrar registrar = new SmallRegistrar(1)) {
      assertThatThrownBy(() -> run(registrar, "", "register")).hasMessage("--pools is missing");
      assertThatThrownBy(() -> run(registrar, "", "sing")).hasMessageContaining("pool resolve");
    }
  }
}
