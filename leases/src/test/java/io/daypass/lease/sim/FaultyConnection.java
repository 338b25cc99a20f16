package io.daypass.lease.sim;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;

/** A connection whose commits fail now and then, and then may or may not have happened. */
final class FaultyConnection {
    private final Connection real;
    private final Faults faults;

    private FaultyConnection(Connection real, Faults faults) {
        this.real = real;
        this.faults = faults;
    }

    static Connection of(Connection real, Faults faults) {
        FaultyConnection faulty = new FaultyConnection(real, faults);
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> faulty.call(method, arguments));
    }

    /** What happens to commits. */
    interface Faults {
        /** True: it fails, and didn't happen. */
        boolean before();

        /** It has happened. True: it fails nevertheless. */
        boolean after();
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
        if (!method.getName().equals("commit")) {
            return invoke(method, arguments);
        }
        if (faults.before()) {
            throw new SQLException("the disk said no");
        }
        Object done = invoke(method, arguments);
        if (faults.after()) {
            throw new SQLException("the disk said nothing");
        }
        return done;
    }

    private Object invoke(Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
