package io.p2pmap.sample;

import static java.util.stream.Collectors.joining;

import io.p2pmap.InvalidValueException;
import io.p2pmap.MapClosedException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException.Reference;
import tools.jackson.databind.DatabindException;

/** Answers failed requests with problem details (RFC 9457) that name the reason. */
@RestControllerAdvice
final class Problems extends ResponseEntityExceptionHandler {

  @ExceptionHandler
  ProblemDetail refused(InvalidValueException ex) {
    return problem(HttpStatus.BAD_REQUEST, "Value refused", ex.getMessage());
  }

  @ExceptionHandler
  ProblemDetail closed(MapClosedException ex) {
    return problem(HttpStatus.SERVICE_UNAVAILABLE, "Node is stopping", ex.getMessage());
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException ex,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    ProblemDetail problem = problem(HttpStatus.BAD_REQUEST, "Unreadable body", reason(ex));
    return handleExceptionInternal(ex, problem, headers, status, request);
  }

  private static String reason(HttpMessageNotReadableException ex) {
    if (ex.getCause() instanceof DatabindException mismatch) {
      String field =
          mismatch.getPath().stream().map(Reference::getPropertyName).collect(joining("."));
      return field.isEmpty()
          ? "The body is not a JSON object"
          : "'%s' is missing or has a wrong type".formatted(field);
    }
    return "The body is not well-formed JSON";
  }

  private static ProblemDetail problem(HttpStatus status, String title, @Nullable String detail) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
    problem.setTitle(title);
    return problem;
  }
}
