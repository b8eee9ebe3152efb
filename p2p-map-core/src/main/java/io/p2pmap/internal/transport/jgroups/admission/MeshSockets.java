package io.p2pmap.internal.transport.jgroups.admission;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import org.jgroups.util.DefaultSocketFactory;

/** Gives JGroups sockets that admit nodes of this cluster only. */
public final class MeshSockets extends DefaultSocketFactory {

  private final Admission admission;

  /** Creates a factory; its sockets share what {@code admission} remembers. */
  public MeshSockets(Admission admission) {
    this.admission = admission;
  }

  @Override
  public Socket createSocket(String serviceName) {
    return new MeshSocket(admission);
  }

  @Override
  public ServerSocket createServerSocket(String serviceName) throws IOException {
    return new AdmittingServerSocket(admission);
  }
}
