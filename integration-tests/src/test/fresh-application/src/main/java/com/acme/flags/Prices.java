package com.acme.flags;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.stereotype.Service;

@Service
public class Prices {

  private final String node;

  Prices(@Value("${p2pmap.node-name}") String node) {
    this.node = node;
  }

  @Cacheable("prices")
  public Price of(String article) {
    return new Price(article, node);
  }
}
