// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicInteger;
import org.fastpipeline.core.error.LeakException;
import org.fastpipeline.core.error.MemoryExhaustedException;
import org.fastpipeline.core.error.WrongUseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryPoolTest {
    private static final long KIB = 1024;

    private static MemoryPool pool(long cap) {
        return new MemoryPool(cap, false);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 63, 64, 65, 1000, 100_000})
    void memoryBeginsAtAMultipleOf64Bytes(long bytes) {
        try (MemoryPool pool = pool(1 << 20);
                Lease lease = pool.allocate(bytes, "taker")) {
            assertThat(lease.address() % 64).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 63, 64, 65, 1000, 100_000})
    void aLeaseShowsAsManyBytesAsWereAskedFor(long bytes) {
        try (MemoryPool pool = pool(1 << 20);
                Lease lease = pool.allocate(bytes, "taker")) {
            assertThat(lease.segment().byteSize()).isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 64", "64, 64", "65, 128", "256, 256", "257, 320", "320, 320", "321, 384", "512, 512", "513, 640"})
    void sizesAreRoundedUpToFourStepsPerPowerOfTwo(long bytes, long size) {
        assertThat(MemoryPool.sizeClass(bytes)).isEqualTo(size);
    }

    @Test
    void atMostAFifthOfABlockIsUnused() {
        for (long bytes = 257; bytes < 100_000; bytes++) {
            long size = MemoryPool.sizeClass(bytes);
            assertThat(size - bytes).isLessThanOrEqualTo(size / 5);
        }
    }

    @Test
    void aBlockThatCameBackIsUsedAgainForItsSizeClass() {
        try (MemoryPool pool = pool(1 << 20)) {
            Lease first = pool.allocate(1000, "first");
            long address = first.address();
            first.close();
            try (Lease second = pool.allocate(900, "second")) {
                assertThat(second.address()).isEqualTo(address);
            }
        }
    }

    @Test
    void aBlockInUseIsNotGivenToAnother() {
        try (MemoryPool pool = pool(1 << 20);
                Lease first = pool.allocate(1000, "first");
                Lease second = pool.allocate(1000, "second")) {
            assertThat(second.address()).isNotEqualTo(first.address());
        }
    }

    @Test
    void usedCountsWholeBlocks() {
        try (MemoryPool pool = pool(1 << 20);
                Lease _ = pool.allocate(1000, "taker")) {
            assertThat(pool.used()).isEqualTo(KIB);
        }
    }

    @Test
    void nothingIsUsedOnceAllCameBack() {
        try (MemoryPool pool = pool(1 << 20)) {
            pool.allocate(1000, "taker").close();
            assertThat(pool.used()).isZero();
        }
    }

    @Test
    void peakIsTheMostThatWasUsedAtOnce() {
        try (MemoryPool pool = pool(1 << 20)) {
            Lease first = pool.allocate(KIB, "first");
            pool.allocate(2 * KIB, "second").close();
            pool.allocate(KIB, "third").close();
            first.close();
            assertThat(pool.peak()).isEqualTo(3 * KIB);
        }
    }

    @Test
    void aRequestBeyondTheCapIsRefused() {
        try (MemoryPool pool = pool(2 * KIB);
                Lease _ = pool.allocate(KIB, "holder")) {
            MemoryExhaustedException refused = catchThrowableOfType(
                    MemoryExhaustedException.class, () -> pool.allocate(2 * KIB, "blur, frame camera#7"));
            assertThat(refused)
                    .hasMessage("blur, frame camera#7: asked for 2048 bytes with 1024 of 2048 in use; "
                            + "largest holders: holder (1024 bytes). "
                            + "Raise the memory cap or lower the number of workers.");
        }
    }

    @Test
    void aRefusedRequestTakesNothing() {
        try (MemoryPool pool = pool(2 * KIB)) {
            assertThatThrownBy(() -> pool.allocate(4 * KIB, "taker")).isInstanceOf(MemoryExhaustedException.class);
            assertThat(pool.used()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 40, (1L << 62) + 1, Long.MAX_VALUE})
    void aRequestOfAnySizeIsRefusedInTheSameWay(long bytes) {
        try (MemoryPool pool = pool(2 * KIB)) {
            assertThatThrownBy(() -> pool.allocate(bytes, "taker")).isInstanceOf(MemoryExhaustedException.class);
        }
    }

    @Test
    void theLargestHoldersComeFirst() {
        try (MemoryPool pool = pool(1 << 20);
                Lease _ = pool.allocate(KIB, "small");
                Lease _ = pool.allocate(4 * KIB, "large");
                Lease _ = pool.allocate(2 * KIB, "middle")) {
            assertThat(pool.largestHolders())
                    .containsExactly("large (4096 bytes)", "middle (2048 bytes)", "small (1024 bytes)");
        }
    }

    @Test
    void aHolderIsChargedForAllItsBlocks() {
        try (MemoryPool pool = pool(1 << 20);
                Lease _ = pool.allocate(KIB, "reader");
                Lease _ = pool.allocate(KIB, "reader")) {
            assertThat(pool.largestHolders()).containsExactly("reader (2048 bytes)");
        }
    }

    @Test
    void fiveHoldersAreNamedAtMost() {
        try (MemoryPool pool = pool(1 << 20)) {
            Lease[] leases = new Lease[7];
            for (int i = 0; i < leases.length; i++) {
                leases[i] = pool.allocate(KIB, "holder " + i);
            }
            assertThat(pool.largestHolders()).hasSize(5);
            for (Lease lease : leases) {
                lease.close();
            }
        }
    }

    @Test
    void idleBlocksStayWhileThereIsRoom() {
        try (MemoryPool pool = pool(8 * KIB)) {
            MemorySegment idle = idleBlock(pool, 2 * KIB);
            try (Lease _ = pool.allocate(4 * KIB, "taker")) {
                assertThat(idle.scope().isAlive()).isTrue();
            }
        }
    }

    @Test
    void idleBlocksAreFreedWhenTheCapIsNear() {
        try (MemoryPool pool = pool(8 * KIB)) {
            MemorySegment idle = idleBlock(pool, 2 * KIB);
            try (Lease _ = pool.allocate(7 * KIB, "taker")) {
                assertThat(idle.scope().isAlive()).isFalse();
            }
        }
    }

    @Test
    void theLargestIdleBlocksAreFreedFirst() {
        try (MemoryPool pool = pool(8 * KIB)) {
            Lease small = pool.allocate(KIB, "small");
            MemorySegment smallBlock = small.segment();
            MemorySegment largeBlock = idleBlock(pool, 3 * KIB);
            small.close();
            try (Lease _ = pool.allocate(6 * KIB, "taker")) {
                assertThat(largeBlock.scope().isAlive()).isFalse();
                assertThat(smallBlock.scope().isAlive()).isTrue();
            }
        }
    }

    private static MemorySegment idleBlock(MemoryPool pool, long bytes) {
        try (Lease lease = pool.allocate(bytes, "before")) {
            return lease.segment();
        }
    }

    @Test
    void closingFreesIdleBlocks() {
        MemoryPool pool = pool(8 * KIB);
        MemorySegment idle = idleBlock(pool, KIB);
        pool.close();
        assertThat(idle.scope().isAlive()).isFalse();
    }

    @Test
    void whatIsHeldWhenThePoolClosesStaysUntilItComesBack() {
        MemoryPool pool = pool(8 * KIB);
        Lease held = pool.allocate(KIB, "holder");
        MemorySegment block = held.segment();
        pool.close();
        assertThat(block.scope().isAlive()).isTrue();
        held.close();
        assertThat(block.scope().isAlive()).isFalse();
    }

    @Test
    void closingTwiceIsClosingOnce() {
        MemoryPool pool = new MemoryPool(8 * KIB, true);
        Lease held = pool.allocate(KIB, "holder");
        assertThatThrownBy(pool::close).isInstanceOf(LeakException.class);
        assertThatCode(pool::close).doesNotThrowAnyException();
        held.close();
    }

    @Test
    void aClosedPoolGivesNothing() {
        MemoryPool pool = pool(8 * KIB);
        pool.close();
        assertThatThrownBy(() -> pool.allocate(1, "late step"))
                .isInstanceOf(WrongUseException.class)
                .hasMessage("late step: met a closed memory pool; needed an open one. "
                        + "Allocate within a step of a run");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void noBytesCannotBeAskedFor(long bytes) {
        try (MemoryPool pool = pool(8 * KIB)) {
            assertThatThrownBy(() -> pool.allocate(bytes, "blur"))
                    .isInstanceOf(WrongUseException.class)
                    .hasMessage("blur: asked for " + bytes + " bytes; needed 1 or more. "
                            + "Allocate within a step of a run");
        }
    }

    @Test
    void aPoolNeedsACap() {
        assertThatThrownBy(() -> pool(0))
                .isInstanceOf(WrongUseException.class)
                .hasMessage("memory pool: met a cap of 0 bytes; needed 1 or more. Raise it");
    }

    @Test
    void listenersHearOfABlockOnceItsLastLeaseIsClosed() {
        AtomicInteger heard = new AtomicInteger();
        try (MemoryPool pool = pool(8 * KIB)) {
            pool.onRelease(heard::incrementAndGet);
            Lease lease = pool.allocate(KIB, "taker");
            Lease second = lease.retain("other");
            lease.close();
            assertThat(heard).hasValue(0);
            second.close();
            assertThat(heard).hasValue(1);
        }
    }
}
