package io.daypass.plugin.database;

import io.daypass.plugin.Secret;
import java.util.Objects;

/**
 * A login of the broker's own, which creates users. Where a login pays for every user it has made, several share them.
 * The database makes it when it is first needed; its password is stored before that.
 *
 * @param name of the login
 * @param password of it
 */
public record MintingLogin(String name, Secret password) {
    public MintingLogin {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(password, "password");
    }
}
