// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell.osgi;

import io.leasehold.shell.client.Frame;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.WritableByteChannel;

/** Writes what a command prints as frames; two of them may share a channel. */
final class FrameOutput extends OutputStream {
  private final WritableByteChannel channel;
  private final byte type;

  FrameOutput(WritableByteChannel channel, byte type) {
    this.channel = channel;
    this.type = type;
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    synchronized (channel) {
      for (int done = 0; done < length; done += Frame.MAX_LENGTH) {
        Frame.write(channel, type, from, offset + done, Math.min(Frame.MAX_LENGTH, length - done));
      }
    }
  }
}
