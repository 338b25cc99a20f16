package io.daypass.engine.ssh.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TailTest {
    @Test
    void tail_isTheEndOfWhatWasWritten_howeverItCame() {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 500; round++) {
            Tail tail = new Tail(16);
            StringBuilder all = new StringBuilder();
            while (all.length() < 100) {
                byte[] some = new byte[random.nextInt(40)];
                for (int i = 0; i < some.length; i++) {
                    some[i] = (byte) ('a' + random.nextInt(26));
                }
                int from = some.length == 0 ? 0 : random.nextInt(some.length);
                tail.write(some, from, some.length - from);
                all.append(new String(some, from, some.length - from, StandardCharsets.US_ASCII));
                if (random.nextInt(4) == 0) {
                    tail.write('!');
                    all.append('!');
                }
                assertEquals(all.substring(Math.max(0, all.length() - 16)), tail.text());
            }
        }
    }
}
