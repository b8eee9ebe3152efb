package io.p2pmap.internal.wire;

import java.util.Arrays;
import java.util.Random;

/** Ways in which a frame may be broken by accident or by somebody. */
public enum Mutation {
  FLIP {
    @Override
    byte[] apply(byte[] frame, Random random) {
      byte[] changed = frame.clone();
      changed[random.nextInt(frame.length)] ^= (byte) (1 << random.nextInt(8));
      return changed;
    }
  },
  TRUNCATE {
    @Override
    byte[] apply(byte[] frame, Random random) {
      return Arrays.copyOf(frame, random.nextInt(frame.length));
    }
  },
  INSERT {
    @Override
    byte[] apply(byte[] frame, Random random) {
      byte[] inserted = new byte[1 + random.nextInt(8)];
      random.nextBytes(inserted);
      return splice(frame, random.nextInt(frame.length + 1), 0, inserted);
    }
  },
  DUPLICATE {
    @Override
    byte[] apply(byte[] frame, Random random) {
      int from = random.nextInt(frame.length);
      int to = from + random.nextInt(frame.length - from + 1);
      return splice(frame, to, 0, Arrays.copyOfRange(frame, from, to));
    }
  },
  REMOVE {
    @Override
    byte[] apply(byte[] frame, Random random) {
      int from = random.nextInt(frame.length);
      return splice(frame, from, random.nextInt(frame.length - from + 1), new byte[0]);
    }
  },
  /** Puts a large number where a length or a time may be. */
  BLOW_UP {
    @Override
    byte[] apply(byte[] frame, Random random) {
      byte[] number = new byte[1 + random.nextInt(10)];
      Arrays.fill(number, (byte) 0xFF);
      number[number.length - 1] = (byte) random.nextInt(0x80);
      return splice(frame, random.nextInt(frame.length), 1, number);
    }
  },
  RANDOM {
    @Override
    byte[] apply(byte[] frame, Random random) {
      byte[] bytes = frame.clone();
      int from = random.nextInt(frame.length);
      for (int i = from; i < bytes.length; i++) {
        bytes[i] = (byte) random.nextInt();
      }
      return bytes;
    }
  };

  private static final Mutation[] ALL = values();

  abstract byte[] apply(byte[] frame, Random random);

  /** One to three mutations of {@code frame}. */
  public static byte[] mutate(byte[] frame, Random random) {
    byte[] mutated = frame;
    for (int i = random.nextInt(3); i >= 0 && mutated.length > 0; i--) {
      mutated = ALL[random.nextInt(ALL.length)].apply(mutated, random);
    }
    return mutated;
  }

  private static byte[] splice(byte[] frame, int at, int removed, byte[] inserted) {
    byte[] spliced = Arrays.copyOf(frame, frame.length - removed + inserted.length);
    System.arraycopy(inserted, 0, spliced, at, inserted.length);
    int rest = frame.length - at - removed;
    System.arraycopy(frame, at + removed, spliced, at + inserted.length, rest);
    return spliced;
  }
}
