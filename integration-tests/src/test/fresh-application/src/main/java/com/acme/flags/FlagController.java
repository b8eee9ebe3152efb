package com.acme.flags;

import io.p2pmap.InvalidValueException;
import io.p2pmap.ReplicatedMap;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

@RestController
class FlagController {

  private final ReplicatedMap<String, FeatureFlag> flags;

  FlagController(ReplicatedMap<String, FeatureFlag> flags) {
    this.flags = flags;
  }

  @GetMapping("/flags/{name}")
  FeatureFlag get(@PathVariable String name) {
    FeatureFlag flag = flags.get(name);
    if (flag == null) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    return flag;
  }

  @PutMapping("/flags/{name}")
  void put(@PathVariable String name, @RequestBody FeatureFlag flag) {
    flags.put(name, flag);
  }

  @ExceptionHandler
  ProblemDetail on(InvalidValueException refused) {
    ProblemDetail problem = ProblemDetail.forStatus(HttpStatus.BAD_REQUEST);
    problem.setProperty("violations", refused.violations());
    return problem;
  }
}
