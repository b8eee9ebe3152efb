package com.acme.flags;

public record Price(String article, String computedBy) {}
