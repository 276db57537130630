// SPDX-License-Identifier: Apache-2.0
package io.leasehold.hop;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a hop goes or is listened on, as configured: {@code udp://[2001:db8::1]}, {@code
 * tls://192.0.2.1:1547}, {@code dtls://*}, {@code tls://[2001:db8::1]?peer=server1&channel=hq}.
 * Names are not resolved: a name service is no part of the way of a packet.
 *
 * @param scheme {@code udp}, {@code tls}, {@code dtls}, {@code tcp} or {@code sctp}; the last two
 *     are without protection, and {@code sctp} is for {@link Application#ASAP} and {@link
 *     Application#ENRP}
 * @param host address as text, an interface, {@code interface/address}, or {@code *} for all
 * @param port or 0 for the usual one
 * @param parameters what stands after the question mark
 */
public record HopUri(String scheme, String host, int port, Map<String, String> parameters) {
  /** Scheme and transport of SCTP. */
  public static final String SCTP = "sctp";

  private static final Pattern FORM =
      Pattern.compile(
          "(?<scheme>udp|tls|dtls|tcp|sctp)://(?<host>\\[[^\\]?]+\\]|[^:?\\[\\]]+)(:(?<port>[0-9]{1,5}))?(\\?(?<more>.*))?");

  /** Copies the parameters. */
  public HopUri {
    parameters = Map.copyOf(parameters);
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException saying what is wrong and what is accepted
   */
  public static HopUri parse(String text) {
    Matcher matcher = FORM.matcher(text);
    int port = 0;
    if (matcher.matches() && matcher.group("port") != null) {
      port = Integer.parseInt(matcher.group("port"));
    }
    if (!matcher.matches() || port > 65535) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is not a hop; accepted are udp://, tls://, dtls://, tcp:// or sctp://, then an address"
              + " ([2001:db8::1] or 192.0.2.1), an interface or *, then :PORT and ?peer=NAME&channel=NAME"
              + " if they are needed");
    }
    String host = matcher.group("host");
    if (host.startsWith("[")) {
      host = host.substring(1, host.length() - 1);
    }
    return new HopUri(matcher.group("scheme"), host, port, parameters(text, matcher.group("more")));
  }

  /** The port, or the usual one of the scheme; 0 if the application has none for it. */
  public int portFor(Application application) {
    if (port != 0) {
      return port;
    }
    return switch (scheme) {
      case "dtls" -> application.datagramPort();
      case "tls" -> application.streamPort();
      default -> application.clearPort();
    };
  }

  /** Name of the transport that carries it: streams, plain and protected, are of one. */
  public String transport() {
    return scheme.equals("tls") ? "tcp" : scheme;
  }

  /** Whether it is opened to be without protection, as its channel must acknowledge. */
  public boolean isInClear() {
    return scheme.equals("tcp") || scheme.equals(SCTP);
  }

  private static Map<String, String> parameters(String text, String more) {
    Map<String, String> found = new TreeMap<>();
    if (more != null && !more.isEmpty()) {
      for (String each : more.split("&")) {
        int equals = each.indexOf('=');
        if (equals <= 0
            || found.put(each.substring(0, equals), each.substring(equals + 1)) != null) {
          throw new IllegalArgumentException(
              "'"
                  + text
                  + "': '"
                  + each
                  + "' is not a parameter; accepted is name=value, each once");
        }
      }
    }
    return found;
  }
}
