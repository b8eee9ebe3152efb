package io.p2pmap.internal.transport.jgroups;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.jgroups.Address;
import org.jgroups.View;
import org.jgroups.util.ByteArray;
import org.jgroups.util.Util;
import org.junit.jupiter.api.Test;

class MeshMergeTest {

  private final Drops drops = new Drops();
  private final MeshMerge merge = new MeshMerge(drops);
  private final Address member = RogueChannel.address(UUID.randomUUID());
  private final View view = View.create(member, 7, member);

  @Test
  void aViewIsReadAsJGroupsWritesIt() throws Exception {
    ByteArray written = Util.streamableToBuffer(view);

    assertThat((Object) merge.readView(written.getArray(), 0, written.getLength())).isEqualTo(view);
    assertThat((Object) merge.readView(null, 0, 0)).isNull();
    assertThat(drops.total()).isZero();
  }

  @Test
  void everyViewThatIsCutOffIsCounted() throws Exception {
    ByteArray written = Util.streamableToBuffer(view);

    for (int length = 0; length < written.getLength(); length++) {
      assertThat((Object) merge.readView(written.getArray(), 0, length)).isNull();
    }

    assertThat(drops.of(Drops.Reason.MALFORMED)).isEqualTo(written.getLength());
  }
}
