package io.daypass.engine.redis;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.daypass.plugin.Refused;
import io.daypass.plugin.Unavailable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

final class ErrorsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "LOADING Redis is loading the dataset in memory",
                "READONLY You can't write against a read only replica.",
                "MISCONF Redis is configured to save RDB snapshots, but it's unable to persist to disk.",
                "OOM command not allowed when used memory > 'maxmemory'.",
                "BUSY Redis is busy running a script.",
                "MASTERDOWN Link with MASTER is down",
                "CLUSTERDOWN The cluster is down",
                "ERR max number of clients reached"
            })
    void sorted_whatPasses_isUnavailable(String text) {
        assertInstanceOf(Unavailable.class, Server.sorted(new JedisDataException(text)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NOAUTH Authentication required.",
                "WRONGPASS invalid username-password pair or user is disabled.",
                "NOPERM this user has no permissions to run the 'acl|setuser' command",
                "ERR Error in ACL SETUSER modifier '+gett': Unknown command or category name in ACL",
                "ERR This Redis instance is not configured to use an ACL file.",
                "MOVED 3999 127.0.0.1:6381"
            })
    void sorted_whatRedisWillSayAgain_isRefused(String text) {
        assertInstanceOf(Refused.class, Server.sorted(new JedisDataException(text)));
    }

    @Test
    void sorted_whatBrokeOff_isUnavailable() {
        assertInstanceOf(Unavailable.class, Server.sorted(new JedisConnectionException("Unexpected end of stream.")));
    }
}
