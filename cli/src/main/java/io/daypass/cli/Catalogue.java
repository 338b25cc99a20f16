package io.daypass.cli;

import io.daypass.cli.authority.TlsInit;
import io.daypass.cli.basic.Delete;
import io.daypass.cli.basic.ListKeys;
import io.daypass.cli.basic.Read;
import io.daypass.cli.basic.Status;
import io.daypass.cli.basic.Version;
import io.daypass.cli.basic.Write;
import io.daypass.cli.contexts.ListContexts;
import io.daypass.cli.contexts.SaveContext;
import io.daypass.cli.contexts.ShowContext;
import io.daypass.cli.contexts.UseContext;
import io.daypass.cli.event.Tail;
import io.daypass.cli.lease.ListLeases;
import io.daypass.cli.lease.LookupLease;
import io.daypass.cli.lease.RenewLease;
import io.daypass.cli.lease.RevokeLease;
import io.daypass.cli.lease.Who;
import io.daypass.cli.operator.Init;
import io.daypass.cli.operator.Seal;
import io.daypass.cli.operator.Unseal;
import io.daypass.cli.policy.DeletePolicy;
import io.daypass.cli.policy.ListPolicies;
import io.daypass.cli.policy.ReadPolicy;
import io.daypass.cli.policy.WritePolicy;
import io.daypass.cli.secrets.Disable;
import io.daypass.cli.secrets.Enable;
import io.daypass.cli.secrets.ListMounts;
import io.daypass.cli.secrets.Move;
import io.daypass.cli.secrets.Tune;
import io.daypass.cli.ssh.Connect;
import io.daypass.cli.ssh.Mine;
import io.daypass.cli.ssh.RevokeMine;
import io.daypass.cli.ssh.WriteCertificate;
import io.daypass.cli.ssh.client.Fresh;
import io.daypass.cli.ssh.client.Setup;
import io.daypass.cli.ssh.host.RenewHost;
import io.daypass.cli.ssh.host.SetUpHost;
import io.daypass.cli.ssh.host.SyncList;
import io.daypass.cli.ssh.pam.PamVerify;
import io.daypass.cli.tether.Psql;
import io.daypass.cli.tether.Run;
import io.daypass.cli.token.CreateToken;
import io.daypass.cli.token.LookupToken;
import io.daypass.cli.token.RenewToken;
import io.daypass.cli.token.RevokeToken;
import java.util.List;

/** All commands, in the order in which help shows them. */
final class Catalogue {
    /** All of them. */
    static final List<Entry> ENTRIES = List.of(
            new Entry("status", "Show whether the broker is there, and open", Status::new),
            new Entry("read", "Read a path; credentials are minted by reading", Read::new),
            new Entry("write", "Write to a path", Write::new),
            new Entry("list", "List what is below a path", ListKeys::new),
            new Entry("delete", "Delete what is at a path", Delete::new),
            new Entry("secrets enable", "Mount an engine", Enable::new),
            new Entry("secrets list", "Show which engines are mounted where", ListMounts::new),
            new Entry("secrets tune", "Show or change a mount's limits", Tune::new),
            new Entry("secrets disable", "Unmount an engine, revoking its leases", Disable::new),
            new Entry("secrets move", "Refused; says what to do instead", Move::new),
            new Entry("policy write", "Put a policy in force", WritePolicy::new),
            new Entry("policy read", "Show a policy's text", ReadPolicy::new),
            new Entry("policy list", "Show which policies there are", ListPolicies::new),
            new Entry("policy delete", "Delete a policy", DeletePolicy::new),
            new Entry("token create", "Make a token", CreateToken::new),
            new Entry("token lookup", "Show what a token is", LookupToken::new),
            new Entry("token renew", "Let a token live on", RenewToken::new),
            new Entry("token revoke", "End a token, with all that hangs from it", RevokeToken::new),
            new Entry("lease list", "Show leases", ListLeases::new),
            new Entry("lease lookup", "Show all about a lease", LookupLease::new),
            new Entry("lease renew", "Let a lease live on", RenewLease::new),
            new Entry("lease revoke", "End leases", RevokeLease::new),
            new Entry("who", "Show who holds a credential that was seen somewhere", Who::new),
            new Entry("run", "Run a program with credentials that end when it does", Run::new),
            new Entry("db psql", "Open psql with credentials that end when it does", Psql::new),
            new Entry("ssh", "Log in with a key and a certificate made for it", Connect::new),
            new Entry("ssh cert", "Have a key signed, and write its certificate", WriteCertificate::new),
            new Entry("ssh ls", "Show the certificates that are yours, and when they end", Mine::new),
            new Entry("ssh revoke", "End certificates", RevokeMine::new),
            new Entry("ssh setup", "Make plain ssh, scp and git use certificates by themselves", Setup::new),
            new Entry("ssh fresh", "Renew that certificate if need be; ssh asks for it", Fresh::new),
            new Entry("ssh krl-sync", "Keep a host's revocation list up to date", SyncList::new),
            new Entry("ssh host-setup", "Make a host's sshd take certificates", SetUpHost::new),
            new Entry("ssh host-renew", "Renew a host's certificate if need be", RenewHost::new),
            new Entry("ssh pam-verify", "On a host: check a one-time password for PAM", PamVerify::new),
            new Entry("events tail", "Show what happens to leases, as it happens", Tail::new),
            new Entry("context ls", "Show the brokers that are remembered", ListContexts::new),
            new Entry("context use", "Choose the broker that commands speak to", UseContext::new),
            new Entry("context show", "Show which broker that is, and who chose it", ShowContext::new),
            new Entry("context save", "Remember the broker that is spoken to now", SaveContext::new),
            new Entry("operator tls-init", "Make an authority and a server's certificate", TlsInit::new),
            new Entry("operator init", "Make a new broker's keys, once", Init::new),
            new Entry("operator unseal", "Give one share of the key", Unseal::new),
            new Entry("operator seal", "Close the broker", Seal::new),
            new Entry("completion", "Write the script by which bash completes commands", Completion::new),
            new Entry("version", "Show the version of this command", Version::new));

    private Catalogue() {}
}
