// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.protocol;

import io.leasehold.server.Decision.Topic;
import io.leasehold.server.explain.Explanation;
import io.leasehold.server.plan.ClassSet;
import io.leasehold.server.plan.ClientClass;
import io.leasehold.server.plan.ClientClasses;
import java.util.List;

/** Says to which classes a client belongs, and why. */
public final class ClassReasons {
  private ClassReasons() {}

  /**
   * Tells of the classes that a client has come into.
   *
   * @param from how many of them are told already
   * @param reserved the classes of the client's reservation
   */
  public static void tell(
      Explanation to, ClientClasses plan, ClassSet members, int from, List<Integer> reserved) {
    if (to.isOn()) {
      for (int i = from; i < members.size(); i++) {
        int number = members.number(i);
        String why =
            reserved.contains(number) ? "its reservation says so" : reason(plan.definition(number));
        to.step(Topic.CLASS, plan.names().get(number), why);
      }
    }
  }

  private static String reason(ClientClass definitionOrNull) {
    if (definitionOrNull == null) {
      return "the server says so";
    }
    return definitionOrNull
        .test()
        .map(test -> "its test holds: " + test.text())
        .or(() -> definitionOrNull.template().map(value -> "it has a value: " + value.text()))
        .orElse("a reservation or another class says so");
  }
}
