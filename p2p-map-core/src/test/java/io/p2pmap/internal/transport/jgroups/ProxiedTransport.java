package io.p2pmap.internal.transport.jgroups;

import io.p2pmap.internal.transport.Transport;
import java.net.InetSocketAddress;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** The product's transport, of which the others know only the address of a proxy before it. */
public final class ProxiedTransport {

  private ProxiedTransport() {}

  public static Transport behind(
      InetSocketAddress proxy, JGroupsSettings settings, Supplier<SSLContext> tls) {
    return JGroupsTransport.adjusted(
        settings,
        tls,
        tcp -> tcp.setExternalAddr(proxy.getAddress()).setExternalPort(proxy.getPort()));
  }
}
