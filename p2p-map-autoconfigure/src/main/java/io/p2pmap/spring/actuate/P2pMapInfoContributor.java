package io.p2pmap.spring.actuate;

import io.p2pmap.Member;
import io.p2pmap.NodeStatus;
import io.p2pmap.ReplicatedMaps;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/** Says which node this is, of which cluster and release, and whom and what it knows. */
final class P2pMapInfoContributor implements InfoContributor {

  private final ReplicatedMaps maps;

  P2pMapInfoContributor(ReplicatedMaps maps) {
    this.maps = maps;
  }

  @Override
  public void contribute(Info.Builder builder) {
    NodeStatus status = maps.status();
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("node", status.nodeName());
    details.put("cluster", status.clusterName());
    String version = ReplicatedMaps.class.getPackage().getImplementationVersion();
    if (version != null) { // classes that are in no jar have none
      details.put("version", version);
    }
    details.put("members", status.members().stream().map(Member::name).sorted().toList());
    details.put("maps", maps.names());
    builder.withDetail("p2pmap", details);
  }
}
