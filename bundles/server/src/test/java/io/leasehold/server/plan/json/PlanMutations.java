// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Plans that are nearly right: those of this repository with some of their words, values, objects,
 * characters or octets changed by what stands elsewhere in them, and by what is at the edge.
 */
final class PlanMutations {
  private static final Path ROOT = Path.of("").toAbsolutePath().resolve("../..");
  private static final Pattern TOKEN =
      Pattern.compile(
          "//[^\\n]*|#[^\\n]*|/\\*(?s:.*?)\\*/|\"(?:[^\"\\\\\\n]|\\\\.)*\"|[\\w.+-]+|\\s+|(?s:.)");
  private static final List<String> EDGES =
      List.of(
          "0",
          "-1",
          "-0",
          "1.5",
          "1e9",
          "1e999999999",
          "65536",
          "4294967295",
          "4294967296",
          "99999999999999999999",
          "true",
          "null",
          "{}",
          "[]",
          "[{}]",
          "[[]]",
          "\"\"",
          "\" \"",
          "\"'\"",
          "\"''\"",
          "\"::/0\"",
          "\"0.0.0.0/0\"",
          "\"0.0.0.0 - 255.255.255.255\"",
          "\":: - ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff\"",
          "\"::-::\"",
          "\"ffff::/128\"",
          "\"2001:db8::/129\"",
          "\"0x\"",
          "\"0xg\"",
          "\"vendor-0\"",
          "\"vendor-4294967296\"",
          "\"infinity\"",
          "\"\\u0000\"",
          "\"\\ud835\"",
          "\"\\u12",
          "\"option[1].hex == 'a'\"",
          "\"member('KNOWN') or not member('gold')\"",
          "\"((((((((((\"",
          "\"match('((a*)*)*b', option[1].hex)\"",
          "<?include \"other\"?>",
          "<?include \"nothing\"?>",
          "<?",
          "/*",
          ",",
          ":",
          "{",
          "}",
          "[",
          "]",
          "\"",
          "\ufeff",
          "\ud835\udfce");

  private static final long MOST_CHARACTERS = 1_000_000;

  private final List<List<String>> seeds = new ArrayList<>();
  private final List<String> keys = new ArrayList<>();

  /** What follows each key anywhere, as it is written. */
  private final Map<String, List<String>> values = new HashMap<>();

  private final List<String> words = new ArrayList<>(EDGES);
  private final Random random;
  private List<String> tokens;

  PlanMutations(Random random) {
    this.random = random;
    for (ObjectKind kind : ObjectKind.values()) {
      for (Dialect dialect : Dialect.values()) {
        kind.keys(dialect).all().forEach(key -> keys.add('"' + key + '"'));
      }
    }
    plans().forEach(this::learn);
  }

  /** Plans that are right, and some that are not. */
  static List<String> plans() {
    List<String> plans = new ArrayList<>();
    for (String directory :
        List.of(
            "itests/lab/plans",
            "itests/container/src/test/resources",
            "karaf-assembly/src/main/resources/etc/leasehold/plan.d")) {
      try (Stream<Path> files = Files.list(ROOT.resolve(directory))) {
        for (Path file : files.sorted().toList()) {
          if (file.toString().matches(".*(\\.json|\\.json\\.txt|kea-\\S+\\.conf)")) {
            plans.add(Files.readString(file));
          }
        }
        for (String page : List.of("configure.md", "failover.md")) {
          Matcher block =
              Pattern.compile("(?s)```json\n(.*?)```")
                  .matcher(Files.readString(ROOT.resolve("docs/" + page)));
          while (block.find()) {
            plans.add(block.group(1));
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return plans;
  }

  private static List<String> tokens(String text) {
    List<String> tokens = new ArrayList<>();
    Matcher token = TOKEN.matcher(text);
    while (token.find()) {
      tokens.add(token.group());
    }
    return tokens;
  }

  private void learn(String plan) {
    List<String> learnt = tokens(plan);
    seeds.add(learnt);
    String key = "";
    for (int i = 0; i < learnt.size(); i++) {
      String token = learnt.get(i);
      if (token.startsWith("\"") || Character.isLetterOrDigit(token.charAt(0))) {
        words.add(token);
        if (i + 1 < learnt.size() && learnt.get(i + 1).equals(":")) {
          key = token;
          keys.add(token);
        } else {
          values.computeIfAbsent(key, k -> new ArrayList<>()).add(token);
        }
      } else if (token.equals("[") || token.equals("{")) {
        values
            .computeIfAbsent(key, k -> new ArrayList<>())
            .add(String.join("", learnt.subList(i, endOfBlock(learnt, i))));
      }
    }
  }

  /** Another one each time. */
  String next() {
    tokens = new ArrayList<>(one(seeds));
    for (int i = 1 + random.nextInt(1 << random.nextInt(5)); i > 0 && mayChange(); i--) {
      change(random.nextInt(tokens.size()));
    }
    String text = String.join("", tokens);
    return switch (random.nextInt(24)) {
      case 0 -> text.substring(0, random.nextInt(text.length() + 1));
      case 1 -> octetsChanged(text);
      case 2 -> text.replace("\n", "\r\n");
      case 3 -> text.replaceAll("\\s+", " ");
      default -> text;
    };
  }

  /** Blocks that are repeated within blocks that are repeated would be too long for the test. */
  private boolean mayChange() {
    return !tokens.isEmpty() && tokens.stream().mapToLong(String::length).sum() < MOST_CHARACTERS;
  }

  private void change(int at) {
    switch (random.nextInt(12)) {
      case 0 -> tokens.remove(at);
      case 1 -> tokens.add(at, one(words));
      case 2 -> tokens.set(at, one(words));
      case 3 -> tokens.add(at, one(tokens));
      case 4 -> nearest(at, "{[").ifPresent(open -> removeBlock(open));
      case 5 -> nearest(at, "[").ifPresent(open -> tokens.add(open + 1, block() + ","));
      case 6 -> nearest(at, "{").ifPresent(open -> tokens.add(open + 1, member() + ","));
      case 7 -> nearest(at, ":").filter(i -> i > 0).ifPresent(i -> tokens.set(i - 1, one(keys)));
      case 8 -> nearest(at, ":").ifPresent(this::revalue);
      case 9 -> nearest(at, "\"").ifPresent(i -> tokens.set(i, charactersChanged(tokens.get(i))));
      case 10 -> nearest(at, "{[").ifPresent(this::repeatBlock);
      default -> nearest(at, ":").ifPresent(i -> tokens.add(i + 1, nested()));
    }
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** The first token from here on that starts with one of the characters. */
  private Optional<Integer> nearest(int from, String characters) {
    for (int i = from; i < tokens.size(); i++) {
      String token = tokens.get(i);
      if (!token.isEmpty() && characters.indexOf(token.charAt(0)) >= 0) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  private static int endOfBlock(List<String> of, int open) {
    int depth = 0;
    for (int i = open; i < of.size(); i++) {
      String token = of.get(i);
      depth += token.equals("{") || token.equals("[") ? 1 : 0;
      depth -= token.equals("}") || token.equals("]") ? 1 : 0;
      if (depth == 0) {
        return i + 1;
      }
    }
    return of.size();
  }

  private void removeBlock(int open) {
    List<String> block = tokens.subList(open, endOfBlock(tokens, open));
    if (block.size() < tokens.size() / 2) {
      block.clear();
      tokens.add(open, random.nextBoolean() ? "{}" : "");
    }
  }

  private void repeatBlock(int open) {
    List<String> block = tokens.subList(open, endOfBlock(tokens, open));
    if (block.size() < 200) {
      String copy = String.join("", block) + ",";
      int times = 1 << random.nextInt(random.nextInt(40) == 0 ? 9 : 3);
      tokens.add(open, copy.repeat((int) Math.min(times, 1 + MOST_CHARACTERS / copy.length())));
    }
  }

  private String block() {
    List<String> donor = one(seeds);
    int from = random.nextInt(donor.size());
    for (int i = from; i < donor.size(); i++) {
      if (donor.get(i).equals("{")) {
        return String.join("", donor.subList(i, endOfBlock(donor, i)));
      }
    }
    return "{}";
  }

  private String member() {
    String key = one(keys);
    return key + ": " + valueOf(key);
  }

  private String valueOf(String key) {
    List<String> known = values.get(key);
    return known == null || random.nextInt(4) == 0 ? one(words) : one(known);
  }

  /** Puts something else behind a colon. */
  private void revalue(int colon) {
    int at = colon + 1;
    while (at < tokens.size() && tokens.get(at).isBlank()) {
      at++;
    }
    if (at < tokens.size()) {
      String value = valueOf(colon == 0 ? "" : tokens.get(colon - 1));
      tokens.subList(at, endOfBlock(tokens, at)).clear();
      tokens.add(at, value);
    }
  }

  private String nested() {
    int depth = 1 + random.nextInt(random.nextInt(50) == 0 ? 100_000 : 80);
    return (random.nextBoolean() ? "[" : "{\"subnet6\":[").repeat(depth);
  }

  private String charactersChanged(String token) {
    StringBuilder text = new StringBuilder(token);
    int at = 1 + random.nextInt(Math.max(1, text.length() - 1));
    switch (random.nextInt(6)) {
      case 0 -> text.insert(at, random.nextInt(1_000_000));
      case 1 -> text.insert(at, ":/.-,' 0x%\\".charAt(random.nextInt(11)));
      case 2 -> text.insert(at, Character.toString(random.nextInt(0x10ffff)));
      case 3 -> text.insert(at, text.substring(1).repeat(1 << random.nextInt(5)));
      case 4 -> text.insert(at, "x".repeat(1 << random.nextInt(random.nextInt(20) == 0 ? 18 : 9)));
      default -> text.delete(Math.min(at, text.length()), Math.min(at + 3, text.length()));
    }
    return text.toString();
  }

  private String octetsChanged(String text) {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 1 + random.nextInt(8); i > 0 && octets.length > 0; i--) {
      octets[random.nextInt(octets.length)] = (byte) random.nextInt();
    }
    return new String(octets, StandardCharsets.UTF_8);
  }
}
