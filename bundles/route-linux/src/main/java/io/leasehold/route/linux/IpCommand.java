// SPDX-License-Identifier: Apache-2.0
package io.leasehold.route.linux;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Runs ip(8) with words that no shell sees. Blocks until it has ended, or the time is over and it
 * was killed. For any thread.
 */
final class IpCommand {
  private static final int MAX_SAID = 4096;

  private final List<String> program;
  private final Duration patience;

  /**
   * Runs nothing yet.
   *
   * @param program the program, and words that go before all others
   * @param patience after which a run is given up
   */
  IpCommand(List<String> program, Duration patience) {
    this.program = List.copyOf(program);
    this.patience = patience;
  }

  /**
   * How a run ended.
   *
   * @param status the exit status
   * @param said what it printed, in one line of lower case
   */
  record Outcome(int status, String said) {
    boolean isGood() {
      return status == 0;
    }
  }

  /**
   * Runs it with these words.
   *
   * @throws IOException if it cannot be started, or does not end in time
   */
  Outcome run(List<String> words) throws IOException {
    List<String> all = new ArrayList<>(program);
    all.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true);
    // What is looked for in the output must not be translated.
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      // It prints a few lines at most, which fit the pipe: nobody need read while it runs.
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException(
            String.join(" ", all) + " did not end within " + patience.toMillis() + " ms");
      }
      return new Outcome(process.exitValue(), said(process));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(String.join(" ", all) + " was interrupted");
    } finally {
      process.destroyForcibly();
    }
  }

  private static String said(Process process) throws IOException {
    byte[] octets = process.getInputStream().readNBytes(MAX_SAID);
    return new String(octets, StandardCharsets.UTF_8)
        .replaceAll("[\\p{Cntrl}\\s]+", " ")
        .strip()
        .toLowerCase(Locale.ROOT);
  }
}
