package io.daypass.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code ssh pam-verify} ends with, as pam_exec runs it. */
class PamVerifyIT extends WithFakeBroker {
    private static final String VERIFY = "/v1/ssh/verify";
    private static final String OTP = "1z-" + "0123456789".repeat(4);

    @BeforeEach
    void serve() {
        daypass = new Launched(folder)
                .with("PAM_USER", "deploy")
                .with("PAM_TYPE", "auth")
                .with("PAM_RHOST", "192.0.2.7");
        answers("10.1.2.3", "deploy", "pam");
    }

    private void answers(String ip, String user, String role) {
        broker.on(
                "PUT",
                VERIFY,
                200,
                FakeBroker.envelope(
                        "{\"ip\":\"" + ip + "\",\"username\":\"" + user + "\",\"role_name\":\"" + role + "\"}"));
    }

    private Launched.Ended verify(String stdin, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("ssh", "pam-verify", "--address", broker.url()));
        arguments.addAll(List.of(more));
        return daypass.run(stdin, arguments);
    }

    private void assertOut(Launched.Ended ended) throws Exception {
        assertTrue(ended.code() != 0, "let in");
        assertFalse((ended.out() + ended.err()).contains(OTP), "the password is shown");
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertFalse(Files.readString(file).contains(OTP), file::toString);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\0", "\n", "\0garbage"})
    void password_thatTheBrokerKnows_letsIn(String end) throws Exception {
        Launched.Ended ended = verify(OTP + end, "--ip", "10.1.2.3", "--role", "other", "--role", "pam");
        assertEquals(0, ended.code(), ended.err());
        assertTrue(ended.err().contains("let in: deploy from 192.0.2.7"), ended.err());
        assertFalse((ended.out() + ended.err()).contains(OTP));
        FakeBroker.Asked asked = broker.asked(VERIFY).get(0);
        assertEquals("{\"otp\":\"" + OTP + "\"}", asked.body());
        assertFalse(asked.headers().containsKey("x-vault-token"));
    }

    @Test
    void address_inANetworkThatIsNamed_letsIn() throws Exception {
        assertEquals(0, verify(OTP, "--ip", "192.0.2.1", "--ip", "10.1.0.0/16").code());
        answers("2001:db8::7", "deploy", "pam");
        assertEquals(0, verify(OTP, "--ip", "2001:db8::/32").code());
        assertOut(verify(OTP, "--ip", "2001:db9::/32"));
    }

    @Test
    void password_ofAnotherUserHostOrRole_doesNot() throws Exception {
        assertOut(verify(OTP, "--ip", "10.1.2.4"));
        assertOut(verify(OTP, "--ip", "10.2.0.0/16"));
        assertOut(verify(OTP, "--ip", "10.1.2.3", "--role", "other"));
        answers("10.1.2.3", "root", "pam");
        assertOut(verify(OTP, "--ip", "10.1.2.3"));
        answers("", "", "");
        assertOut(verify(OTP, "--ip", "10.1.2.3"));
        answers("127.0.0.1", "deploy", "pam");
        assertOut(verify(OTP));
        broker.on("PUT", VERIFY, 200, FakeBroker.envelope("null"));
        assertOut(verify(OTP, "--ip", "10.1.2.3"));
        broker.on("PUT", VERIFY, 204, "");
        assertOut(verify(OTP, "--ip", "10.1.2.3"));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 429, 500, 503, 302})
    void anyOtherAnswer_doesNot(int status) throws Exception {
        broker.on("PUT", VERIFY, status, "{\"errors\":[\"otp: OTP not found\"]}");
        assertOut(verify(OTP, "--ip", "10.1.2.3"));
    }

    @Test
    void brokerThatIsAwayOrMute_doesNot() throws Exception {
        broker.on("PUT", VERIFY, exchange -> {});
        assertOut(verify(OTP, "--ip", "10.1.2.3", "--timeout", "1"));
        broker.stop();
        assertOut(verify(OTP, "--ip", "10.1.2.3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "my real password", "verify-echo-request", "\b\n\r\177INCORRECT"})
    void whatIsNoOneTimePassword_isNotEvenSent(String typed) throws Exception {
        assertTrue(verify(typed, "--ip", "10.1.2.3").code() != 0);
        assertTrue(verify(OTP + "0", "--ip", "10.1.2.3").code() != 0);
        assertTrue(verify("x".repeat(100_000) + OTP, "--ip", "10.1.2.3").code() != 0);
        assertEquals(List.of(), broker.asked());
    }

    @Test
    void usedWrongly_doesNot_andAsksNobody() throws Exception {
        for (List<String> wrong : List.of(
                List.of("--ip", "10.1.2.300"),
                List.of("--ip", "10.1.2.0/33"),
                List.of("--ip", "web1.example"),
                List.of("--timeout", "0"),
                List.of("--unknown"),
                List.of("argument"))) {
            assertOut(verify(OTP, wrong.toArray(String[]::new)));
        }
        daypass.with("DAYPASS_ADDR", broker.url());
        assertOut(daypass.run(OTP, List.of("ssh", "pam-verify", "--ip", "10.1.2.3")));
        assertOut(daypass.run(
                OTP, List.of("ssh", "pam-verify", "--ip", "10.1.2.3", "--address", "http://broker.example:8200")));
        daypass.with("PAM_TYPE", "open_session");
        assertOut(verify(OTP, "--ip", "10.1.2.3"));
        daypass.with("PAM_TYPE", "auth").with("PAM_USER", "");
        assertOut(verify(OTP, "--ip", "10.1.2.3"));
        assertEquals(List.of(), broker.asked());
    }
}
