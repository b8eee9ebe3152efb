package com.acme.flags;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class PriceController {

  private final Prices prices;

  PriceController(Prices prices) {
    this.prices = prices;
  }

  @GetMapping("/prices/{article}")
  Price get(@PathVariable String article) {
    return prices.of(article);
  }
}
