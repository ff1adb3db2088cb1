// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.fastpipeline.core.inference.EngineOptions;
import org.fastpipeline.core.inference.InferenceEngine;
import org.fastpipeline.core.inference.ModelFormat;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What every inference engine must do, as tests; `docs/engine-conformance.md` tells more.
///
/// ```java
/// final class MyEngineConformanceTest extends EngineConformance {
///     MyEngineConformanceTest() {
///         super(new MyEngine());
///     }
/// }
/// ```
///
/// Small networks are run in every format that the engine reads, and must give what plain loops in 64-bit floating
/// point give, to 1e-5. Formats that it does not read are skipped with the reason, and so is all where it is not
/// available.
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // an installed plugin is found once
public abstract class EngineConformance {
    private static final EngineOptions ONE = new EngineOptions(1, 1);

    private final ConformanceSubject subject;

    /// The suite for an engine.
    protected EngineConformance(InferenceEngine engine) {
        this.subject = ConformanceSubject.of(engine);
    }

    /// The suite for an installed plugin, in a class loader of its own. Once per JVM: a native library can be loaded by
    /// one class loader only.
    ///
    /// @param plugins the folder that holds the plugin's folder
    /// @param engine the engine's name
    protected EngineConformance(Path plugins, String engine) {
        this.subject = ConformanceSubject.installed(plugins, engine);
    }

    /// Loads native libraries that applications have beside an engine, OpenCV's for one. Called between two runs of a
    /// model, which must give the same bytes.
    protected void loadOtherLibraries() {
        Assumptions.abort("loadOtherLibraries() is not overridden: there are no other libraries to load");
    }

    private void gives(String name, ModelFormat format, Path folder) throws InterruptedException {
        ConformanceCase network = ConformanceCase.read(name);
        subject.need(network, format);
        try (ConformanceRun run = new ConformanceRun(network, subject.load(network.source(format, folder), ONE))) {
            assertEquals(network.inputs(), run.model().inputs());
            assertEquals(network.outputs(), run.model().outputs());
            for (int call = 0; call < network.calls(); call++) {
                run.check(call);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("behaviour-126")
    public final void aDenseNetworkGivesTheRightValues(ModelFormat format, @TempDir Path folder) throws Exception {
        gives("dense", format, folder);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("behaviour-130")
    public final void aBatchGivesEachImageItsOwnResult(ModelFormat format, @TempDir Path folder) throws Exception {
        gives("convolution", format, folder);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("behaviour-142")
    public final void aChannelFirstNetworkGivesTheSame(ModelFormat format, @TempDir Path folder) throws Exception {
        gives("channel_first", format, folder);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("behaviour-143")
    public final void heightAndWidthMayChangeFromCallToCall(ModelFormat format, @TempDir Path folder) throws Exception {
        gives("open_sizes", format, folder);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("behaviour-143")
    public final void soTheyMayWithChannelsFirst(ModelFormat format, @TempDir Path folder) throws Exception {
        gives("open_sizes_channel_first", format, folder);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("behaviour-128")
    public final void aVolumeGivesATensor(ModelFormat format, @TempDir Path folder) throws Exception {
        gives("volume", format, folder);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("behaviour-124")
    @Tag("behaviour-129")
    public final void twoInputsGiveOneOutput(ModelFormat format, @TempDir Path folder) throws Exception {
        gives("two_inputs", format, folder);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("behaviour-124")
    @Tag("behaviour-129")
    public final void oneInputGivesTwoOutputs(ModelFormat format, @TempDir Path folder) throws Exception {
        gives("two_outputs", format, folder);
    }

    @ParameterizedTest
    @EnumSource
    public final void bytesAreTakenAsTheyAre(ModelFormat format, @TempDir Path folder) throws Exception {
        gives("bytes", format, folder);
    }

    @ParameterizedTest
    @EnumSource
    public final void stepsInTimeKeepTheirOrder(ModelFormat format, @TempDir Path folder) throws Exception {
        gives("time", format, folder);
    }

    @ParameterizedTest
    @EnumSource
    public final void weightsMayLieBesideTheGraph(ModelFormat format, @TempDir Path folder) throws Exception {
        gives("weights_beside", format, folder);
    }

    @ParameterizedTest
    @EnumSource
    public final void aWeightThatIsNoNumberShowsInTheResult(ModelFormat format, @TempDir Path folder) throws Exception {
        gives("not_a_number", format, folder);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("behaviour-147")
    public final void aModelInMemoryGivesTheSameOrIsRefused(ModelFormat format, @TempDir Path folder) throws Exception {
        new ConformanceUse(subject, folder).inMemory(format);
    }

    @Test
    @Tag("behaviour-123")
    public final void weightsThatLieElsewhereAreRefused(@TempDir Path folder) throws Exception {
        new ConformanceRefusals(subject, folder).weightsElsewhere();
    }

    @Test
    @Tag("behaviour-125")
    public final void chosenOutputsBecomePortsInTheirOrder(@TempDir Path folder) throws Exception {
        new ConformanceUse(subject, folder).chosenOutputs();
    }

    @Test
    @Tag("behaviour-125")
    public final void chosenInputsBecomePortsInTheirOrder(@TempDir Path folder) throws Exception {
        new ConformanceUse(subject, folder).chosenInputs();
    }

    @Test
    @Tag("behaviour-125")
    public final void anUnknownPortIsRefusedWithTheNamesThereAre(@TempDir Path folder) throws Exception {
        new ConformanceRefusals(subject, folder).unknownNames();
    }

    @Test
    @Tag("behaviour-140")
    public final void aDescriptionThatContradictsTheModelIsRefusedWithBothValues(@TempDir Path folder)
            throws Exception {
        new ConformanceRefusals(subject, folder).contradictingDescription();
    }

    @Test
    @Tag("behaviour-140")
    public final void anInputThatDoesNotFitIsRefusedWithBothValues(@TempDir Path folder) throws Exception {
        new ConformanceRefusals(subject, folder).shapes();
    }

    @Test
    @Tag("behaviour-131")
    public final void batchesOfDifferentSizesAreRefused(@TempDir Path folder) throws Exception {
        new ConformanceRefusals(subject, folder).disagreeingBatches();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("behaviour-123")
    public final void aBrokenOrMissingModelIsRefused(ModelFormat format, @TempDir Path folder) throws Exception {
        new ConformanceRefusals(subject, folder).brokenFiles(format);
    }

    @Test
    @Tag("behaviour-148")
    public final void anUnknownDeviceIsRefusedWithThoseThereAre(@TempDir Path folder) throws Exception {
        new ConformanceRefusals(subject, folder).unknownDevice();
    }

    @Test
    @Tag("behaviour-148")
    public final void everyDeviceThatIsReportedGivesTheRightValues(@TempDir Path folder) throws Exception {
        new ConformanceUse(subject, folder).everyDevice();
    }

    @Test
    public final void floatingPointOf32BitsIsTakenUnlessAskedOtherwise(@TempDir Path folder) throws Exception {
        new ConformanceUse(subject, folder).precisions();
    }

    @Test
    public final void resultsAreTheSameBytesForAnyNumberOfCallers(@TempDir Path folder) throws Exception {
        new ConformanceUse(subject, folder).manyCallers();
    }

    @Test
    public final void aModelClosedWhileItRunsEndsItsCallFirst(@TempDir Path folder) throws Exception {
        new ConformanceUse(subject, folder).closeWhileRunning();
    }

    @Test
    public final void nothingRunsAfterTheClose(@TempDir Path folder) throws Exception {
        new ConformanceUse(subject, folder).useAfterClose();
    }

    @Test
    public final void inputsStayAsTheyAreAndOutputsLieInTheCallersMemory(@TempDir Path folder) throws Exception {
        new ConformanceUse(subject, folder).callersMemory();
    }

    @Test
    public final void aCallWithoutMemoryFailsAndTheNextOneWorks(@TempDir Path folder) throws Exception {
        new ConformanceUse(subject, folder).fullMemory();
    }

    @Test
    public final void otherNativeLibrariesChangeNothing(@TempDir Path folder) throws Exception {
        new ConformanceUse(subject, folder).besideOthers(this::loadOtherLibraries);
    }

    @Test
    public final void itSaysWhatItCanDo(@TempDir Path folder) throws Exception {
        new ConformanceUse(subject, folder).probe();
    }
}
