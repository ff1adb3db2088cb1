// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.tensorflow;

import org.bytedeco.javacpp.Pointer;

/// Memory of ours, as JavaCPP wants to see it; whoever leased the memory keeps the lease while this is in use.
final class Address extends Pointer {
    Address(long address, long bytes) {
        this.address = address;
        this.limit = bytes;
        this.capacity = bytes;
    }
}
