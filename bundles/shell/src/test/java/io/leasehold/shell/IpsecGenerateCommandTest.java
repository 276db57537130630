// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.security.ProtectionWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class IpsecGenerateCommandTest {
  private static final ProtectionWriter WRITER =
      new ProtectionWriter() {
        @Override
        public String provider() {
          return "ipsec";
        }

        @Override
        public String configuration(String profile) {
          if (!profile.equals("relays")) {
            throw new IllegalArgumentException("'" + profile + "' is no channel");
          }
          return "connections {\n}\n";
        }

        @Override
        public String laboratory(String profile) {
          return "ip xfrm\n";
        }
      };

  private static IpsecGenerateCommand command(String... words) {
    IpsecGenerateCommand command = new IpsecGenerateCommand();
    command.words = List.of(words);
    return command;
  }

  @Test
  void printsWhatStrongSwanReads() throws CommandFailure {
    assertThat(CommandRun.print(command("relays"), WRITER)).isEqualTo("connections {\n}\n");
    assertThat(CommandRun.print(command("relays", "--xfrm"), WRITER)).isEqualTo("ip xfrm\n");
    assertThat(CommandRun.print(CommandRun.json(command("relays")), WRITER))
        .contains("\"text\"", "connections {\\n}\\n");
  }

  @Test
  void saysWhatIsMissing() {
    assertThatThrownBy(() -> CommandRun.print(command("relays")))
        .hasMessageContaining("feature:install leasehold-security-ipsec");
    assertThatThrownBy(() -> CommandRun.print(command("nobody"), WRITER))
        .hasMessage("'nobody' is no channel");
    assertThatThrownBy(() -> CommandRun.print(command(), WRITER))
        .hasMessageContaining("one argument");
  }
}
