package org.aand.serve.sink.mqtt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.util.Collections;
import javax.net.ssl.KeyManagerFactory;
import org.aand.common.InputException;
import org.aand.common.file.IoReason;

/**
 * The key and certificate by which a client shows a broker who it is.
 *
 * @param keyStore PKCS #12 file of the key and its certificates
 * @param password of the file and the key in it
 */
public record ClientKey(Path keyStore, String password) {
  /**
   * What a connection takes them from.
   *
   * @throws InputException if the file has no key that can be used
   */
  KeyManagerFactory factory() {
    try (var in = Files.newInputStream(keyStore)) {
      var store = KeyStore.getInstance("PKCS12");
      store.load(in, password.toCharArray());
      for (var alias : Collections.list(store.aliases())) {
        if (store.isKeyEntry(alias)) {
          var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
          factory.init(store, password.toCharArray());
          return factory;
        }
      }
      throw new KeyStoreException("there is no key in it");
    } catch (IOException e) {
      throw unusable(IoReason.of(e), e);
    } catch (GeneralSecurityException e) {
      throw unusable(String.valueOf(e.getMessage()), e);
    }
  }

  private InputException unusable(String reason, Exception cause) {
    return new InputException(
        "cannot use --mqtt-keystore "
            + keyStore
            + ": "
            + reason
            + "; name a PKCS #12 file of a key with its certificate, and the file of its password",
        cause);
  }

  @Override
  public String toString() {
    return "ClientKey[" + keyStore + "]";
  }
}
