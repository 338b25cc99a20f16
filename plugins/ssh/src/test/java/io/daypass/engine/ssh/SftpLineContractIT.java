package io.daypass.engine.ssh;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.TestInstance;

/** Leased lines keep the contract on a host whose logins may use SFTP alone, where nothing vouches for them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SftpLineContractIT extends LineContractIT {
    @Override
    Sshd start(Path home) throws IOException, InterruptedException {
        // Whoever is let in gets SFTP, whatever is asked for; one that asks nothing ends well.
        return Sshd.start(home, "Subsystem sftp internal-sftp", "ForceCommand internal-sftp -d " + home);
    }

    @Override
    ObjectNode host() {
        return super.host().put("sftp", true);
    }

    @Override
    protected Map<String, List<String>> earlierHandles() {
        return Map.of("line", List.of("{'host':'web','mark':'d-of-version-0-2','sftp':true}"));
    }
}
