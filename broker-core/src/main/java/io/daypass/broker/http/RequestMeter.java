package io.daypass.broker.http;

/** Hears how long requests took. Must not block. */
@FunctionalInterface
public interface RequestMeter {
    /**
     * @param place the first segment of the path; {@code none} where nothing is
     * @param status of the answer
     * @param nanos from its head to its answer
     */
    void served(String place, int status, long nanos);
}
