package com.acme.flags;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;

public record FeatureFlag(@NotBlank String owner, @Min(0) @Max(100) int rolloutPercent) {}
