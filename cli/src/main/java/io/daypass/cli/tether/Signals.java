package io.daypass.cli.tether;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;

/**
 * Hears of signals, in place of the JVM, which would end at them. The JDK has no supported way to do so; {@code
 * sun.misc.Signal}, which every JDK from 17 to 25 has and exports, is spoken to by reflection, since the compiler warns
 * of it otherwise.
 */
final class Signals {
    private Signals() {}

    /**
     * Hears of a signal from now on.
     *
     * @param name without {@code SIG}, such as {@code TERM}
     * @param heard is told the name, on a thread of the JVM
     * @return whether the JVM lets us; it keeps some for itself
     */
    static boolean hear(String name, Consumer<String> heard) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            heard.accept(name);
                            return null;
                        }
                        return answer(self, method, arguments);
                    });
            Object term = signal.getConstructor(String.class).newInstance(name);
            signal.getMethod("handle", signal, handler).invoke(null, term, proxy);
            return true;
        } catch (InvocationTargetException kept) {
            if (kept.getCause() instanceof IllegalArgumentException) {
                return false;
            }
            throw new IllegalStateException("the signal " + name + " can't be heard", kept.getCause());
        } catch (ReflectiveOperationException absent) {
            return false;
        }
    }

    private static Object answer(Object self, Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "equals" -> self == arguments[0];
            case "hashCode" -> System.identityHashCode(self);
            default -> "signals for a child";
        };
    }
}
