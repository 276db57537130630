// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.ObjectClassDefinition;

class DeclaredKeysTest {
  private static final String PID = "io.leasehold.x";

  private final List<Bundle> read = new ArrayList<>();
  private final DeclaredKeys keys =
      new DeclaredKeys(
          bundle -> {
            read.add(bundle);
            return information(List.of(PID, "org.example.y"));
          });

  private int state = Bundle.ACTIVE;
  private final Bundle bundle =
      answering(Bundle.class, name -> name.equals("getState") ? (Object) state : (Object) 7L);

  private interface Answers {
    Object to(String method);
  }

  /** Calls that nobody expects fail, because the answer has another type. */
  private static <T> T answering(Class<T> type, Answers answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "hashCode" -> System.identityHashCode(proxy);
                  case "equals" -> proxy == arguments[0];
                  default -> answers.to(method.getName());
                }));
  }

  private static MetaTypeInformation information(List<String> pids) {
    AttributeDefinition port =
        answering(
            AttributeDefinition.class,
            name -> name.equals("getType") ? (Object) AttributeDefinition.INTEGER : "port");
    ObjectClassDefinition definition =
        answering(ObjectClassDefinition.class, name -> new AttributeDefinition[] {port});
    return answering(
        MetaTypeInformation.class,
        name ->
            switch (name) {
              case "getPids" -> pids.toArray(new String[0]);
              case "getFactoryPids" -> null;
              default -> definition;
            });
  }

  @Test
  void anActiveBundleIsReadOnceAndRememberedUntilItIsUninstalled() {
    keys.started(bundle);
    assertThat(keys.byPid())
        .isEqualTo(
            Map.of(PID, Map.of("port", new ConfigFile.Key(AttributeDefinition.INTEGER, "port"))));
    state = Bundle.RESOLVED;
    assertThat(keys.byPid()).containsOnlyKeys(PID);
    assertThat(read).containsExactly(bundle);
    keys.uninstalled(bundle);
    assertThat(keys.byPid()).isEmpty();
  }

  @Test
  void aBundleBetweenTwoRevisionsIsLeftAlone() {
    keys.started(bundle);
    keys.byPid();
    keys.started(bundle);
    state = Bundle.INSTALLED;
    assertThat(keys.byPid()).containsOnlyKeys(PID);
    assertThat(read).hasSize(1);
    state = Bundle.ACTIVE;
    keys.started(bundle);
    assertThat(keys.byPid()).containsOnlyKeys(PID);
    assertThat(read).hasSize(2);
  }
}
