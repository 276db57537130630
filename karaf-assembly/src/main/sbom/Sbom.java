// SPDX-License-Identifier: Apache-2.0

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes the bill of materials of an assembly (CycloneDX 1.6, JSON) from the jars that are in it. Karaf chooses them by feature, so
 * Maven's dependencies would name others.
 *
 * <p>{@code java Sbom.java ASSEMBLY VERSION TIMESTAMP OUTPUT}
 */
final class Sbom {
  private record Component(String group, String artifact, String version, String classifier, String license, String sha256) {
    String purl() {
      String qualifier = classifier.isEmpty() ? "" : "&classifier=" + classifier;
      return "pkg:maven/" + group + "/" + artifact + "@" + version + "?type=jar" + qualifier;
    }

    String json() {
      String licenses =
          license.isEmpty() ? "" : ",\n      \"licenses\": [{\"license\": {\"name\": %s}}]".formatted(quoted(license));
      String hashes = sha256.isEmpty() ? "" : "\n      \"hashes\": [{\"alg\": \"SHA-256\", \"content\": \"%s\"}],".formatted(sha256);
      return """
              {
                "type": "library",
                "bom-ref": %s,
                "group": %s,
                "name": %s,
                "version": %s,%s
                "purl": %s%s
              }"""
          .formatted(quoted(purl()), quoted(group), quoted(artifact), quoted(version), hashes, quoted(purl()), licenses)
          .indent(4)
          .stripTrailing();
    }
  }

  public static void main(String[] args) throws IOException {
    Path assembly = Path.of(args[0]);
    List<Path> jars;
    try (Stream<Path> files = Files.walk(assembly)) {
      jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
    if (jars.isEmpty()) {
      throw new IOException("no jar in " + assembly);
    }
    Map<String, String> components = new TreeMap<>();
    for (Path jar : jars) {
      Component component = component(assembly, jar);
      components.put(component.purl(), component.json());
      embedded(jar).ifPresent(each -> components.put(each.purl(), each.json()));
    }
    Path output = Path.of(args[3]);
    Files.writeString(output, document(args[1], args[2], String.join(",\n", components.values())));
  }

  private static String document(String version, String timestamp, String components) {
    return """
        {
          "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
          "bomFormat": "CycloneDX",
          "specVersion": "1.6",
          "version": 1,
          "metadata": {
            "timestamp": %s,
            "component": {
              "type": "application",
              "bom-ref": "leasehold",
              "name": "leasehold",
              "version": %s,
              "licenses": [{"license": {"id": "Apache-2.0"}}]
            }
          },
          "components": [
        %s
          ]
        }
        """
        .formatted(quoted(timestamp), quoted(version), components);
  }

  /** What a bundle of ours has compiled into it, as its header {@code Embedded-Artifacts} says. */
  private static Optional<Component> embedded(Path jar) throws IOException {
    try (JarFile contents = new JarFile(jar.toFile())) {
      String header = contents.getManifest() == null ? null : contents.getManifest().getMainAttributes().getValue("Embedded-Artifacts");
      if (header == null) {
        return Optional.empty();
      }
      String[] parts = header.replaceAll("[;\"]|license=", ":").split(":+");
      return Optional.of(new Component(parts[0], parts[1], parts[2], "", parts[3], ""));
    }
  }

  /** What stands between version and {@code .jar} in the name of a jar. */
  private static String classifier(Path place) {
    int names = place.getNameCount();
    String plain = place.getName(names - 3) + "-" + place.getName(names - 2);
    String name = place.getFileName().toString().replaceAll("\\.jar$", "");
    return name.startsWith(plain + "-") ? name.substring(plain.length() + 1) : "";
  }

  /** Coordinates come from the place in {@code system/}, elsewhere from what Maven left in the jar. */
  private static Component component(Path assembly, Path jar) throws IOException {
    Path place = assembly.relativize(jar);
    try (JarFile contents = new JarFile(jar.toFile())) {
      String license = contents.getManifest() == null ? null : contents.getManifest().getMainAttributes().getValue("Bundle-License");
      if (place.startsWith("system")) {
        int names = place.getNameCount();
        String group = place.subpath(1, names - 3).toString().replace('/', '.');
        return new Component(group, place.getName(names - 3).toString(), place.getName(names - 2).toString(), classifier(place), text(license), sha256(jar));
      }
      Properties maven = coordinates(contents, jar);
      return new Component(
          maven.getProperty("groupId"), maven.getProperty("artifactId"), maven.getProperty("version"), "", text(license), sha256(jar));
    }
  }

  /** A jar may embed others; the coordinates that fit the file name are its own. */
  private static Properties coordinates(JarFile contents, Path jar) throws IOException {
    List<JarEntry> entries = contents.stream().filter(entry -> entry.getName().endsWith("/pom.properties")).collect(Collectors.toList());
    for (JarEntry entry : entries) {
      Properties found = new Properties();
      try (InputStream in = contents.getInputStream(entry)) {
        found.load(in);
      }
      if (jar.getFileName().toString().equals(found.getProperty("artifactId") + "-" + found.getProperty("version") + ".jar")) {
        return found;
      }
    }
    return fromManifest(contents, jar);
  }

  private static Properties fromManifest(JarFile contents, Path jar) throws IOException {
    String name = jar.getFileName().toString().replaceAll("\\.jar$", "");
    String version = name.replaceAll("^.*?-(\\d+(\\.\\d+)+.*)$", "$1");
    String artifact = name.substring(0, name.length() - version.length() - 1);
    String symbolicName = contents.getManifest().getMainAttributes().getValue("Bundle-SymbolicName");
    if (symbolicName == null) {
      throw new IOException(jar + " does not say where it comes from");
    }
    Properties made = new Properties();
    made.setProperty("groupId", symbolicName.replaceAll(";.*", "").replaceAll("\\.[^.]*$", ""));
    made.setProperty("artifactId", artifact);
    made.setProperty("version", version);
    return made;
  }

  private static String sha256(Path file) throws IOException {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The licence's name or address without OSGi's attributes. */
  private static String text(String license) {
    return license == null ? "" : license.replaceAll(";.*", "").replace("\"", "");
  }

  private static String quoted(String value) {
    return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("[\\x00-\\x1f]+", " ") + "\"";
  }
}
