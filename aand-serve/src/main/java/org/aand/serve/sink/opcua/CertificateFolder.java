package org.aand.serve.sink.opcua;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateCrtKey;
import java.time.Clock;
import org.aand.common.InputException;
import org.aand.common.file.IoReason;

/**
 * The folder of certificates, laid out as OPC UA programs commonly do:
 *
 * <ul>
 *   <li>{@code own/certs/aand.der}, {@code own/private/aand.pem}: this server's certificate and its
 *       private key, made at the first start, to be replaced by others if wanted
 *   <li>{@code trusted/certs}, {@code trusted/crl}: clients that may connect, or authorities that
 *       vouch for them
 *   <li>{@code issuers/certs}, {@code issuers/crl}: authorities between those and the clients
 *   <li>{@code rejected/certs}: clients that were refused, to be moved to {@code trusted/certs}
 * </ul>
 */
record CertificateFolder(Path root) {
  Path trusted() {
    return root.resolve("trusted/certs");
  }

  Path trustedRevocations() {
    return root.resolve("trusted/crl");
  }

  Path issuers() {
    return root.resolve("issuers/certs");
  }

  Path issuerRevocations() {
    return root.resolve("issuers/crl");
  }

  Path rejected() {
    return root.resolve("rejected/certs");
  }

  private Path ownCertificate() {
    return root.resolve("own/certs/aand.der");
  }

  private Path ownKey() {
    return root.resolve("own/private/aand.pem");
  }

  /** A certificate with the key that it belongs to. */
  record Own(KeyPair keys, X509Certificate certificate) {}

  /**
   * Makes the folders that are missing, and gives this server's certificate.
   *
   * @param host by which clients reach the server; stands in a certificate that is made
   * @throws InputException if the folder cannot be used
   */
  Own open(String host, Clock clock) {
    try {
      for (var folder :
          new Path[] {
            trusted(), trustedRevocations(), issuers(), issuerRevocations(), rejected()
          }) {
        Files.createDirectories(folder);
      }
      return Files.exists(ownCertificate()) ? read() : make(host, clock);
    } catch (IOException e) {
      throw new InputException(
          "cannot use the folder of OPC UA certificates "
              + root
              + ": "
              + IoReason.of(e)
              + "; name another by --opcua-certificates",
          e);
    }
  }

  private Own read() throws IOException {
    try {
      var certificate = CertificateFile.readCertificate(ownCertificate());
      var key = CertificateFile.readKey(ownKey());
      if (!isOf(key, certificate.getPublicKey())) {
        throw new GeneralSecurityException("the key is not that of the certificate");
      }
      return new Own(new KeyPair(certificate.getPublicKey(), key), certificate);
    } catch (GeneralSecurityException e) {
      throw new InputException(
          "cannot use the OPC UA certificate "
              + ownCertificate()
              + " with "
              + ownKey()
              + ": "
              + e.getMessage()
              + "; delete both, and the next start makes new ones",
          e);
    }
  }

  private static boolean isOf(RSAPrivateCrtKey key, PublicKey publicKey) {
    return publicKey instanceof java.security.interfaces.RSAPublicKey rsa
        && rsa.getModulus().equals(key.getModulus());
  }

  /** The key first: a certificate in place means that both are whole. */
  private Own make(String host, Clock clock) throws IOException {
    var own = SelfSigned.make(host, clock);
    CertificateFile.writeKey(ownKey(), own.keys().getPrivate());
    CertificateFile.writeCertificate(ownCertificate(), own.certificate());
    return own;
  }
}
