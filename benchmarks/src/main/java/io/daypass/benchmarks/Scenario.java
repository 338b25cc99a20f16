package io.daypass.benchmarks;

/** One thing that is measured. */
public interface Scenario {
    /** The name it is chosen by. */
    String name();

    /** What it measures, in a sentence. */
    String about();

    /** Measures, and leaves its lines. */
    void run(Bench bench) throws Exception;
}
