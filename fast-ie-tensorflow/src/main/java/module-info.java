// SPDX-License-Identifier: Apache-2.0

/** TensorFlow as an inference engine. A plugin: it exports nothing and is found by ServiceLoader. */
@org.jspecify.annotations.NullMarked
module org.fastpipeline.ie.tensorflow {
    requires org.fastpipeline.core;
    requires static org.jspecify;
}
