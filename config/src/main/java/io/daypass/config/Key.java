package io.daypass.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says of a record component what its key in the file means. The file is read by it, and the manual's page is written
 * from it, so the two can't differ. The key is the component's name in {@code snake_case}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Key {
    /** What it means, and how it acts with others; a sentence or a few. */
    String value();

    /**
     * The value if the key is left out, as the file would have it. Without one, the key must be there, unless the
     * component is a list, a record or an {@code Optional}.
     */
    String otherwise() default "";

    /** The least value, as the file would have it. */
    String min() default "";

    /** The greatest value, as the file would have it. */
    String max() default "";
}
