package io.p2pmap.benchmarks.systems;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.replicatedmap.ReplicatedMap;
import org.jspecify.annotations.Nullable;

/** Hazelcast's ReplicatedMap with its defaults. */
final class HazelcastMember implements MemberMap {

  private final HazelcastInstance instance;
  private final ReplicatedMap<String, String> map;

  HazelcastMember(Place place) {
    Config config = new Config().setClusterName(place.cluster());
    config.setInstanceName(place.cluster() + "-" + place.index());
    config.setProperty("hazelcast.wait.seconds.before.join", "0");
    config.setProperty("hazelcast.socket.bind.any", "false");
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.logging.type", "slf4j");
    config.setProperty("hazelcast.shutdownhook.enabled", "false");
    NetworkConfig network = config.getNetworkConfig();
    network.setPort(place.port()).setPortAutoIncrement(false);
    network.getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    JoinConfig join = network.getJoin();
    join.getMulticastConfig().setEnabled(false);
    join.getAutoDetectionConfig().setEnabled(false);
    join.getTcpIpConfig().setEnabled(true);
    place.all().forEach(a -> join.getTcpIpConfig().addMember("127.0.0.1:" + a.getPort()));
    instance = Hazelcast.newHazelcastInstance(config);
    map = instance.getReplicatedMap("benchmark");
  }

  @Override
  public void put(String key, String value) {
    map.put(key, value);
  }

  @Override
  public @Nullable String get(String key) {
    return map.get(key);
  }

  @Override
  public int size() {
    return map.size();
  }

  @Override
  public void close() {
    instance.getLifecycleService().terminate();
  }
}
