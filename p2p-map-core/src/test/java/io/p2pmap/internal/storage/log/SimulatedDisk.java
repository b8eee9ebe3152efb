package io.p2pmap.internal.storage.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * A disk in memory that is as unreliable as the contract allows. Reads see everything written; a
 * crash loses, reorders and tears what was not forced, and forgets names that were not forced.
 * Every call can be made to fail, or to be the last one.
 *
 * <p>Threading: any thread.
 */
final class SimulatedDisk implements Disk {

  /** The machine has stopped. */
  static final class PowerCut extends Error {
    private static final long serialVersionUID = 1L;

    PowerCut() {
      super("power cut", null, false, false);
    }
  }

  /** What a call does instead of its work. */
  enum Fault {
    IO_ERROR,
    NO_SPACE
  }

  private Map<String, SimulatedFile> names = new TreeMap<>();
  private Map<String, SimulatedFile> forcedNames = new TreeMap<>();
  private final List<Consumer<Map<String, SimulatedFile>>> unforcedNames = new ArrayList<>();
  private long capacity = Long.MAX_VALUE;
  private long calls;
  private long changes;
  private long lastChange = Long.MAX_VALUE;
  private long firstFault = Long.MAX_VALUE;
  private long lastFault = Long.MAX_VALUE;
  private Fault fault = Fault.IO_ERROR;
  private RandomGenerator faultRandom;
  private boolean isDead;

  /** Stops the machine before change {@code number}, counted from now. */
  synchronized void cutPowerAt(long number) {
    changes = 0;
    lastChange = number;
  }

  /** Makes calls {@code first} to {@code last}, counted from now, fail. */
  synchronized void failCalls(long first, long last, Fault kind, RandomGenerator random) {
    calls = 0;
    firstFault = first;
    lastFault = last;
    fault = kind;
    faultRandom = random;
  }

  synchronized void capacity(long bytes) {
    capacity = bytes;
  }

  synchronized long changes() {
    return changes;
  }

  synchronized long calls() {
    return calls;
  }

  synchronized boolean isDead() {
    return isDead;
  }

  synchronized long usedBytes() {
    return names.values().stream().mapToLong(SimulatedFile::length).sum();
  }

  synchronized SimulatedFile file(String name) {
    return names.get(name);
  }

  /** The machine starts again after its power was cut. */
  synchronized void recoverFromPowerCut(CrashStyle style, RandomGenerator random) {
    List<SimulatedFile> files = new ArrayList<>(names.values());
    forcedNames.values().stream().filter(file -> !files.contains(file)).forEach(files::add);
    files.forEach(file -> file.losePower(style, random));
    CrashStyle.Choice choice = style.choose(unforcedNames.size(), random);
    for (int i = 0; i < unforcedNames.size(); i++) {
      if (choice.keeps(i)) {
        unforcedNames.get(i).accept(forcedNames);
      }
    }
    unforcedNames.clear();
    names = new TreeMap<>(forcedNames);
    restart();
  }

  /** Another process starts after the one that used the disk was killed: nothing is lost. */
  synchronized void restart() {
    isDead = false;
    lastChange = Long.MAX_VALUE;
    firstFault = Long.MAX_VALUE;
  }

  /** A disk with the same contents, all of them forced. */
  synchronized SimulatedDisk copy() {
    SimulatedDisk copy = new SimulatedDisk();
    names.forEach((name, file) -> copy.names.put(name, file.copy()));
    copy.forcedNames = new TreeMap<>(copy.names);
    return copy;
  }

  private void call() throws IOException {
    if (isDead) {
      throw new PowerCut();
    }
    calls++;
    if (calls >= firstFault && calls <= lastFault) {
      throw new IOException(fault == Fault.IO_ERROR ? "Input/output error" : NO_SPACE_MESSAGE);
    }
  }

  private static final String NO_SPACE_MESSAGE = "No space left on device";

  private void change() throws IOException {
    changes++;
    if (changes >= lastChange) {
      isDead = true;
    }
    call();
  }

  private void changeNames(Consumer<Map<String, SimulatedFile>> change) {
    change.accept(names);
    unforcedNames.add(change);
  }

  @Override
  public String location() {
    return "simulated disk";
  }

  @Override
  public synchronized List<String> list() throws IOException {
    call();
    return List.copyOf(names.keySet());
  }

  @Override
  public synchronized DiskFile open(String name) throws IOException {
    call();
    return new Handle(existing(name));
  }

  @Override
  public synchronized DiskFile create(String name) throws IOException {
    change();
    SimulatedFile present = names.get(name);
    if (present != null) {
      present.truncate(0);
      return new Handle(present);
    }
    SimulatedFile file = new SimulatedFile();
    changeNames(all -> all.put(name, file));
    return new Handle(file);
  }

  @Override
  public synchronized void rename(String from, String to) throws IOException {
    change();
    SimulatedFile file = existing(from);
    changeNames(
        all -> {
          all.remove(from, file);
          all.put(to, file);
        });
  }

  @Override
  public synchronized void delete(String name) throws IOException {
    change();
    SimulatedFile file = names.get(name);
    if (file != null) {
      changeNames(all -> all.remove(name, file));
    }
  }

  @Override
  public synchronized void forceDirectory() throws IOException {
    change();
    unforcedNames.clear();
    forcedNames = new TreeMap<>(names);
  }

  @Override
  public synchronized void destroy() throws IOException {
    change();
    names.clear();
    forcedNames.clear();
    unforcedNames.clear();
  }

  @Override
  public void close() {}

  private SimulatedFile existing(String name) throws NoSuchFileException {
    SimulatedFile file = names.get(name);
    if (file == null) {
      throw new NoSuchFileException(name);
    }
    return file;
  }

  private final class Handle implements DiskFile {

    private final SimulatedFile file;
    private boolean isClosed;

    Handle(SimulatedFile file) {
      this.file = file;
    }

    private void requireOpen() throws IOException {
      if (isClosed) {
        throw new IOException("closed");
      }
    }

    @Override
    public long size() throws IOException {
      synchronized (SimulatedDisk.this) {
        requireOpen();
        call();
        return file.length();
      }
    }

    @Override
    public void read(ByteBuffer target, long position) throws IOException {
      synchronized (SimulatedDisk.this) {
        requireOpen();
        call();
        file.read(target, (int) position);
      }
    }

    @Override
    public void write(ByteBuffer source, long position) throws IOException {
      synchronized (SimulatedDisk.this) {
        requireOpen();
        byte[] bytes = new byte[source.remaining()];
        source.get(bytes);
        try {
          change();
        } catch (IOException e) {
          file.write(bytes, faultRandom.nextInt(bytes.length + 1), (int) position); // a part of it
          throw e;
        }
        long growth = Math.max(0, position + bytes.length - file.length());
        long room = capacity - usedBytes();
        if (growth > room) {
          long fitting = Math.max(0, bytes.length - (growth - Math.max(0, room)));
          file.write(bytes, (int) fitting, (int) position);
          throw new IOException(NO_SPACE_MESSAGE);
        }
        file.write(bytes, bytes.length, (int) position);
      }
    }

    @Override
    public void truncate(long size) throws IOException {
      synchronized (SimulatedDisk.this) {
        requireOpen();
        change();
        file.truncate((int) Math.min(size, file.length()));
      }
    }

    @Override
    public void force() throws IOException {
      synchronized (SimulatedDisk.this) {
        requireOpen();
        try {
          change();
        } catch (IOException e) {
          file.failForce(faultRandom);
          throw e;
        }
        file.force();
      }
    }

    @Override
    public void close() {
      isClosed = true;
    }
  }
}
