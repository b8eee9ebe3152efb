package io.p2pmap.spring.web;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;

/** Calls a hook before the first byte and before each flush. */
final class HookedStream extends ServletOutputStream {

  private final ServletOutputStream out;
  private final Runnable hook;
  private boolean hasBegun;

  HookedStream(ServletOutputStream out, Runnable hook) {
    this.out = out;
    this.hook = hook;
  }

  private void begin() {
    if (!hasBegun) {
      hasBegun = true;
      hook.run();
    }
  }

  @Override
  public void write(int b) throws IOException {
    begin();
    out.write(b);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    begin();
    out.write(bytes, offset, length);
  }

  @Override
  public void flush() throws IOException {
    hook.run();
    out.flush();
  }

  @Override
  public void close() throws IOException {
    hook.run();
    out.close();
  }

  @Override
  public boolean isReady() {
    return out.isReady();
  }

  @Override
  public void setWriteListener(WriteListener listener) {
    out.setWriteListener(listener);
  }
}
