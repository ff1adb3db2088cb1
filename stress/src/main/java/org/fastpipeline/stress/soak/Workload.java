// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.stress.soak;

/// One kind of pipeline, run from start to end and checked.
interface Workload {
    /// Makes the runs and checks every result.
    ///
    /// @return how many frames went through
    /// @throws WrongResultException if a result is not what it must be
    long run(Trial trial) throws Exception;

    /// Named in the table and in errors.
    default String name() {
        return getClass().getSimpleName();
    }
}
