package io.daypass.broker.mount;

import java.util.Map;
import java.util.function.Supplier;

/**
 * What a mount's engine lets an operator watch.
 *
 * @param name as declared
 * @param about one line
 * @param read by target; never fails, and is empty where the engine's code does
 */
record TargetGauge(String name, String about, Supplier<Map<String, Double>> read) {}
