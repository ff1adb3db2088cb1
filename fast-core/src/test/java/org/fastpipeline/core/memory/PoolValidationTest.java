// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.memory;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.fastpipeline.core.error.LeakException;
import org.fastpipeline.core.error.WrongUseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoolValidationTest {
    private static final long KIB = 1024;

    @Test
    void aLeakIsNamedInValidateMode() {
        MemoryPool pool = new MemoryPool(8 * KIB, true);
        Lease held = pool.allocate(KIB, "blur, frame camera#7");
        assertThatThrownBy(pool::close)
                .isInstanceOf(LeakException.class)
                .hasMessageContaining("blur, frame camera#7 (1024 bytes)");
        held.close();
    }

    @Test
    void aLeakIsNoErrorOtherwise() {
        MemoryPool pool = new MemoryPool(8 * KIB, false);
        Lease held = pool.allocate(KIB, "holder");
        assertThatCode(pool::close).doesNotThrowAnyException();
        held.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 8, 12})
    void contentChangedAfterItWasPublishedIsFoundInValidateMode(int changed) {
        MemoryPool pool = new MemoryPool(8 * KIB, true);
        try (Lease lease = pool.allocate(13, "blur")) {
            MemorySegment content = lease.writable();
            content.fill((byte) 1);
            lease.publish();
            content.set(ValueLayout.JAVA_BYTE, changed, (byte) 2);
        }
        assertThatThrownBy(pool::close)
                .isInstanceOf(WrongUseException.class)
                .hasMessage("memory of blur, last held by blur: met content that changed after it was published; "
                        + "needed it unchanged. Look for a native call that writes to its input");
    }

    @Test
    void contentThatStayedAsItWasPublishedIsFine() {
        MemoryPool pool = new MemoryPool(8 * KIB, true);
        try (Lease lease = pool.allocate(13, "blur")) {
            lease.writable().fill((byte) 1);
            lease.publish();
        }
        assertThatCode(pool::close).doesNotThrowAnyException();
    }

    @Test
    void aBlockUsedAgainIsNotTakenForOverwritten() {
        MemoryPool pool = new MemoryPool(8 * KIB, true);
        for (byte value = 1; value < 4; value++) {
            try (Lease lease = pool.allocate(KIB, "blur")) {
                lease.writable().fill(value);
                lease.publish();
            }
        }
        assertThatCode(pool::close).doesNotThrowAnyException();
    }
}
