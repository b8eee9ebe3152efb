package io.p2pmap.internal.transport.jgroups;

import io.p2pmap.internal.transport.TransportException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.function.Consumer;
import org.jgroups.Event;
import org.jgroups.JChannel;
import org.jgroups.PhysicalAddress;
import org.jgroups.conf.XmlConfigurator;
import org.jgroups.protocols.TCP;
import org.jgroups.protocols.TP;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.stack.DiagnosticsHandler;
import org.jgroups.stack.Protocol;
import org.jgroups.stack.ProtocolStack;
import org.jgroups.util.ExtendedUUID;
import org.jgroups.util.TLS;
import org.jgroups.util.TLSClientAuth;

/**
 * Builds the channel of a node from a {@link StackFile}. What holds of every stack holds of it,
 * too: no Java object is deserialized, there is no diagnostics port, threads are daemons, and the
 * node announces itself.
 */
final class CustomStack {

  private final StackFile file;

  CustomStack(StackFile file) {
    this.file = file;
  }

  /**
   * An unconnected channel.
   *
   * @param onBound takes the address it is bound to, before anything is sent
   * @throws TransportException if the file can't be read, or is no stack that maps can run on
   */
  JChannel create(
      JGroupsSettings settings, ExtendedUUID address, Consumer<PhysicalAddress> onBound) {
    try {
      JChannel channel = new JChannel(read()); // has no socket or thread before it connects
      ProtocolStack stack = channel.getProtocolStack();
      if (stack.findProtocol(GMS.class) == null) {
        throw new IOException("it has no protocol pbcast.GMS, which says who is a member");
      }
      TP transport = stack.getTransport();
      requireSafe(transport);
      switchOffDiagnostics(transport);
      transport.setThreadFactory(new DaemonThreads(settings.nodeName()));
      stack.insertProtocol(new Binding(onBound), ProtocolStack.Position.ABOVE, transport.getName());
      channel.addAddressGenerator(() -> address);
      return channel.name(settings.nodeName()).setDiscardOwnMessages(true);
    } catch (TransportException e) {
      throw e;
    } catch (Exception e) {
      throw invalid(e);
    }
  }

  private XmlConfigurator read() throws IOException {
    try (InputStream xml = file.location().openStream()) {
      return XmlConfigurator.getInstance(xml);
    }
  }

  /** They answer anybody, and may be on in the file and are by default. */
  private static void switchOffDiagnostics(TP transport) {
    DiagnosticsHandler diagnostics = transport.getDiagnosticsHandler();
    if (diagnostics != null) {
      diagnostics.setEnabled(false);
    }
  }

  private TransportException invalid(Exception cause) {
    return new TransportException(
        "JGroups configuration %s can't be used: %s".formatted(file.location(), cause.getMessage()),
        "Name a readable XML file with a stack of JGroups protocols, or leave it out",
        cause);
  }

  /** Checked before a socket is opened. */
  private void requireSafe(TP transport) {
    InetAddress address = transport.getBindAddress();
    boolean isReachable = address == null || !address.isLoopbackAddress();
    if (isReachable && !file.allowPlaintext() && !authenticates(transport)) {
      throw new TransportException(
          "JGroups configuration %s binds to %s, which others can reach, without TLS: "
                  .formatted(file.location(), address)
              + "whoever reaches its port could read and change every map",
          "Set tls.enabled and tls.client_auth=\"NEED\" of TCP, bind to a loopback address, or allow"
              + " plaintext if the network is trusted",
          null);
    }
  }

  private static boolean authenticates(TP transport) {
    if (!(transport instanceof TCP tcp)) {
      return false;
    }
    TLS tls = tcp.tls();
    return tls != null && tls.enabled() && tls.getClientAuth() == TLSClientAuth.NEED;
  }

  /** Stands on the transport, so that it is started right after it, and before anything is sent. */
  private static final class Binding extends Protocol {

    private final Consumer<PhysicalAddress> onBound;

    Binding(Consumer<PhysicalAddress> onBound) {
      this.onBound = onBound;
    }

    @Override
    public void start() {
      PhysicalAddress bound =
          (PhysicalAddress) down_prot.down(new Event(Event.GET_PHYSICAL_ADDRESS, local_addr));
      onBound.accept(bound);
    }
  }
}
