// SPDX-License-Identifier: Apache-2.0
//
// The calls that the OpenVINO engine makes for an inference, in a loop in C: what they cost without Java.
// Usage: openvino-calls MODEL CALLS; the model has one input and one output of 1 x 16 floats. Prints ns a call.
// OpenVINO's wheel has no headers, so what is used of openvino/c/openvino.h is declared here.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

typedef struct { int64_t rank; int64_t *dims; } ov_shape_t;
enum { F32 = 4, ROUNDS = 15 };

int ov_core_create(void **core);
int ov_core_read_model(const void *core, const char *model, const char *weights, void **result);
int ov_core_compile_model(const void *core, const void *model, const char *device, size_t properties, void **result, ...);
int ov_compiled_model_create_infer_request(const void *model, void **result);
int ov_compiled_model_input_by_index(const void *model, size_t index, void **port);
int ov_compiled_model_output_by_index(const void *model, size_t index, void **port);
int ov_tensor_create_from_host_ptr(int type, ov_shape_t shape, void *data, void **tensor);
int ov_infer_request_set_tensor_by_const_port(void *request, const void *port, const void *tensor);
int ov_infer_request_infer(void *request);
void ov_tensor_free(void *tensor);

static void check(int status, const char *what) {
    if (status != 0) {
        fprintf(stderr, "%s: status %d\n", what, status);
        exit(1);
    }
}

static void bind(void *request, const void *port, float *data) {
    int64_t dims[] = {1, 16};
    ov_shape_t shape = {2, dims};
    void *tensor;
    check(ov_tensor_create_from_host_ptr(F32, shape, data, &tensor), "tensor");
    check(ov_infer_request_set_tensor_by_const_port(request, port, tensor), "set tensor");
    ov_tensor_free(tensor);
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1e9 + time.tv_nsec;
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int count, char **words) {
    if (count != 3) return 2;
    void *core, *model, *compiled, *request, *in, *out;
    check(ov_core_create(&core), "core");
    check(ov_core_read_model(core, words[1], NULL, &model), "read");
    check(ov_core_compile_model(core, model, "CPU", 6, &compiled, "NUM_STREAMS", "1", "INFERENCE_NUM_THREADS", "1",
              "INFERENCE_PRECISION_HINT", "f32"), "compile");
    check(ov_compiled_model_create_infer_request(compiled, &request), "request");
    check(ov_compiled_model_input_by_index(compiled, 0, &in), "input");
    check(ov_compiled_model_output_by_index(compiled, 0, &out), "output");
    float *from = aligned_alloc(64, 64), *to = aligned_alloc(64, 64);
    for (int i = 0; i < 16; i++) from[i] = i / 255.0f;
    int calls = atoi(words[2]);
    double nanos[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
        double start = now();
        for (int i = 0; i < calls; i++) {
            bind(request, in, from);
            bind(request, out, to);
            check(ov_infer_request_infer(request), "infer");
        }
        nanos[round] = (now() - start) / calls;
    }
    qsort(nanos, ROUNDS, sizeof nanos[0], ascending);
    printf("{\"ns_per_call\": %f}\n", nanos[ROUNDS / 2]);
    return 0;
}
