package io.daypass.testkit;

import io.daypass.plugin.Batch;
import io.daypass.plugin.Draft;
import io.daypass.plugin.Engine;
import io.daypass.plugin.Leases;
import io.daypass.plugin.Mint;
import io.daypass.plugin.Mount;
import io.daypass.plugin.Secret;
import io.daypass.plugin.Table;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Stands between an engine and its mount: takes down what the engine declares, drafts, draws and answers, and lets mints
 * go wrong. It knows the SPI's callbacks by their being declared in {@link Mount} and {@link Leases}, so what is added to
 * these passes through.
 */
final class Watch {
    private static final int LEAST_SECRET_BYTES = 16;
    private static final Set<String> WRITES = Set.of("update", "put", "remove");

    final List<Draft<?, ?>> drafts = new CopyOnWriteArrayList<>();
    final List<Record> answers = new CopyOnWriteArrayList<>();
    final List<Secret> drawn = new CopyOnWriteArrayList<>();
    final List<Asked> asked = new CopyOnWriteArrayList<>();
    final List<DeclaredKind> kinds = new CopyOnWriteArrayList<>();
    final List<Chore> chores = new CopyOnWriteArrayList<>();
    /** The names of the entries whose tasks were run. */
    final List<String> tasks = new CopyOnWriteArrayList<>();

    final Map<String, Class<? extends Record>> entries = new ConcurrentHashMap<>();
    private final Set<Object> batched = Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
    /** What the mount made, by what the engine was given for it: handed back, the mount wants its own. */
    private final Map<Object, Object> real = Collections.synchronizedMap(new IdentityHashMap<>());

    volatile Fault fault = Fault.NONE;

    /** A call into the engine, other than of a draft or a mint. */
    record Asked(String what, List<@Nullable Object> arguments) {}

    /** What is done to entries of a table when they are due. */
    record Chore(Table<?> table, Function<Object, Optional<Instant>> due) {
        /** When the first of its entries is due. */
        Optional<Instant> next() {
            return table.all().values().stream()
                    .flatMap(entry -> due.apply(entry).stream())
                    .min(Instant::compareTo);
        }
    }

    /** The engine, watched. */
    Engine over(Engine engine) {
        return new Engine() {
            @Override
            public String type() {
                return engine.type();
            }

            @Override
            public void open(Mount mount) {
                engine.open(proxy(Mount.class, (self, method, arguments) -> onMount(mount, method, arguments)));
            }

            @Override
            public void close() {
                engine.close();
            }
        };
    }

    /** The method of the SPI that a callback implements; null: it isn't one. */
    static @Nullable Method callback(Object callback) {
        return Arrays.stream(callback.getClass().getInterfaces())
                .filter(type -> type.getEnclosingClass() == Mount.class || type.getEnclosingClass() == Leases.class)
                .flatMap(type -> Arrays.stream(type.getMethods()))
                .filter(method -> Modifier.isAbstract(method.getModifiers()))
                .findFirst()
                .orElse(null);
    }

    private @Nullable Object onMount(Mount mount, Method method, @Nullable Object @Nullable [] given) throws Exception {
        @Nullable Object[] arguments = watched(given);
        if (!method.getName().equals("extensions")) {
            fault.hostCall();
        }
        Object answer = invoke(mount, method, arguments);
        if (method.getName().equals("collection")) {
            entries.put(text(arguments, 0), type(arguments, 1));
        }
        if (method.getName().equals("whenDue")) {
            chores.add(chore(arguments));
        }
        if (answer instanceof Table<?> table) {
            return table(table);
        }
        if (answer instanceof Leases<?> leases) {
            DeclaredKind kind = new DeclaredKind(text(arguments, 0), type(arguments, 1));
            kind.declare(method.getName(), arguments);
            kinds.add(kind);
            return leases(leases, kind);
        }
        if (answer instanceof Batch<?, ?> batch) {
            return proxy(Batch.class, (self, called, passed) -> noted(invoke(batch, called, passed)));
        }
        if (answer instanceof Secret secret) {
            drawn.add(secret);
        }
        if (answer instanceof byte[] bytes && bytes.length >= LEAST_SECRET_BYTES) {
            drawn.add(Secret.base64(bytes));
        }
        return answer;
    }

    /** The function is declared for the table's entries. */
    @SuppressWarnings("unchecked")
    private static Chore chore(@Nullable Object[] arguments) {
        if (arguments[0] instanceof Table<?> table && arguments[1] instanceof Function<?, ?> due) {
            return new Chore(table, (Function<Object, Optional<Instant>>) due);
        }
        throw new IllegalStateException("the SPI says elsewhere when entries are due");
    }

    /** Every write to it is a step that the engine may not get beyond. */
    private Table<?> table(Table<?> table) {
        Table<?> watched = proxy(Table.class, (self, method, arguments) -> {
            if (WRITES.contains(method.getName())) {
                fault.hostCall();
            }
            return invoke(table, method, arguments);
        });
        real.put(watched, table);
        return watched;
    }

    private static String text(@Nullable Object[] arguments, int i) {
        return String.valueOf(arguments[i]);
    }

    private static Class<? extends Record> type(@Nullable Object[] arguments, int i) {
        if (arguments[i] instanceof Class<?> type) {
            return type.asSubclass(Record.class);
        }
        throw new IllegalStateException("the SPI names the record of " + arguments[0] + " elsewhere");
    }

    private @Nullable Object noted(@Nullable Object mint) {
        if (mint != null) {
            batched.add(mint);
        }
        return mint;
    }

    private Leases<?> leases(Leases<?> leases, DeclaredKind kind) {
        Leases<?> watched = proxy(Leases.class, (self, method, given) -> {
            @Nullable Object[] arguments = watched(given);
            Object answer = invoke(leases, method, arguments);
            if (answer == leases) {
                kind.declare(method.getName(), arguments);
                return self;
            }
            return answer;
        });
        real.put(watched, leases);
        return watched;
    }

    private @Nullable Object[] watched(@Nullable Object @Nullable [] arguments) {
        return arguments == null
                ? new Object[0]
                : Arrays.stream(arguments).map(this::watched).toArray();
    }

    private @Nullable Object watched(@Nullable Object argument) {
        if (argument != null && real.containsKey(argument)) {
            return real.get(argument);
        }
        if (argument instanceof Object[] several) {
            Object[] unwrapped = several.clone();
            Arrays.setAll(unwrapped, i -> real.getOrDefault(several[i], several[i]));
            return unwrapped;
        }
        Method method = argument == null || argument instanceof Record ? null : callback(argument);
        if (argument == null || method == null) {
            return argument;
        }
        return proxy(
                method.getDeclaringClass(),
                (self, called, arguments) -> Modifier.isAbstract(called.getModifiers())
                        ? onCallback(argument, called, arguments)
                        : invoke(argument, called, arguments));
    }

    private @Nullable Object onCallback(Object callback, Method method, @Nullable Object @Nullable [] arguments)
            throws Exception {
        switch (method.getName()) {
            case "draft" -> {
                return drafted((Draft<?, ?>) Flight.draft(() -> invoke(callback, method, arguments)));
            }
            case "mintAll" -> {
                return minted(() -> invoke(callback, method, arguments));
            }
            default -> {
                if (arguments != null && method.getDeclaringClass() == Mount.Task.class) {
                    tasks.add(text(arguments, 0));
                    return fault.around(() -> invoke(callback, method, arguments));
                }
                asked.add(new Asked(method.getName(), arguments == null ? List.of() : Arrays.asList(arguments)));
                return invoke(callback, method, arguments);
            }
        }
    }

    private @Nullable Draft<?, ?> drafted(@Nullable Draft<?, ?> draft) throws Exception {
        if (draft == null) {
            return null;
        }
        drafts.add(draft);
        return batched.remove(draft.mint()) ? draft : withMint(draft, around(draft.mint()));
    }

    private <A> Mint<A> around(Mint<A> mint) {
        return deadline -> minted(() -> mint.mint(deadline));
    }

    /** The same draft with another mint, whatever else a draft has. */
    private static Draft<?, ?> withMint(Draft<?, ?> draft, Mint<?> mint) throws ReflectiveOperationException {
        RecordComponent[] components = Draft.class.getRecordComponents();
        Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < values.length; i++) {
            types[i] = components[i].getType();
            values[i] =
                    types[i] == Mint.class ? mint : components[i].getAccessor().invoke(draft);
        }
        Constructor<?> constructor = Draft.class.getDeclaredConstructor(types);
        return (Draft<?, ?>) constructor.newInstance(values);
    }

    private <A> A minted(Callable<A> mint) throws Exception {
        return fault.around(() -> {
            A answer = mint.call();
            if (answer instanceof Record one) {
                answers.add(one);
            } else if (answer instanceof List<?> several) {
                several.forEach(each -> answers.add((Record) each));
            }
            return answer;
        });
    }

    private static @Nullable Object invoke(Object on, Method method, @Nullable Object @Nullable [] arguments)
            throws Exception {
        try {
            return method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
