// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.credential;

import java.util.Map;
import java.util.Optional;

/**
 * A credential as configured.
 *
 * @param name of it
 * @param values by key, not blank; see {@code io.leasehold.security.credential}
 */
public record CredentialSpec(String name, Map<String, String> values) {
  /** Copies the values. */
  public CredentialSpec {
    values = Map.copyOf(values);
  }

  String kind() {
    return values.getOrDefault("kind", "");
  }

  Optional<Reference> reference(String key) throws CredentialFault {
    String text = values.get(key);
    return text == null ? Optional.empty() : Optional.of(Reference.parse(key, text));
  }

  Reference wanted(String key) throws CredentialFault {
    return reference(key)
        .orElseThrow(() -> new CredentialFault(key + " is missing; write " + key + " = file:PATH"));
  }

  boolean flag(String key) throws CredentialFault {
    return switch (values.getOrDefault(key, "false")) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new CredentialFault(key + " must be true or false");
    };
  }
}
