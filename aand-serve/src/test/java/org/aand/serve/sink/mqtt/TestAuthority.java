package org.aand.serve.sink.mqtt;

import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority of its own for a test, which vouches for servers. */
final class TestAuthority {
  private final KeyPair keys;
  private final X509Certificate certificate;

  private TestAuthority(KeyPair keys, X509Certificate certificate) {
    this.keys = keys;
    this.certificate = certificate;
  }

  /** A certificate and its key, in PEM. */
  record Server(Path certificate, Path key) {}

  static TestAuthority make(String name) throws Exception {
    var keys = keys();
    var subject = new X500Principal("CN=" + name);
    var builder = builder(subject, subject, keys);
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    return new TestAuthority(keys, signed(builder, keys));
  }

  private static KeyPair keys() throws Exception {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    return generator.generateKeyPair();
  }

  private static JcaX509v3CertificateBuilder builder(
      X500Principal issuer, X500Principal subject, KeyPair keys) {
    var now = Instant.now();
    return new JcaX509v3CertificateBuilder(
        issuer,
        BigInteger.valueOf(now.toEpochMilli()),
        Date.from(now.minus(Duration.ofHours(1))),
        Date.from(now.plus(Duration.ofHours(1))),
        subject,
        keys.getPublic());
  }

  private static X509Certificate signed(JcaX509v3CertificateBuilder builder, KeyPair by)
      throws Exception {
    var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(by.getPrivate());
    return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
  }

  /** Writes a certificate for a server at an address. */
  Server vouchFor(String address, Path folder) throws Exception {
    var own = keys();
    var builder =
        builder(certificate.getSubjectX500Principal(), new X500Principal("CN=broker"), own);
    builder.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(new GeneralName(GeneralName.iPAddress, address)));
    return new Server(
        pem(folder.resolve("server.crt"), signed(builder, keys)),
        pem(folder.resolve("server.key"), new JcaPKCS8Generator(own.getPrivate(), null)));
  }

  /** Writes the key and certificate of a client, PKCS #12. */
  Path vouchForClient(String name, Path file, String password) throws Exception {
    var own = keys();
    var builder =
        builder(certificate.getSubjectX500Principal(), new X500Principal("CN=" + name), own);
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        name,
        own.getPrivate(),
        password.toCharArray(),
        new Certificate[] {signed(builder, keys), certificate});
    try (var out = Files.newOutputStream(file)) {
      store.store(out, password.toCharArray());
    }
    return file;
  }

  /** Writes the authority's own certificate. */
  Path write(Path folder) throws Exception {
    return pem(folder.resolve("ca.crt"), certificate);
  }

  private static Path pem(Path file, Object content) throws Exception {
    var text = new StringWriter();
    try (var writer = new JcaPEMWriter(text)) {
      writer.writeObject(content);
    }
    return Files.writeString(file, text.toString());
  }
}
