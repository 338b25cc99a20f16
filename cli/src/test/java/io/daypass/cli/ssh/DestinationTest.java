package io.daypass.cli.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.daypass.cli.shell.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationTest {
    @Test
    void parse_splitsAtTheLastAt() {
        assertEquals(new Destination("", "web1.example"), Destination.parse("web1.example"));
        assertEquals(new Destination("deploy", "web1"), Destination.parse("deploy@web1"));
        assertEquals(new Destination("a@corp.example", "web1"), Destination.parse("a@corp.example@web1"));
        assertEquals(new Destination("CORP\\a", "web1"), Destination.parse("CORP\\a@web1"));
    }

    @Test
    void parse_takesAddressesOfIpv6_inBracketsOrWithout() {
        assertEquals(new Destination("", "::1"), Destination.parse("::1"));
        assertEquals(new Destination("a", "fe80::1%eth0"), Destination.parse("a@[fe80::1%eth0]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@",
                "a@",
                "@web1",
                "-oProxyCommand=x",
                "a@-oProxyCommand=x",
                "-a@web1",
                "a,root@web1",
                "a b@web1",
                "a\n@web1",
                "web1\u0000",
                "ssh://web1",
                "a\t@web1",
                "a|b",
                "$x",
                "`id`",
                "a\\b",
                "a;b@web1",
                "$(id)@web1",
                "a\\@web1",
                "a'b@web1"
            })
    void parse_refusesWhatSshWouldTakeForSomethingElse(String text) {
        assertThrows(Failure.class, () -> Destination.parse(text));
    }
}
