// SPDX-License-Identifier: Apache-2.0
package io.leasehold.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every source file keeps to. */
final class SourceRulesTest {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final int MAX_LINES = 400;

  /** Tables of data may be longer. */
  private static final Pattern TABLE = Pattern.compile(".*Table\\.java|StandardOptions.*\\.java");

  private static final Pattern VAGUE_NAME =
      Pattern.compile(".*(Manager|Helper|Utils?|Impl)\\.java|Abstract.*\\.java");
  private static final Pattern EXPORT = Pattern.compile("(?m)^@Export$");
  private static final Pattern VERSION =
      Pattern.compile("(?m)^@Version\\(\"\\d+\\.\\d+\\.\\d+\"\\)$");

  private final List<Path> sources = sources();

  @Test
  void thereAreSources() {
    assertThat(sources).hasSizeGreaterThan(50);
  }

  @Test
  void beginWithTheLicence() {
    assertThat(
            those(source -> !read(source).startsWith("// SPDX-License-Identifier: Apache-2.0\n")))
        .isEmpty();
  }

  @Test
  void haveAtMost400LinesUnlessTheyAreTables() {
    assertThat(
            those(
                source ->
                    !TABLE.matcher(name(source)).matches()
                        && read(source).lines().count() > MAX_LINES))
        .isEmpty();
  }

  @Test
  void haveNamesThatSaySomething() {
    assertThat(those(source -> VAGUE_NAME.matcher(name(source)).matches())).isEmpty();
  }

  @Test
  void leaveNothingForLater() {
    Pattern later = Pattern.compile("\\b(TODO|FIXME|XXX)\\b|@Disabled|Thread\\.sleep");
    assertThat(those(source -> !mayPoll(source) && later.matcher(read(source)).find())).isEmpty();
  }

  @Test
  void everyPackageSaysWhatItIsFor() {
    Set<Path> packages = new TreeSet<>();
    sources.stream()
        .filter(source -> source.toString().contains("/src/main/java/"))
        .forEach(source -> packages.add(source.getParent()));
    assertThat(packages)
        .allSatisfy(
            directory ->
                assertThat(directory.resolve("package-info.java"))
                    .exists()
                    .content()
                    .contains("/**"));
  }

  @Test
  void onlyCodecAndApiExportAndEveryExportHasAVersion() {
    assertThat(
            those(
                source ->
                    name(source).equals("package-info.java")
                        && EXPORT.matcher(read(source)).find()
                        && !VERSION.matcher(read(source)).find()))
        .isEmpty();
    assertThat(
            those(
                source ->
                    EXPORT.matcher(read(source)).find()
                        && !source.toString().matches(".*/bundles/(codec|api)/.*")))
        .isEmpty();
  }

  private boolean mayPoll(Path source) {
    return source.endsWith("io/leasehold/shell/client/Exec.java")
        // Karaf tells nobody that it has recorded what it started with.
        || source.endsWith("io/leasehold/shell/osgi/FeatureChooser.java")
        || source.endsWith("SourceRulesTest.java");
  }

  private List<Path> those(Predicate<Path> rule) {
    return sources.stream().filter(rule).map(ROOT::relativize).toList();
  }

  private static String name(Path source) {
    return source.getFileName().toString();
  }

  private static String read(Path source) {
    try {
      return Files.readString(source);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> sources() {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(
              file ->
                  file.toString().matches(".*/src/(main|test)/java/.*\\.java")
                      && !file.toString().contains("/target/"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
