package io.p2pmap.spring.web;

import java.io.PrintWriter;
import java.io.Writer;

/** Calls a hook before the first character and before each flush. */
final class HookedWriter extends Writer {

  private final PrintWriter out;
  private final Runnable hook;
  private boolean hasBegun;

  HookedWriter(PrintWriter out, Runnable hook) {
    this.out = out;
    this.hook = hook;
  }

  @Override
  public void write(char[] characters, int offset, int length) {
    if (!hasBegun) {
      hasBegun = true;
      hook.run();
    }
    out.write(characters, offset, length);
  }

  @Override
  public void flush() {
    hook.run();
    out.flush();
  }

  @Override
  public void close() {
    hook.run();
    out.close();
  }
}
