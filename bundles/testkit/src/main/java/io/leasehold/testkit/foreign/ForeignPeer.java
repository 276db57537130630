// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit.foreign;

import io.leasehold.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A program of somebody else; what it prints can be read, and it can be told something. */
public final class ForeignPeer implements AutoCloseable {
  private final Process process;
  private final Path output;

  private ForeignPeer(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts it; what it prints goes into a file in that directory. */
  public static ForeignPeer run(Path directory, List<String> command) throws IOException {
    Path output = Files.createTempFile(directory, "peer", ".log");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    return new ForeignPeer(builder.start(), output);
  }

  /** Everything it has printed. */
  public String output() {
    try {
      return Files.readString(output, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it has printed this; fails after ten seconds, or when it has ended without. */
  public void waitFor(String text) {
    Await.until(Duration.ofSeconds(10), () -> output().contains(text) || !process.isAlive());
    if (!output().contains(text)) {
      throw new AssertionError("it ended without '" + text + "':\n" + output());
    }
  }

  /** Writes a line to its standard input. */
  public void say(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    process.getOutputStream().flush();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
