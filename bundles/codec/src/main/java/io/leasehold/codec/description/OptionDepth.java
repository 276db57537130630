// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.description;

/**
 * How far inside an option is.
 *
 * @param messages messages around its message
 * @param options options around it in its message
 */
public record OptionDepth(int messages, int options) {
  /** How many levels of options inside options are looked into, in each message. */
  public static final int MAX_OPTIONS = 8;

  /** One option further inside. */
  public OptionDepth deeper() {
    return new OptionDepth(messages, options + 1);
  }
}
