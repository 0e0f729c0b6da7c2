package org.aand.serve.sink.opcua;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Set;
import org.aand.common.file.AtomicFile;

/** Certificates (X.509) and RSA private keys (PKCS #8 as PEM) in files. */
final class CertificateFile {
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";

  private CertificateFile() {}

  static X509Certificate readCertificate(Path file) throws IOException, GeneralSecurityException {
    try (var in = Files.newInputStream(file)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  static void writeCertificate(Path file, X509Certificate certificate) throws IOException {
    byte[] bytes;
    try {
      bytes = certificate.getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    AtomicFile.write(file, out -> out.write(bytes));
  }

  static RSAPrivateCrtKey readKey(Path file) throws IOException, GeneralSecurityException {
    var text = Files.readString(file, US_ASCII);
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new GeneralSecurityException("the key is not in PKCS #8 as PEM without a password");
    }
    try {
      var body = Base64.getMimeDecoder().decode(text.substring(begin + BEGIN.length(), end));
      var key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(body));
      if (key instanceof RSAPrivateCrtKey rsa) {
        return rsa;
      }
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("the key's Base64 is damaged", e);
    }
    throw new GeneralSecurityException("the key is no RSA key with its primes");
  }

  /** Nobody but the owner may ever read the key, not even while it is written. */
  static void writeKey(Path file, PrivateKey key) throws IOException {
    Files.createDirectories(file.getParent());
    var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
    Files.deleteIfExists(file);
    var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    var text = US_ASCII.encode(BEGIN + "\n" + lines + "\n" + END + "\n");
    try (var channel = Files.newByteChannel(file, options, ownerOnly(file))) {
      while (text.hasRemaining()) {
        channel.write(text);
      }
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
