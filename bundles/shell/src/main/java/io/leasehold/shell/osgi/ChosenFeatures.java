// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell.osgi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What an instance has beside or instead of the features that it starts with: lines {@code install
 * NAME} and {@code uninstall NAME} of a file.
 *
 * @param install names of features to be there
 * @param uninstall names of features not to be there
 * @param mistakes a sentence for each line that is neither
 */
record ChosenFeatures(List<String> install, List<String> uninstall, List<String> mistakes) {
  /** Reads the file; nothing is chosen if there is none. */
  static ChosenFeatures of(Path file) throws IOException {
    return of(file.toString(), Files.exists(file) ? Files.readAllLines(file) : List.of());
  }

  static ChosenFeatures of(String name, List<String> lines) {
    List<String> install = new ArrayList<>();
    List<String> uninstall = new ArrayList<>();
    List<String> mistakes = new ArrayList<>();
    for (int number = 1; number <= lines.size(); number++) {
      String line = lines.get(number - 1).strip();
      String[] words = line.split("\\s+");
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      if (words.length == 2 && words[0].equals("install")) {
        install.add(words[1]);
      } else if (words.length == 2 && words[0].equals("uninstall")) {
        uninstall.add(words[1]);
      } else {
        mistakes.add(
            name
                + ":"
                + number
                + ": '"
                + line
                + "' is not understood; accepted are 'install FEATURE', 'uninstall FEATURE' and"
                + " comments after #");
      }
    }
    return new ChosenFeatures(install, uninstall, mistakes);
  }
}
