// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.description;

/** Keys of descriptions that mean the same in both families. */
public final class Node {
  public static final String TYPE = "type";
  public static final String TYPE_CODE = "type-code";
  public static final String TRANSACTION_ID = "transaction-id";
  public static final String OPTIONS = "options";
  public static final String MESSAGE = "message";
  public static final String MALFORMED = "malformed";
  public static final String FIELDS = "fields";
  public static final String HEX = "hex";
  public static final String TEXT = "text";

  private Node() {}
}
