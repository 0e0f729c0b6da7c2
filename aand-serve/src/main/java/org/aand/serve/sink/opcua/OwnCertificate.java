package org.aand.serve.sink.opcua;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.List;
import org.aand.serve.sink.opcua.CertificateFolder.Own;
import org.bouncycastle.asn1.x500.X500Name;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.security.CertificateFactory;
import org.eclipse.milo.opcua.stack.core.security.CertificateStore;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateStore;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;

/** The server's one certificate, which Milo can neither make nor replace. */
final class OwnCertificate implements CertificateFactory {
  private static final String FIXED = "the certificate is that of the folder";

  static CertificateStore store(Own own) {
    var store = new MemoryCertificateStore();
    try {
      store.set(
          NodeIds.RsaSha256ApplicationCertificateType,
          new CertificateStore.Entry(
              own.keys().getPrivate(), new X509Certificate[] {own.certificate()}));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return store;
  }

  @Override
  public KeyPair createKeyPair(NodeId type) {
    throw new UnsupportedOperationException(FIXED);
  }

  @Override
  public X509Certificate[] createCertificateChain(NodeId type, KeyPair keys) {
    throw new UnsupportedOperationException(FIXED);
  }

  @Override
  public ByteString createSigningRequest(
      NodeId type,
      KeyPair keys,
      X500Name subject,
      String uri,
      List<String> dnsNames,
      List<String> addresses) {
    throw new UnsupportedOperationException(FIXED);
  }
}
