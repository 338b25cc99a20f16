package io.daypass.cli.tether;

import io.daypass.cli.command.PassesOn;
import io.daypass.cli.command.Session;
import io.daypass.cli.shell.Display;
import io.daypass.cli.shell.Failure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code run}: runs a program with credentials in its environment, for as long as it lives. */
@Command(
        customSynopsis = "daypass run --lease PATH [OPTIONS] -- PROGRAM [ARGUMENTS]",
        description = {
            "The lease is of 30 s, renewed every 10 s while the program lives and revoked when it ends. Killed with -9,"
                    + " or stopped (Ctrl-Z), nobody renews it, and access is gone within the minute. If the lease is"
                    + " gone while the program lives, the program gets SIGTERM. Its exit code and signals pass through.",
            "",
            "Sets DAYPASS_LEASE_ID; for databases DB_USERNAME, DB_PASSWORD, PGHOST, PGPORT, PGDATABASE, PGSSLMODE,"
                    + " PGUSER and PGPASSWORD too."
        },
        footer = {
            "  daypass run --lease database/creds/reader -- ./app --port 8080",
            "  daypass run --lease database/creds/reader --env SPRING_DATASOURCE_USERNAME=username \\",
            "      --env SPRING_DATASOURCE_PASSWORD=password -- java -jar app.jar",
            "  daypass run --lease database/creds/backup --reason 'nightly dump' -- pg_dump -f dump.sql"
        })
public final class Run implements PassesOn {
    @Option(names = "--lease", required = true, paramLabel = "PATH", description = "what issues the credentials")
    private String lease = "";

    @Option(
            names = "--env",
            paramLabel = "NAME=FIELD",
            description = "a variable for a field; for username and password it takes the place of DB_...")
    private Map<String, String> renamed = new LinkedHashMap<>();

    private List<String> program = List.of();

    @Override
    public void passOn(List<String> rest) {
        program = List.copyOf(rest);
    }

    private static void check(String name) {
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw Failure.usage(
                    "--env: \"" + Display.line(name) + "\" can't be a variable's name",
                    "--env NAME=FIELD, such as --env APP_PASSWORD=password");
        }
    }

    @Override
    public int run(Session session) {
        if (program.isEmpty()) {
            throw Failure.usage(
                    "there is no program to run: it stands behind --",
                    "daypass run --lease " + Display.line(lease) + " -- PROGRAM");
        }
        renamed.keySet().forEach(Run::check);
        return new Tether(session, lease, renamed, true).run(program);
    }
}
