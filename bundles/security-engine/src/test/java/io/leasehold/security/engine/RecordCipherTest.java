// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import javax.crypto.Cipher;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsFatalAlert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against another implementation, as records are protected: each in its place. */
final class RecordCipherTest {
  private static final int TAG = 16;
  private static final int HEADER = 5;
  private static final int NONCE = 12;

  private final Random random = new Random(7);

  private byte[] octets(int length) {
    byte[] octets = new byte[length];
    random.nextBytes(octets);
    return octets;
  }

  private static byte[] expected(byte[] key, byte[] nonce, byte[] header, byte[] plain)
      throws Exception {
    GCMModeCipher other = GCMBlockCipher.newInstance(AESEngine.newInstance());
    other.init(true, new AEADParameters(new KeyParameter(key), TAG * 8, nonce, header));
    byte[] out = new byte[plain.length + TAG];
    int length = other.processBytes(plain, 0, plain.length, out, 0);
    other.doFinal(out, length);
    return out;
  }

  @ParameterizedTest
  @CsvSource({"16, 0", "16, 1", "16, 301", "32, 16", "32, 16385"})
  void recordsAreThoseOfOthers(int keyOctets, int length) throws Exception {
    RecordCipher out = new RecordCipher(Cipher.ENCRYPT_MODE);
    RecordCipher in = new RecordCipher(Cipher.DECRYPT_MODE);
    for (int update = 0; update < 2; update++) {
      byte[] key = octets(keyOctets);
      out.setKey(key, 0, keyOctets);
      in.setKey(key, 0, keyOctets);
      for (int record = 0; record < 3; record++) {
        byte[] nonce = octets(NONCE);
        byte[] header = octets(HEADER);
        byte[] plain = octets(length);
        byte[] place = Arrays.copyOf(plain, HEADER + length + TAG);
        System.arraycopy(plain, 0, place, HEADER, length);

        out.init(nonce, TAG);
        assertThat(out.getOutputSize(length)).isEqualTo(length + TAG);
        assertThat(out.doFinal(header, place, HEADER, length, place, HEADER))
            .isEqualTo(length + TAG);
        assertThat(Arrays.copyOfRange(place, HEADER, place.length))
            .isEqualTo(expected(key, nonce, header, plain));

        in.init(nonce, TAG);
        assertThat(in.getOutputSize(length + TAG)).isEqualTo(length);
        assertThat(in.doFinal(header, place, HEADER, length + TAG, place, HEADER))
            .isEqualTo(length);
        assertThat(Arrays.copyOfRange(place, HEADER, HEADER + length)).isEqualTo(plain);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"header, 0", "text, 0", "text, 15", "nonce, 3"})
  void whatWasChangedIsNoticed(String where, int at) throws Exception {
    byte[] key = octets(32);
    byte[] nonce = octets(NONCE);
    byte[] header = octets(HEADER);
    byte[] record = expected(key, nonce, header, octets(100));
    byte[] changed = where.equals("header") ? header : where.equals("nonce") ? nonce : record;
    changed[at] ^= 1;
    RecordCipher in = new RecordCipher(Cipher.DECRYPT_MODE);
    in.setKey(key, 0, key.length);
    in.init(nonce, TAG);
    assertThatThrownBy(() -> in.doFinal(header, record, 0, record.length, record, 0))
        .isInstanceOfSatisfying(
            TlsFatalAlert.class,
            e -> assertThat(e.getAlertDescription()).isEqualTo(AlertDescription.bad_record_mac));
  }

  @Test
  void afterAForgeryTheRecordOfTheSameNumberOpens() throws Exception {
    byte[] key = octets(16);
    byte[] nonce = octets(NONCE);
    byte[] header = octets(HEADER);
    byte[] plain = octets(100);
    byte[] record = expected(key, nonce, header, plain);
    RecordCipher in = new RecordCipher(Cipher.DECRYPT_MODE);
    in.setKey(key, 0, key.length);
    in.init(nonce, TAG);
    assertThatThrownBy(
            () -> in.doFinal(header, octets(record.length), 0, record.length, record.clone(), 0))
        .isInstanceOf(TlsFatalAlert.class);
    in.init(nonce, TAG);
    assertThat(in.doFinal(header, record, 0, record.length, record, 0)).isEqualTo(plain.length);
    assertThat(Arrays.copyOf(record, plain.length)).isEqualTo(plain);
  }
}
