package org.aand.serve.sink.opcua;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.regex.Pattern;
import org.aand.serve.sink.HostNames;
import org.aand.serve.sink.opcua.CertificateFolder.Own;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Makes an application instance certificate: RSA with 2048 bits, signed by itself with SHA-256, for
 * ten years.
 *
 * <p>By the JDK's own algorithms. Milo's generator would do, but needs all of Bouncy Castle.
 *
 * @see <a href="https://reference.opcfoundation.org/Core/Part6/v105/docs/6.2.2">OPC 10000-6, 6.2.2
 *     Application Instance Certificate</a>
 */
final class SelfSigned {
  private static final int BITS = 2048;
  private static final Duration VALID = Duration.ofDays(3653);

  /** A client whose clock is behind takes the certificate as well. */
  private static final Duration BEFORE = Duration.ofDays(1);

  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9a-fA-F:]*:[0-9a-fA-F:.]*");

  private SelfSigned() {}

  static Own make(String host, Clock clock) {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS);
      var keys = generator.generateKeyPair();
      return new Own(keys, certificate(keys, host, clock));
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new IllegalStateException("cannot make a certificate", e);
    }
  }

  private static X509Certificate certificate(KeyPair keys, String host, Clock clock)
      throws GeneralSecurityException, IOException, OperatorCreationException {
    var machine = HostNames.machine();
    var name =
        new X500NameBuilder()
            .addRDN(BCStyle.CN, "AAND on " + machine)
            .addRDN(BCStyle.O, "AAND for the JVM")
            .build();
    var now = clock.instant();
    var builder =
        new X509v3CertificateBuilder(
            name,
            new BigInteger(63, new SecureRandom()).add(BigInteger.ONE),
            Date.from(now.minus(BEFORE)),
            Date.from(now.plus(VALID)),
            Locale.ROOT,
            name,
            SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
    var extensions = new JcaX509ExtensionUtils();
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    builder.addExtension(
        Extension.keyUsage,
        true,
        new KeyUsage(
            KeyUsage.digitalSignature
                | KeyUsage.nonRepudiation
                | KeyUsage.keyEncipherment
                | KeyUsage.dataEncipherment
                | KeyUsage.keyCertSign));
    builder.addExtension(
        Extension.extendedKeyUsage,
        false,
        new ExtendedKeyUsage(
            new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth}));
    builder.addExtension(Extension.subjectAlternativeName, false, names(machine, host));
    builder.addExtension(
        Extension.subjectKeyIdentifier,
        false,
        extensions.createSubjectKeyIdentifier(keys.getPublic()));
    builder.addExtension(
        Extension.authorityKeyIdentifier,
        false,
        extensions.createAuthorityKeyIdentifier(keys.getPublic()));
    var signer = new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate());
    return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
  }

  /** The application's URI, which a client compares, and the names by which it may be reached. */
  private static GeneralNames names(String machine, String host) {
    var hosts = new LinkedHashSet<String>();
    hosts.add(machine);
    hosts.add("localhost");
    hosts.add("127.0.0.1");
    hosts.add(HostNames.reaching(host));
    var names = new LinkedHashSet<GeneralName>();
    names.add(new GeneralName(GeneralName.uniformResourceIdentifier, "urn:" + machine + ":aand"));
    for (var each : hosts) {
      int kind = ADDRESS.matcher(each).matches() ? GeneralName.iPAddress : GeneralName.dNSName;
      names.add(new GeneralName(kind, each));
    }
    return new GeneralNames(names.toArray(new GeneralName[0]));
  }
}
