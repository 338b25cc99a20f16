package io.daypass.broker.audit;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Takes whole lines, durably. Used by one thread. */
interface Appender extends Closeable {
    /**
     * Appends all of these lines, or none of them.
     *
     * @throws IOException if they may not be durable; to append them again is right
     */
    void append(ByteBuffer lines) throws IOException;
}
