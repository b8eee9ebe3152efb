package io.p2pmap.internal.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ClusterIdentityTest {

  /** Holds nothing of value: for the derivation to be compared with itself for ever. */
  private static final SharedSecret EXAMPLE =
      SharedSecret.parse("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

  @Test
  void theDerivationIsPartOfTheProtocolAndStaysAsItIs() throws Exception {
    KeyPair keys = ClusterIdentity.derive(EXAMPLE, "orders");

    assertThat(((ECPrivateKey) keys.getPrivate()).getS().toString(16))
        .isEqualTo("b18dcd4415e1479608615de0680fe174490e364afc353ab457d11442aa7fa459");
    assertThat(HexFormat.of().formatHex(keys.getPublic().getEncoded()))
        .isEqualTo(
            "3059301306072a8648ce3d020106082a8648ce3d03010703420004"
                + "5870de8e2c7784b11dcd6964bd38f36106e9f454e33c8bdbb9eb5c54b3ef45a9"
                + "628021288cacdff53d705b6e34a5fb8412fff63c674e72a90ec9566519e387ee");
  }

  @Test
  void thePublicKeyBelongsToThePrivateOneWhateverTheSignOfY() throws Exception {
    for (String cluster : new String[] {"a", "b", "c", "d", "e", "f"}) {
      KeyPair keys = ClusterIdentity.derive(EXAMPLE, cluster);
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(new byte[100]);
      byte[] proof = signature.sign();
      signature.initVerify(keys.getPublic());
      signature.update(new byte[100]);
      assertThat(signature.verify(proof)).isTrue();
    }
  }

  @Test
  void anotherClusterWithTheSameSecretHasAnotherIdentity() throws Exception {
    assertThat(ClusterIdentity.derive(EXAMPLE, "orders").getPublic())
        .isNotEqualTo(ClusterIdentity.derive(EXAMPLE, "invoices").getPublic());
  }

  @Test
  void theCertificateIsValidAndHoldsTheKey() throws Exception {
    KeyPair keys = ClusterIdentity.derive(EXAMPLE, "orders");

    X509Certificate certificate = SelfSignedCertificate.of(keys);

    assertThat(certificate.getPublicKey()).isEqualTo(keys.getPublic());
    assertThat(certificate.getVersion()).isEqualTo(3);
    certificate.checkValidity();
    certificate.verify(keys.getPublic());
  }
}
