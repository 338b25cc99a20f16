package io.daypass.broker.policy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

class PolicyFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void parse_givesPolicyOrSaysWhyNot(byte[] text) {
        RoundTrip.check(new String(text, StandardCharsets.UTF_8));
    }
}
