// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.ipsec.osgi;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Two hosts with strongSwan, in two network namespaces that are joined. */
final class StrongSwan implements AutoCloseable {
  private static final String CHARON = "/usr/sbin/charon-systemd";
  private static final String SWANCTL = "/usr/sbin/swanctl";
  private static final String NAME = "lhx";
  private static final Pattern HOST = Pattern.compile(NAME + "(?<maker>[0-9]+)[ab]");

  private final List<Process> daemons = new ArrayList<>();
  private final List<String> namespaces = new ArrayList<>();
  private final Path directory;
  private final String prefix = NAME + ProcessHandle.current().pid();

  StrongSwan(Path directory) throws IOException {
    this.directory = directory;
    removeLeftovers();
    for (String each : List.of("a", "b")) {
      run("ip", "netns", "add", prefix + each);
      namespaces.add(prefix + each);
      run("ip", "-n", prefix + each, "link", "set", "lo", "up");
    }
    run(
        "ip",
        "link",
        "add",
        "hop",
        "netns",
        prefix + "a",
        "type",
        "veth",
        "peer",
        "name",
        "hop",
        "netns",
        prefix + "b");
    host("a", "192.0.2.1/24", "2001:db8::1/64");
    host("b", "192.0.2.17/24", "2001:db8::17/64");
  }

  /**
   * Hosts of a run that was killed: their maker lives no more, or had the process id of this one.
   */
  private static void removeLeftovers() throws IOException {
    for (String each : said("ip", "netns", "list").lines().toList()) {
      Matcher host = HOST.matcher(each.split(" ", 2)[0]);
      if (host.matches() && !livesElsewhere(Long.parseLong(host.group("maker")))) {
        for (String pid : said("ip", "netns", "pids", host.group()).lines().toList()) {
          ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
        }
        run("ip", "netns", "del", host.group());
      }
    }
  }

  private static boolean livesElsewhere(long pid) {
    return pid != ProcessHandle.current().pid() && ProcessHandle.of(pid).isPresent();
  }

  private static String said(String... command) throws IOException {
    Process process = new ProcessBuilder(command).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Whether there is all that is needed. */
  static boolean isHere() {
    return Files.isExecutable(Path.of(CHARON))
        && Files.isExecutable(Path.of(SWANCTL))
        && "root".equals(System.getProperty("user.name"));
  }

  private void host(String name, String address4, String address6) throws IOException {
    String namespace = prefix + name;
    run("ip", "-n", namespace, "addr", "add", address4, "dev", "hop");
    run("ip", "-n", namespace, "addr", "add", address6, "dev", "hop", "nodad");
    run("ip", "-n", namespace, "link", "set", "hop", "up");
    Files.writeString(
        directory.resolve(name + ".conf"),
        """
        charon-systemd {
          load_modular = yes
          plugins {
            include /etc/strongswan.d/charon/*.conf
            vici {
              socket = unix://SOCKET
            }
          }
          journal {
            default = -1
          }
        }
        swanctl {
          socket = unix://SOCKET
        }
        """
            .replace("SOCKET", socket(name).toString()));
    daemons.add(start(name, "ip", "netns", "exec", namespace, CHARON));
  }

  Path socket(String name) {
    return directory.resolve(name + ".vici");
  }

  /** Loads a configuration with swanctl; what it says. */
  String load(String name, String configuration) throws IOException, InterruptedException {
    Path file = directory.resolve(name + ".swanctl");
    Files.writeString(file, configuration);
    return swanctl(name, "--load-all", "--file", file.toString());
  }

  String swanctl(String name, String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(SWANCTL));
    command.addAll(List.of(words));
    Path log = directory.resolve("swanctl.log");
    Process process =
        new ProcessBuilder(environment(name, command))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("swanctl does not end: " + command);
    }
    return Files.readString(log);
  }

  private Process start(String name, String... command) throws IOException {
    return new ProcessBuilder(environment(name, List.of(command)))
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve(name + ".log").toFile())
        .start();
  }

  private List<String> environment(String name, List<String> command) {
    List<String> whole =
        new ArrayList<>(
            List.of("env", "STRONGSWAN_CONF=" + directory.resolve(name + ".conf").toString()));
    whole.addAll(command);
    return whole;
  }

  private static void run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).inheritIO().start();
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException(String.join(" ", command) + " failed");
    }
  }

  @Override
  public void close() throws IOException {
    for (Process each : daemons) {
      each.destroy();
      each.onExit()
          .orTimeout(5, TimeUnit.SECONDS)
          .exceptionally(late -> each.destroyForcibly())
          .join();
    }
    for (String each : namespaces) {
      run("ip", "netns", "del", each);
    }
  }
}
