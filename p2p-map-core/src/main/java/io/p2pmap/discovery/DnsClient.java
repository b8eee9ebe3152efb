package io.p2pmap.discovery;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.NoInitialContextException;
import javax.naming.directory.Attribute;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;
import org.jspecify.annotations.Nullable;

/**
 * Asks name servers for records, through the JDK's own DNS client, which caches nothing. Threading:
 * any.
 */
final class DnsClient {

  private static final String FACTORY = "com.sun.jndi.dns.DnsContextFactory";
  private static final String TIMEOUT_MILLIS = "500"; // doubled with each try
  private static final String TRIES = "2";

  private final Hashtable<String, String> environment = new Hashtable<>();
  private final String servers;

  /** A client of one server, or of those the machine uses. */
  DnsClient(@Nullable InetSocketAddress server) {
    servers = server == null ? "dns:" : "dns://" + hostAndPort(server);
    environment.put(Context.INITIAL_CONTEXT_FACTORY, FACTORY);
    environment.put(Context.PROVIDER_URL, servers);
    environment.put("com.sun.jndi.dns.timeout.initial", TIMEOUT_MILLIS);
    environment.put("com.sun.jndi.dns.timeout.retries", TRIES);
    requireModule();
  }

  private static String hostAndPort(InetSocketAddress server) {
    String host = server.getHostString();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + server.getPort();
  }

  private void requireModule() {
    try {
      new InitialDirContext(environment).close();
    } catch (NoInitialContextException e) {
      throw new IllegalStateException("Discovery by DNS needs the Java module jdk.naming.dns", e);
    } catch (NamingException e) {
      // no name server is configured yet: that is said when one is asked
    }
  }

  /**
   * The texts of all records of one type; none if the name does not exist.
   *
   * @throws IllegalStateException if no server answers
   */
  List<String> records(String name, String type) {
    try {
      DirContext context = new InitialDirContext(environment);
      try {
        return texts(context.getAttributes(name, new String[] {type}).get(type));
      } finally {
        context.close();
      }
    } catch (NameNotFoundException e) {
      return List.of();
    } catch (NamingException e) {
      throw new IllegalStateException(
          "No answer of %s to %s %s: %s".formatted(servers, type, name, e.getMessage()), e);
    }
  }

  private static List<String> texts(@Nullable Attribute records) throws NamingException {
    List<String> texts = new ArrayList<>();
    if (records != null) {
      NamingEnumeration<?> values = records.getAll();
      while (values.hasMore()) {
        texts.add(String.valueOf(values.next()));
      }
    }
    return texts;
  }
}
