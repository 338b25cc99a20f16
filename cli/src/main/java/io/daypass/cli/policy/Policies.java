package io.daypass.cli.policy;

import io.daypass.cli.shell.Failure;

/** Paths of policies. */
final class Policies {
    static final String ALL = "sys/policies/acl";

    private Policies() {}

    /** Where the policy of that name is. */
    static String path(String name) {
        if (name.isEmpty() || name.contains("/")) {
            throw Failure.usage("a policy's name has no slash in it");
        }
        return ALL + "/" + name;
    }
}
