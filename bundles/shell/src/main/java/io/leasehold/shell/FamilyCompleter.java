// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import java.util.Collection;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Completes families. */
@Service
public final class FamilyCompleter extends Completing {
  @Override
  Collection<String> words(Services services) {
    return Families.WORDS;
  }
}
