package org.aand.serve;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import org.aand.common.InputException;
import org.aand.common.file.IoReason;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * The key and certificate of a service, in a PKCS #12 file.
 *
 * @param keyStore the file
 * @param password of the file and its key
 */
public record TlsSettings(Path keyStore, String password) {
  /**
   * What the server speaks TLS by.
   *
   * @throws InputException if the file cannot be used
   */
  SslContextFactory.Server context() {
    var context = new SslContextFactory.Server();
    try (InputStream in = Files.newInputStream(keyStore)) {
      var store = KeyStore.getInstance("PKCS12");
      store.load(in, password.toCharArray());
      context.setKeyStore(store);
    } catch (IOException | GeneralSecurityException e) {
      throw new InputException(
          "the key and certificate in "
              + keyStore
              + " cannot be used ("
              + (e instanceof IOException io ? IoReason.of(io) : e.getMessage())
              + "); name a PKCS #12 file and the file of its password",
          e);
    }
    context.setKeyStorePassword(password);
    context.setKeyManagerPassword(password);
    return context;
  }

  @Override
  public String toString() {
    return "TlsSettings[" + keyStore + "]";
  }
}
