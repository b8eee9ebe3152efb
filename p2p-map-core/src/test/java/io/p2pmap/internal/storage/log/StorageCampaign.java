package io.p2pmap.internal.storage.log;

import io.p2pmap.internal.storage.log.SimulatedDisk.Fault;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The long forms of the tests; see the profile "storage". */
@Tag("storage-campaign")
class StorageCampaign {

  @TempDir Path root;

  @Test
  void noCrashLosesAnAcknowledgedRecord() throws Exception {
    long crashes = CrashTest.crashes(Campaigns.seed(), Campaigns.count("crashes", 100_000));
    Campaigns.report("simulated crashes: %d, lost 0".formatted(crashes));
  }

  @Test
  void noFailingCallLeadsToAFalseAcknowledgement() throws Exception {
    int seeds = Campaigns.count("faults", 200);
    long failures = 0;
    for (Fault fault : Fault.values()) {
      failures += FaultTest.failEveryCall(Campaigns.seed(), seeds, fault);
    }
    Campaigns.report("failing calls: %d, false acknowledgements 0".formatted(failures));
  }

  @Test
  void noDamageGivesAWrongValueOrASilentLoss() throws Exception {
    int rounds = Campaigns.count("flips", 100_000);
    int lossy = DamageTest.damageMany(Campaigns.seed(), rounds);
    Campaigns.report(
        "damaged files: %d, of which %d lost records, silently 0, wrong 0"
            .formatted(rounds, lossy));
  }

  @Test
  void noKillLosesAnAcknowledgedRecord() throws Exception {
    int kills = Campaigns.count("kills", 500);
    long acknowledged = KillTest.killAgainAndAgain(root, kills, Campaigns.seed());
    Campaigns.report("kills: %d, acknowledged writes: %d, lost 0".formatted(kills, acknowledged));
  }
}
