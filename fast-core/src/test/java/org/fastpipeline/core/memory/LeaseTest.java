// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.ValueLayout;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.fastpipeline.core.error.ReleasedException;
import org.fastpipeline.core.error.WrongUseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeaseTest {
    private final MemoryPool pool;
    private final Lease lease;

    LeaseTest(MemoryPool pool) {
        this.pool = pool;
        this.lease = pool.allocate(16, "blur");
    }

    @AfterEach
    void everythingIsGivenBack() {
        lease.close();
    }

    private static void assertRefused(ThrowingCallable use) {
        assertThatThrownBy(use)
                .isInstanceOf(ReleasedException.class)
                .hasMessage("memory of blur was used after its release; "
                        + "close it later, or retain before what is needed longer.");
    }

    @Test
    void whatIsWrittenCanBeRead() {
        lease.writable().set(ValueLayout.JAVA_LONG, 8, 42);
        assertThat(lease.segment().get(ValueLayout.JAVA_LONG, 8)).isEqualTo(42);
    }

    @Test
    void theSegmentIsReadOnly() {
        assertThat(lease.segment().isReadOnly()).isTrue();
    }

    @Test
    void theAddressIsThatOfTheSegment() {
        assertThat(lease.address()).isEqualTo(lease.segment().address());
    }

    @Test
    void nothingLiesBeyondItsBytes() {
        assertThatThrownBy(() -> lease.writable().set(ValueLayout.JAVA_BYTE, 16, (byte) 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aRetainedLeaseShowsTheSameMemory() {
        try (Lease other = lease.retain("viewer")) {
            assertThat(other.address()).isEqualTo(lease.address());
        }
    }

    @Test
    void aRetainedLeaseIsHeldByWhoRetainedIt() {
        try (Lease other = lease.retain("viewer")) {
            assertThat(other.holder()).isEqualTo("viewer");
        }
    }

    @Test
    void memoryGoesBackWithItsLastLease() {
        Lease other = lease.retain("viewer");
        lease.close();
        assertThat(pool.used()).isEqualTo(64);
        other.close();
        assertThat(pool.used()).isZero();
    }

    @Test
    void aRetainedLeaseOutlivesTheFirst() {
        lease.writable().set(ValueLayout.JAVA_LONG, 0, 7);
        try (Lease other = lease.retain("viewer")) {
            lease.close();
            assertThat(other.segment().get(ValueLayout.JAVA_LONG, 0)).isEqualTo(7);
        }
    }

    @Test
    void onlyWhoAllocatedMayWrite() {
        try (Lease other = lease.retain("viewer")) {
            assertThatThrownBy(other::writable)
                    .isInstanceOf(WrongUseException.class)
                    .hasMessage("lease of viewer: met a write to shared content; "
                            + "needed content that this step allocated and has not yet put. "
                            + "Allocate a new payload and write to that");
        }
    }

    @Test
    void whatIsPublishedIsNotWrittenAnyMore() {
        lease.publish();
        assertThatThrownBy(lease::writable).isInstanceOf(WrongUseException.class);
    }

    @Test
    void publishingTwiceIsPublishingOnce() {
        lease.publish();
        lease.publish();
        assertThat(lease.segment().isReadOnly()).isTrue();
    }

    @Test
    void anotherHolderMayPublish() {
        try (Lease other = lease.retain("viewer")) {
            other.publish();
        }
        assertThatThrownBy(lease::writable).isInstanceOf(WrongUseException.class);
    }

    @Test
    void aLeaseIsOpenUntilItIsClosed() {
        assertThat(lease.isOpen()).isTrue();
        lease.close();
        assertThat(lease.isOpen()).isFalse();
    }

    @Test
    void aClosedLeaseIsNotRead() {
        lease.close();
        assertRefused(lease::segment);
    }

    @Test
    void aClosedLeaseIsNotWritten() {
        lease.close();
        assertRefused(lease::writable);
    }

    @Test
    void aClosedLeaseHasNoAddress() {
        lease.close();
        assertRefused(lease::address);
    }

    @Test
    void aClosedLeaseIsNotRetained() {
        lease.close();
        assertRefused(() -> lease.retain("viewer"));
    }

    @Test
    void aClosedLeaseIsNotPublished() {
        lease.close();
        assertRefused(lease::publish);
    }

    @Test
    void aLeaseOnABlockThatIsAnothersNowIsStillClosed() {
        lease.close();
        try (Lease next = pool.allocate(16, "next")) {
            assertThat(next.isOpen()).isTrue();
            assertRefused(lease::segment);
        }
    }

    @Test
    void closingTwiceGivesBackOnce() {
        Lease other = lease.retain("viewer");
        lease.close();
        lease.close();
        assertThat(pool.used()).isEqualTo(64);
        other.close();
    }

    @Test
    void aLeaseSaysHowMuchItHoldsAndForWhom() {
        assertThat(lease).hasToString("16 bytes of blur");
    }
}
