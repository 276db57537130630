// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.option;

import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.MalformedReason;
import io.leasehold.net.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Options in the order they came or were added, repeats and unknown codes included. Framing is
 * checked when octets are decoded; a value is decoded when somebody asks for it with a typed key.
 *
 * <p>Immutable, for any thread; compares by value. Options decoded from a packet are views of it.
 */
public final class Options implements Iterable<Option> {
  /** No options. */
  public static final Options EMPTY = new Options(new Option[0], 0);

  /** The most options accepted in one message or one encapsulating option. */
  public static final int MAX_COUNT = 1024;

  private static final int EXPECTED_COUNT = 6;

  private final Option[] options;
  private final int size;

  private Options(Option[] options, int size) {
    this.options = options;
    this.size = size;
  }

  /** The given options in that order. */
  public static Options of(Option... options) {
    return options.length == 0 ? EMPTY : new Options(options.clone(), options.length);
  }

  /** A builder without options. */
  public static Builder builder() {
    return new Builder(EXPECTED_COUNT);
  }

  /** A builder without options that has room for so many without growing. */
  public static Builder builder(int expectedCount) {
    return new Builder(expectedCount);
  }

  /** A builder with these options. */
  public Builder toBuilder() {
    return new Builder(Math.max(EXPECTED_COUNT, size)).addAll(this);
  }

  /**
   * Reads options up to the last octet; no value is looked into or copied.
   *
   * @throws MalformedPacketException if an option does not end where the octets do, or there are
   *     more than {@link #MAX_COUNT}
   */
  public static Options decode(Bytes octets) {
    int length = octets.length();
    if (length == 0) {
      return EMPTY;
    }
    Option[] found = new Option[EXPECTED_COUNT];
    int count = 0;
    int at = 0;
    while (at < length) {
      if (length - at < Option.HEADER_LENGTH) {
        throw malformed(MalformedReason.TRUNCATED, octets, at);
      }
      int valueAt = at + Option.HEADER_LENGTH;
      int valueLength = octets.u16(at + 2);
      if (valueLength > length - valueAt) {
        throw malformed(MalformedReason.OPTION_OVERRUN, octets, at);
      }
      if (count == MAX_COUNT) {
        throw malformed(MalformedReason.TOO_MANY_OPTIONS, octets, at);
      }
      if (count == found.length) {
        found = Arrays.copyOf(found, count * 2);
      }
      found[count++] = new Option(octets.u16(at), octets.slice(valueAt, valueAt + valueLength));
      at = valueAt + valueLength;
    }
    return new Options(found, count);
  }

  private static MalformedPacketException malformed(MalformedReason reason, Bytes octets, int at) {
    return new MalformedPacketException(reason, octets.sourceOffset() + at);
  }

  /** How many options there are. */
  public int size() {
    return size;
  }

  /** Whether there are no options. */
  public boolean isEmpty() {
    return size == 0;
  }

  /** The option at the index, from 0. */
  public Option get(int index) {
    if (index >= size) {
      throw new IndexOutOfBoundsException(index);
    }
    return options[index];
  }

  /** Whether an option with the code is present. */
  public boolean has(int code) {
    return indexOf(code, 0) >= 0;
  }

  /** Whether an option of the type is present; its value is not looked at. */
  public boolean has(OptionType<?> type) {
    return has(type.code());
  }

  /** How many options have the code. */
  public int count(int code) {
    int count = 0;
    for (int i = indexOf(code, 0); i >= 0; i = indexOf(code, i + 1)) {
      count++;
    }
    return count;
  }

  /** The value of the first option with the code. */
  public Optional<Bytes> raw(int code) {
    int at = indexOf(code, 0);
    return at < 0 ? Optional.empty() : Optional.of(options[at].value());
  }

  /** The same; {@link Bytes#EMPTY} also if there is none. */
  public Bytes rawOrEmpty(int code) {
    int at = indexOf(code, 0);
    return at < 0 ? Bytes.EMPTY : options[at].value();
  }

  /** The values of all options with the code. */
  public List<Bytes> allRaw(int code) {
    int at = indexOf(code, 0);
    if (at < 0) {
      return List.of();
    }
    List<Bytes> values = new ArrayList<>();
    for (int i = at; i >= 0; i = indexOf(code, i + 1)) {
      values.add(options[i].value());
    }
    return values;
  }

  /**
   * The first option of the type, decoded now.
   *
   * @throws MalformedPacketException if its value is not what the type says
   */
  public <T> Optional<T> first(OptionType<T> type) {
    int at = indexOf(type.code(), 0);
    return at < 0 ? Optional.empty() : Optional.of(decode(type, options[at].value()));
  }

  /**
   * All options of the type, decoded now.
   *
   * @throws MalformedPacketException if a value is not what the type says
   */
  public <T> List<T> all(OptionType<T> type) {
    int at = indexOf(type.code(), 0);
    if (at < 0) {
      return List.of();
    }
    List<T> values = new ArrayList<>();
    for (int i = at; i >= 0; i = indexOf(type.code(), i + 1)) {
      values.add(decode(type, options[i].value()));
    }
    return values;
  }

  private static <T> T decode(OptionType<T> type, Bytes value) {
    try {
      return type.decode(value);
    } catch (MalformedPacketException e) {
      throw e.inside(type.name());
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      // The value's own constructor refused it, or a foreign decoder read past the end.
      throw new MalformedPacketException(MalformedReason.INVALID_VALUE, value.sourceOffset())
          .inside(type.name());
    }
  }

  private int indexOf(int code, int from) {
    for (int i = from; i < size; i++) {
      if (options[i].code() == code) {
        return i;
      }
    }
    return -1;
  }

  /** How many octets {@link #encode} writes. */
  public int encodedLength() {
    int length = Option.HEADER_LENGTH * size;
    for (int i = 0; i < size; i++) {
      length += options[i].value().length();
    }
    return length;
  }

  /** Appends all options in order. */
  public void encode(ByteWriter out) {
    for (int i = 0; i < size; i++) {
      Bytes value = options[i].value();
      out.u16(options[i].code()).u16(value.length()).bytes(value);
    }
  }

  /** All options in order, as octets of their own. */
  public Bytes encode() {
    ByteWriter out = new ByteWriter(encodedLength());
    encode(out);
    return out.toBytes();
  }

  /** The options in order. */
  @Override
  public Iterator<Option> iterator() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < size;
      }

      @Override
      public Option next() {
        if (next >= size) {
          throw new NoSuchElementException();
        }
        return options[next++];
      }
    };
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Options that
        && Arrays.equals(options, 0, size, that.options, 0, that.size);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = 0; i < size; i++) {
      hash = 31 * hash + options[i].hashCode();
    }
    return hash;
  }

  /** Codes and lengths in order, {@code [1:14 3:40 6:4]}. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder("[");
    for (int i = 0; i < size; i++) {
      out.append(i == 0 ? "" : " ").append(options[i].code());
      out.append(':').append(options[i].value().length());
    }
    return out.append(']').toString();
  }

  /** Collects options in order. For one thread at a time. */
  public static final class Builder {
    private Option[] options;
    private int size;

    /** Built options share the array: what they see of it must not change any more. */
    private boolean shared;

    private Builder(int expectedCount) {
      options = new Option[expectedCount];
    }

    /** Appends the option. */
    public Builder add(Option option) {
      if (size == options.length) {
        options = Arrays.copyOf(options, Math.max(EXPECTED_COUNT, size * 2));
      }
      options[size++] = option;
      return this;
    }

    /** Appends an option with the code and value. */
    public Builder add(int code, Bytes value) {
      return add(new Option(code, value));
    }

    /** Appends an option of the type, encoded now. */
    public <T> Builder add(OptionType<T> type, T value) {
      return add(new Option(type.code(), type.encode(value)));
    }

    /** Appends all options. */
    public Builder addAll(Options others) {
      for (int i = 0; i < others.size(); i++) {
        add(others.get(i));
      }
      return this;
    }

    /** Puts the value where the first option with the code is, or at the end; others go. */
    public Builder set(int code, Bytes value) {
      Option option = new Option(code, value);
      unshare();
      int kept = 0;
      boolean placed = false;
      for (int i = 0; i < size; i++) {
        if (options[i].code() != code) {
          options[kept++] = options[i];
        } else if (!placed) {
          options[kept++] = option;
          placed = true;
        }
      }
      Arrays.fill(options, kept, size, null);
      size = kept;
      return placed ? this : add(option);
    }

    /** Puts the value where the first option of the type is, or at the end; others go. */
    public <T> Builder set(OptionType<T> type, T value) {
      return set(type.code(), type.encode(value));
    }

    /** Takes out every option with the code. */
    public Builder remove(int code) {
      unshare();
      int kept = 0;
      for (int i = 0; i < size; i++) {
        if (options[i].code() != code) {
          options[kept++] = options[i];
        }
      }
      Arrays.fill(options, kept, size, null);
      size = kept;
      return this;
    }

    private void unshare() {
      options = shared ? options.clone() : options;
      shared = false;
    }

    /** Whether an option with the code has been added. */
    public boolean has(int code) {
      for (int i = 0; i < size; i++) {
        if (options[i].code() == code) {
          return true;
        }
      }
      return false;
    }

    /** Whether nothing has been added. */
    public boolean isEmpty() {
      return size == 0;
    }

    /** How many octets the options take when encoded. */
    public int encodedLength() {
      int length = Option.HEADER_LENGTH * size;
      for (int i = 0; i < size; i++) {
        length += options[i].value().length();
      }
      return length;
    }

    /** The options so far; the builder may be used further. */
    public Options build() {
      if (size == 0) {
        return EMPTY;
      }
      shared = true;
      return new Options(options, size);
    }
  }
}
