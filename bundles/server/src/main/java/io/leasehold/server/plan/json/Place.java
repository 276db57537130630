// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

/**
 * Where something stands in a document.
 *
 * @param file name of the document
 * @param line from 1
 * @param column from 1, in characters
 */
record Place(String file, int line, int column) implements Comparable<Place> {
  /** By file name, then as one reads. */
  @Override
  public int compareTo(Place other) {
    int order = file.compareTo(other.file);
    order = order == 0 ? Integer.compare(line, other.line) : order;
    return order == 0 ? Integer.compare(column, other.column) : order;
  }

  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
