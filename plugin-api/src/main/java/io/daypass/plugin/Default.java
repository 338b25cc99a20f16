package io.daypass.plugin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The value of a record component that a request left out, as JSON writes it: {@code "1h"}, {@code "5"}. A component without one is required, but for {@code Optional}, {@code List} and {@code Map}, which are then empty. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Default {
    /** The text. */
    String value();
}
