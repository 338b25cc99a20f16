package io.daypass.config;

import java.util.List;

/** Writes the manual's page on the configuration from the records that read it. */
final class ReferencePage {
    private static final String HEAD = """
            # The configuration file

            `daypass server -config FILE` reads one YAML file. This page is written from the records that read it
            (`io.daypass.config`); a test fails where they differ. Two whole files: `config/examples/single.yaml` for
            one machine, `config/examples/dev.yaml` for trying things out.

            * A key that is not on this page is an error, which names its line and the nearest key there is. So is a
              repeated key. All that is wrong is said at once, as `FILE:LINE: KEY: what, and what to do`; values are
              never repeated, since they may be secrets. The server does not start then.
            * Durations are written `30s`, `5m`, `1h30m`, `7d`, or as a number of seconds. Sizes are written `512B`,
              `16KiB`, `64MiB`, counted by 1,024.
            * Paths are relative to the folder that the server is started in.
            * `${NAME}` in a value is replaced by that environment variable, `${file:PATH}` by that file's text without
              the line feed at its end; `$${` stands for `${` itself. This happens once, after the file was parsed, so
              what comes in is text and nothing else. A variable or a file that is not there is an error.

            """;

    private final StringBuilder page = new StringBuilder(HEAD);

    private ReferencePage() {}

    static String of(Class<? extends Record> root) {
        ReferencePage reference = new ReferencePage();
        reference.section("## At the top", "", "", root);
        return reference.page.toString().stripTrailing() + "\n";
    }

    private void section(String title, String meaning, String path, Class<?> record) {
        List<Setting> settings = Setting.of(record);
        List<Setting> scalars =
                settings.stream().filter(s -> s.shape() == Setting.Shape.SCALAR).toList();
        page.append(title).append("\n\n");
        if (!meaning.isEmpty()) {
            page.append(meaning).append("\n\n");
        }
        if (!scalars.isEmpty()) {
            page.append("| key | what it means | value | if left out | bounds |\n|---|---|---|---|---|\n");
            scalars.forEach(this::row);
            page.append('\n');
        }
        for (Setting setting : settings) {
            if (setting.shape() != Setting.Shape.SCALAR) {
                boolean list = setting.shape() == Setting.Shape.RECORDS;
                String key = path + setting.name();
                section(
                        (path.isEmpty() ? "## " : "### ") + "`" + key + "`" + (list ? ", a list" : ""),
                        setting.key().value(),
                        key + ".",
                        setting.type());
            }
        }
    }

    private void row(Setting setting) {
        Key key = setting.key();
        String absent = key.otherwise().isEmpty()
                ? (setting.optional() ? "none" : "**must be there**")
                : "`" + key.otherwise() + "`";
        String bounds = key.min().isEmpty() && key.max().isEmpty() ? "" : key.min() + " to " + key.max();
        page.append("| `").append(setting.name()).append("` | ").append(key.value());
        page.append(" | ")
                .append(Scalars.described(setting.type()))
                .append(" | ")
                .append(absent);
        page.append(" | ").append(bounds).append(" |\n");
    }
}
