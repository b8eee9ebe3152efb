package io.p2pmap.spring.web;

import io.p2pmap.ReplicatedMaps;
import io.p2pmap.WriteToken;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets a client read its own writes on every node: a request waits until this node has applied what
 * the client's token names, and a response has a new token if this node wrote meanwhile. Writes of
 * requests that run at the same time are in it, too, whatever threads make them; that costs a
 * client nothing but a wait that it could have done without.
 *
 * <p>Threading: any thread.
 */
final class SessionConsistencyFilter extends OncePerRequestFilter {

  private static final Logger LOG = LoggerFactory.getLogger(SessionConsistencyFilter.class);

  private static final String RESPONSE = SessionConsistencyFilter.class.getName() + ".RESPONSE";

  private final ReplicatedMaps maps;
  private final TokenCarrier carrier;
  private final Duration timeout;
  private final Semaphore waiting;

  SessionConsistencyFilter(ReplicatedMaps maps, P2pMapWebProperties.Token properties) {
    this.maps = maps;
    this.carrier = new TokenCarrier(properties);
    this.timeout = properties.timeout();
    this.waiting = new Semaphore(properties.maxWaiting());
  }

  /** An asynchronous request ends in such a dispatch, and its response needs the token then. */
  @Override
  protected boolean shouldNotFilterAsyncDispatch() {
    return false;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (request.getAttribute(RESPONSE) instanceof TokenResponse before) {
      filter(request, response, chain, before);
      return;
    }
    WriteToken brought = carrier.read(request);
    await(brought);
    TokenResponse wrapped = new TokenResponse(request, response, brought, maps, carrier);
    request.setAttribute(RESPONSE, wrapped);
    filter(request, wrapped, chain, wrapped);
  }

  private static void filter(
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain,
      TokenResponse tokens)
      throws ServletException, IOException {
    try {
      chain.doFilter(request, response);
    } finally {
      if (!request.isAsyncStarted()) {
        tokens.addToken();
      }
    }
  }

  private void await(WriteToken token) {
    try {
      if (!maps.awaitToken(token, Duration.ZERO) && !awaitInTurn(token)) {
        LOG.debug("A request goes on although writes of its client have not arrived");
      }
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
    }
  }

  /** Tokens can be made up, so those who wait must not take all threads of the server. */
  private boolean awaitInTurn(WriteToken token) throws InterruptedException {
    if (!waiting.tryAcquire()) {
      return false;
    }
    try {
      return maps.awaitToken(token, timeout);
    } finally {
      waiting.release();
    }
  }
}
