package io.daypass.lease;

import java.time.Instant;

/**
 * What is seen of a lane whose target is away.
 *
 * @param since when the target was first found away
 * @param attempts how often it was tried since
 * @param error what the last attempt met, without secrets
 * @param probeAt when the next attempt comes
 */
public record OpenBreaker(Instant since, int attempts, String error, Instant probeAt) {}
