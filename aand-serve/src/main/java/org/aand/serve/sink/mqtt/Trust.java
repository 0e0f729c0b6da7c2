package org.aand.serve.sink.mqtt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import javax.net.ssl.TrustManagerFactory;
import org.aand.common.InputException;
import org.aand.common.file.IoReason;

/** Which authorities are believed when they vouch for a broker. */
final class Trust {
  private Trust() {}

  /**
   * Those of a PEM file alone.
   *
   * @throws InputException if the file has none
   */
  static TrustManagerFactory of(Path file) {
    try (var in = Files.newInputStream(file)) {
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("authority" + number++, certificate);
      }
      if (number == 0) {
        throw new CertificateException("an empty file");
      }
      var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory;
    } catch (IOException e) {
      throw unusable(file, IoReason.of(e), e);
    } catch (GeneralSecurityException e) {
      throw unusable(file, "there is no certificate in it", e);
    }
  }

  private static InputException unusable(Path file, String reason, Exception cause) {
    return new InputException(
        "cannot use --mqtt-ca "
            + file
            + ": "
            + reason
            + "; name a file of certificates in PEM, as BEGIN CERTIFICATE begins them",
        cause);
  }
}
