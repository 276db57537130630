// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import java.util.AbstractList;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;

/**
 * Values of a list in which nothing was found, read from the document again whenever they are asked
 * for. There may be a hundred thousand of them, and whoever looks at some has no use for the others
 * any more: kept all at once they would make collections of garbage long. Immutable.
 */
final class ValuesReadAgain extends AbstractList<JsonValue> {
  private final JsonScanner.Mark start;
  private final JsonLimits limits;
  private final int size;

  /**
   * Values that were read once.
   *
   * @param start before the bracket that opens the list
   */
  ValuesReadAgain(JsonScanner.Mark start, JsonLimits limits, int size) {
    this.start = start;
    this.limits = limits;
    this.size = size;
  }

  private List<JsonValue> read() {
    return JsonReader.listAt(start, limits);
  }

  @Override
  public int size() {
    return size;
  }

  /** Reads all; walk through the list instead. */
  @Override
  public JsonValue get(int index) {
    return read().get(index);
  }

  @Override
  public Iterator<JsonValue> iterator() {
    return read().iterator();
  }

  @Override
  public ListIterator<JsonValue> listIterator(int index) {
    return read().listIterator(index);
  }
}
