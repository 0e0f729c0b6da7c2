package org.aand.serve.sink.opcua;

import java.security.cert.X509Certificate;
import org.aand.serve.sink.Problems;
import org.eclipse.milo.opcua.stack.core.security.FileBasedCertificateQuarantine;

/** Keeps the certificates of clients that were refused, the last 128, and tells that there are. */
final class RejectedClients extends FileBasedCertificateQuarantine {
  private final CertificateFolder folder;
  private final Problems problems;

  RejectedClients(CertificateFolder folder, Problems problems) {
    super(folder.rejected().toFile());
    this.folder = folder;
    this.problems = problems;
  }

  @Override
  public void addRejectedCertificate(X509Certificate certificate) {
    super.addRejectedCertificate(certificate);
    problems.occurred(
        OpcUaSink.NAME,
        "an OPC UA client was refused: its certificate is not trusted, or not valid; move it from "
            + folder.rejected()
            + " to "
            + folder.trusted()
            + " to let the client in");
  }
}
