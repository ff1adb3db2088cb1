// SPDX-License-Identifier: Apache-2.0
/// For the build only: which test shows which numbered behaviour, and whether that test can fail.
///
/// Tests of all modules say by a tag, `behaviour-16`, which behaviour they show. [BehaviourListener] writes down how
// they
/// went, [BehaviourPage] makes `docs/behaviours.md` of it. A [Mutant] is a change of one line of the sources that must
/// break a row's tests; [MutantRun] tries them all.
@NullMarked
package org.fastpipeline.behaviours;

import org.jspecify.annotations.NullMarked;
