package io.daypass.engine.ssh;

import io.daypass.engine.ssh.authority.Authority;
import io.daypass.engine.ssh.authority.AuthorityPaths;
import io.daypass.engine.ssh.host.Lines;
import io.daypass.engine.ssh.krl.RevocationLists;
import io.daypass.engine.ssh.otp.OneTimePasswords;
import io.daypass.engine.ssh.role.Role;
import io.daypass.engine.ssh.role.RoleCheck;
import io.daypass.engine.ssh.sign.Certified;
import io.daypass.engine.ssh.sign.Signing;
import io.daypass.plugin.Engine;
import io.daypass.plugin.Leases;
import io.daypass.plugin.Mount;
import io.daypass.plugin.Table;
import org.pf4j.Extension;

/**
 * Logins by SSH: certificates for people and hosts, one-time passwords where sshd asks PAM, lines of
 * {@code authorized_keys} for hosts without a CA. A certificate can't be called
 * back, so it is a lease like any other here, and the list of those that ended before their time is what sshd reads.
 */
@Extension
public final class SshEngine implements Engine {
    @Override
    public String type() {
        return "ssh";
    }

    @Override
    public void open(Mount mount) {
        Table<Role> roles =
                mount.collection("roles/{role}", Role.class, (name, role, deadline) -> RoleCheck.check(role));
        Authority authority = new Authority(mount);
        AuthorityPaths.declare(mount, authority);
        Leases<Certified> certificates = Signing.declare(mount, roles, authority);
        RevocationLists.declare(mount, authority, certificates.revoked());
        OneTimePasswords.declare(mount, roles);
        Lines.declare(mount, roles, authority);
    }
}
