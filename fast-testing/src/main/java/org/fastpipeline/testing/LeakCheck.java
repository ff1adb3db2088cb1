// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.fastpipeline.core.error.LeakException;
import org.fastpipeline.core.memory.MemoryPool;
import org.junit.jupiter.api.extension.AfterEachCallback;
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
/// - Leases: those of the pool that a test gets as its parameter, which is in validate mode. Runs and a [NodeRun] look
///   after pools of their own; one that a test forgets to close leaves a thread or an open file behind.
/// - Descriptors: where the system shows them, in `/proc/self/fd`: files, folders, sockets and pipes.
///
/// It compares before with after in the whole JVM, so tests in parallel with it must not be.
public final class LeakCheck implements BeforeEachCallback, AfterEachCallback, ParameterResolver {
    private static final ExtensionContext.Namespace SPACE = ExtensionContext.Namespace.create(LeakCheck.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final long CAP = 4L << 30;

    /// For JUnit.
    public LeakCheck() {}

    @Override
    public void beforeEach(ExtensionContext context) {
        context.getStore(SPACE).put(Footprint.class, Footprint.now());
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == MemoryPool.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        MemoryPool pool = new MemoryPool(CAP, true);
        context.getStore(SPACE).put(MemoryPool.class, pool);
        return pool;
    }

    @Override
    public void afterEach(ExtensionContext context) throws InterruptedException {
        List<String> left = new ArrayList<>();
        MemoryPool pool = context.getStore(SPACE).remove(MemoryPool.class, MemoryPool.class);
        if (pool != null) {
            try {
                pool.close();
            } catch (LeakException leak) {
                left.add(leak.getMessage());
            }
        }
        Footprint before = context.getStore(SPACE).remove(Footprint.class, Footprint.class);
        if (before != null) {
            left.addAll(Footprint.now().leftSince(before, PATIENCE));
        }
        if (!left.isEmpty()) {
            throw new AssertionError(context.getDisplayName() + ": left behind " + String.join("; ", left)
                    + "; needed nothing. Close what the test opens.");
        }
    }
}
