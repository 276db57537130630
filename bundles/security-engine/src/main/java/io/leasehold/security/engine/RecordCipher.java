// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.engine;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.TlsAEADCipher;
import org.bouncycastle.tls.crypto.impl.TlsAEADCipherImpl;

/**
 * AES-GCM of the Java machine, one direction of a channel. The machine uses the processor's own
 * instructions for it, which the library, written in Java throughout, cannot. ChaCha20 stays with
 * the library: the machine's refuses to open two records of one number one after the other, and
 * over datagrams everybody can forge the first.
 */
final class RecordCipher implements TlsAEADCipherImpl {
  private final int mode;
  private final Cipher cipher;
  private int tagOctets;
  private SecretKeySpec key;

  RecordCipher(int mode) throws GeneralSecurityException {
    this.mode = mode;
    this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
  }

  /** Both directions of a channel. */
  static TlsAEADCipher both(TlsCryptoParameters parameters, int keyOctets, int tagOctets)
      throws IOException {
    try {
      return new TlsAEADCipher(
          parameters,
          new RecordCipher(Cipher.ENCRYPT_MODE),
          new RecordCipher(Cipher.DECRYPT_MODE),
          keyOctets,
          tagOctets,
          TlsAEADCipher.AEAD_GCM,
          null);
    } catch (GeneralSecurityException e) {
      throw new TlsFatalAlert(AlertDescription.internal_error, e);
    }
  }

  @Override
  public void setKey(byte[] octets, int offset, int length) {
    key = new SecretKeySpec(octets, offset, length, "AES");
  }

  @Override
  public void init(byte[] nonce, int macSize) throws IOException {
    tagOctets = macSize;
    try {
      cipher.init(mode, key, new GCMParameterSpec(macSize * Byte.SIZE, nonce));
    } catch (InvalidKeyException | InvalidAlgorithmParameterException e) {
      throw new TlsFatalAlert(AlertDescription.internal_error, e);
    }
  }

  @Override
  public int getOutputSize(int inputLength) {
    return mode == Cipher.ENCRYPT_MODE
        ? inputLength + tagOctets
        : Math.max(0, inputLength - tagOctets);
  }

  @Override
  public int doFinal(byte[] header, byte[] in, int offset, int length, byte[] out, int outOffset)
      throws IOException {
    try {
      cipher.updateAAD(header);
      return cipher.doFinal(in, offset, length, out, outOffset);
    } catch (AEADBadTagException e) {
      throw new TlsFatalAlert(AlertDescription.bad_record_mac, e);
    } catch (GeneralSecurityException e) {
      throw new TlsFatalAlert(AlertDescription.internal_error, e);
    }
  }
}
