package io.p2pmap.internal.transport.jgroups;

import static org.assertj.core.api.Assertions.assertThat;

import org.jgroups.Global;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SerializationLockTest {

  private final String before = System.getProperty(SerializationLock.PROPERTY);

  @AfterEach
  void restore() {
    if (before == null) {
      System.clearProperty(SerializationLock.PROPERTY);
    } else {
      System.setProperty(SerializationLock.PROPERTY, before);
    }
  }

  @Test
  void nothingMayBeDeserializedByDefault() {
    System.clearProperty(SerializationLock.PROPERTY);

    SerializationLock.close();

    assertThat(System.getProperty(Global.DESERIALIZATION_FILTER)).isEqualTo("!*");
  }

  @Test
  void aFilterOfTheUserStays() {
    System.setProperty(SerializationLock.PROPERTY, "com.example.**;!*");

    SerializationLock.close();

    assertThat(System.getProperty(SerializationLock.PROPERTY)).isEqualTo("com.example.**;!*");
  }
}
