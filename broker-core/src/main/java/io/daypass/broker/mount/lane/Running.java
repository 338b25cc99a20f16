package io.daypass.broker.mount.lane;

import java.util.concurrent.CompletionStage;

/**
 * Work that was put into a lane.
 *
 * @param result what came of it; fails with {@link LateException} at its deadline
 * @param returned the same, but only when the code has really returned, however late; never for work that was not started
 */
public record Running<T>(CompletionStage<T> result, CompletionStage<T> returned) {}
