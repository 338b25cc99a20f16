/** What the connectors of SQL databases share: sessions kept and cut, their clocks, and the texts that they fill in. */
@NullMarked
package io.daypass.engine.sql;

import org.jspecify.annotations.NullMarked;
