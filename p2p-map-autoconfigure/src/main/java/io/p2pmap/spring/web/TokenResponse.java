package io.p2pmap.spring.web;

import io.p2pmap.ReplicatedMaps;
import io.p2pmap.WriteToken;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/**
 * Puts the token of what was written meanwhile into a response, before something that may commit
 * it: the first byte of the body, a flush, an error, a redirect.
 *
 * <p>Threading: the threads of one request, one at a time.
 */
final class TokenResponse extends HttpServletResponseWrapper {

  private final HttpServletRequest request;
  private final WriteToken brought;
  private final ReplicatedMaps maps;
  private final TokenCarrier carrier;
  private final WriteToken before;
  private WriteToken added;
  private @Nullable ServletOutputStream stream;
  private @Nullable PrintWriter writer;

  TokenResponse(
      HttpServletRequest request,
      HttpServletResponse response,
      WriteToken brought,
      ReplicatedMaps maps,
      TokenCarrier carrier) {
    super(response);
    this.request = request;
    this.brought = brought;
    this.maps = maps;
    this.carrier = carrier;
    this.before = maps.token();
    this.added = brought;
  }

  /** Adds the token if there is something new in it and the headers are not sent yet. */
  void addToken() {
    if (isCommitted()) {
      return;
    }
    WriteToken session = brought.merge(maps.token().since(before));
    if (!session.equals(added)) {
      carrier.write(session, request, (HttpServletResponse) getResponse());
      added = session;
    }
  }

  @Override
  public ServletOutputStream getOutputStream() throws IOException {
    ServletOutputStream known = stream;
    if (known == null) {
      known = new HookedStream(super.getOutputStream(), this::addToken);
      stream = known;
    }
    return known;
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    PrintWriter known = writer;
    if (known == null) {
      known = new PrintWriter(new HookedWriter(super.getWriter(), this::addToken));
      writer = known;
    }
    return known;
  }

  @Override
  public void flushBuffer() throws IOException {
    addToken();
    super.flushBuffer();
  }

  @Override
  public void sendError(int status) throws IOException {
    addToken();
    super.sendError(status);
  }

  @Override
  public void sendError(int status, String message) throws IOException {
    addToken();
    super.sendError(status, message);
  }

  @Override
  public void sendRedirect(String location) throws IOException {
    addToken();
    super.sendRedirect(location);
  }

  @Override
  public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
    addToken();
    super.sendRedirect(location, status, clearBuffer);
  }

  @Override
  public void reset() {
    super.reset();
    added = brought;
    stream = null;
    writer = null;
  }
}
