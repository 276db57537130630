// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.description;

import io.leasehold.codec.option.OptionDefinition;
import io.leasehold.codec.option.OptionSpace;
import io.leasehold.net.Bytes;
import java.util.List;
import java.util.Map;

/** What a family says of its options beyond their definitions. */
public interface OptionFamily {
  /**
   * Adds the value to the node, if its definition does not tell what is in it; else returns false.
   *
   * @throws io.leasehold.codec.MalformedPacketException if the value is not what it should be
   */
  boolean describe(
      Map<String, Object> node, OptionSpace space, int code, Bytes value, OptionDepth depth);

  /** A map from name to value, a list of values, or the only value. */
  Object name(OptionDefinition definition, List<Object> values);

  /** The space of the options after the values. */
  OptionSpace inside(OptionSpace defined, List<Object> values);
}
