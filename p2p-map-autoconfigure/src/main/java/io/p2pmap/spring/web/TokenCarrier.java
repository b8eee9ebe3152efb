package io.p2pmap.spring.web;

import io.p2pmap.WriteToken;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.util.StringUtils;

/**
 * Finds the token in a request and puts one into a response.
 *
 * <p>Threading: any thread.
 */
final class TokenCarrier {

  private static final Logger LOG = LoggerFactory.getLogger(TokenCarrier.class);

  private final P2pMapWebProperties.Token properties;

  TokenCarrier(P2pMapWebProperties.Token properties) {
    this.properties = properties;
  }

  private boolean isCookie() {
    return properties.carrier() == P2pMapWebProperties.Carrier.COOKIE;
  }

  /** The token that the client brought; what is no token counts as none. */
  WriteToken read(HttpServletRequest request) {
    String text = isCookie() ? cookie(request) : request.getHeader(properties.name());
    if (text == null) {
      return WriteToken.none();
    }
    try {
      return WriteToken.parse(text);
    } catch (IllegalArgumentException ex) {
      LOG.debug("A client brought a token that is none", ex);
      return WriteToken.none();
    }
  }

  private @Nullable String cookie(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    if (cookies != null) {
      for (Cookie cookie : cookies) {
        if (cookie.getName().equals(properties.name())) {
          return cookie.getValue();
        }
      }
    }
    return null;
  }

  void write(WriteToken token, HttpServletRequest request, HttpServletResponse response) {
    if (isCookie()) {
      response.addHeader(HttpHeaders.SET_COOKIE, cookie(token, request).toString());
    } else {
      response.setHeader(properties.name(), token.toString());
    }
  }

  private ResponseCookie cookie(WriteToken token, HttpServletRequest request) {
    String path = request.getContextPath();
    return ResponseCookie.from(properties.name(), token.toString())
        .path(StringUtils.hasLength(path) ? path : "/")
        .maxAge(properties.maxAge())
        .httpOnly(true)
        .secure(request.isSecure())
        .sameSite("Lax")
        .build();
  }
}
