// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.fastpipeline.core.error.LeakException;
import org.fastpipeline.core.memory.MemoryPool;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Fails a test that leaves a thread, a lease or a file descriptor behind, and says which.
///
/// ```java
/// @ExtendWith(LeakCheck.class)
/// class MyReaderTest {
///     @Test
///     void aPictureIsRead(MemoryPool pool) { ... }
/// ```
///
/// - Threads: those that a test starts must end within two seconds after it. Virtual threads are the business of
///   `Run.close`, which waits for them.
/// - Leases: those of each pool that a test, or the constructor of its class, gets as a parameter. Such a pool is in
///   validate mode. Runs and a [NodeRun] look after pools of their own; one that a test forgets to close leaves a
///   thread or an open file behind.
/// - Descriptors: where the system shows them, in `/proc/self/fd`: files, folders, sockets and pipes.
///
/// What a class begins before its first test must end with its last one. To have all tests of a module checked, name
/// this class in `META-INF/services/org.junit.jupiter.api.extension.Extension` and set JUnit's parameter
/// `junit.jupiter.extensions.autodetection.enabled`.
///
/// It compares before with after in the whole JVM, so tests in parallel with it must not be.
public final class LeakCheck
        implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {
    private static final ExtensionContext.Namespace SPACE = ExtensionContext.Namespace.create(LeakCheck.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final long CAP = 4L << 30;

    /// For JUnit.
    public LeakCheck() {}

    @Override
    public void beforeAll(ExtensionContext context) {
        look(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        look(context);
    }

    private static void look(ExtensionContext context) {
        context.getStore(SPACE).put(Footprint.class, Footprint.now());
    }

    /// Has a constructor's pool belong to the one test that its object is made for.
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == MemoryPool.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        MemoryPool pool = new MemoryPool(CAP, true);
        Pools given =
                context.getStore(SPACE).computeIfAbsent(Pools.class, _ -> new Pools(new ArrayList<>()), Pools.class);
        given.pools.add(pool);
        return pool;
    }

    @Override
    public void afterEach(ExtensionContext context) throws InterruptedException {
        compare(context);
    }

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        compare(context);
    }

    private static void compare(ExtensionContext context) throws InterruptedException {
        ExtensionContext.Store store = context.getStore(SPACE);
        List<String> left = new ArrayList<>();
        Pools given = store.remove(Pools.class, Pools.class);
        if (given != null) {
            given.close(left);
        }
        Footprint before = store.remove(Footprint.class, Footprint.class);
        if (before != null) {
            left.addAll(Footprint.now().leftSince(before, PATIENCE));
        }
        if (!left.isEmpty()) {
            throw new AssertionError(context.getDisplayName() + ": left behind " + String.join("; ", left)
                    + "; needed nothing. Close what the test opens.");
        }
    }

    /// The pools that a test was given.
    private record Pools(List<MemoryPool> pools) {
        /// Closes them and says what is still held.
        private void close(List<String> left) {
            for (MemoryPool pool : pools) {
                try {
                    pool.close();
                } catch (LeakException leak) {
                    left.add(leak.getMessage());
                }
            }
        }
    }
}
