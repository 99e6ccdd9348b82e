// oneDNN's eltwise primitive over a one-dimensional tensor, on one thread. Its code is made at run time, for
// the instruction set that it chooses by itself: a process can cap that but once, and all kernels are timed
// in one. Its documentation bounds no error.
#include <dnnl.h>

#include <memory>

#include "impls/peers/peer.hpp"
#include "impls/simd/control_state.hpp"

// Of the OpenMP library that Debian's oneDNN is linked to; the header is the compiler's own.
extern "C" void omp_set_num_threads(int threads);

namespace {

using namespace ulpfront::peers;

/// An object of oneDNN's C interface.
template <class Handle, dnnl_status_t (*Destroy)(Handle)>
class owned {
  public:
    owned() = default;
    owned(const owned&) = delete;
    owned& operator=(const owned&) = delete;
    ~owned() { reset(); }
    Handle get() const { return handle_; }
    Handle* slot() {
        reset();
        return &handle_;
    }

  private:
    void reset() {
        if (handle_ != nullptr) Destroy(handle_);
        handle_ = nullptr;
    }
    Handle handle_ = nullptr;
};

/// An eltwise primitive for arrays of one length, made anew when another length comes.
class eltwise {
  public:
    eltwise(dnnl_alg_kind_t kind, float alpha, float beta) : kind_(kind), alpha_(alpha), beta_(beta) {}

    bool prepare(std::size_t n) {
        if (engine_.get() == nullptr && !start()) return false;
        if (n == n_) return true;
        n_ = 0;
        const dnnl_dims_t dims = {static_cast<dnnl_dim_t>(n)};
        dnnl_memory_desc_t shape;
        dnnl_eltwise_desc_t operation;
        owned<dnnl_primitive_desc_t, dnnl_primitive_desc_destroy> description;
        const bool made =
            dnnl_memory_desc_init_by_tag(&shape, 1, dims, dnnl_f32, dnnl_a) == dnnl_success &&
            dnnl_eltwise_forward_desc_init(&operation, dnnl_forward_inference, kind_, &shape, alpha_,
                                           beta_) == dnnl_success &&
            dnnl_primitive_desc_create(description.slot(), &operation, nullptr, engine_.get(), nullptr) ==
                dnnl_success &&
            dnnl_primitive_create(primitive_.slot(), description.get()) == dnnl_success &&
            dnnl_memory_create(source_.slot(), &shape, engine_.get(), DNNL_MEMORY_NONE) == dnnl_success &&
            dnnl_memory_create(destination_.slot(), &shape, engine_.get(), DNNL_MEMORY_NONE) == dnnl_success;
        if (made) n_ = n;
        return made;
    }

    void run(const void* in, void* out, std::size_t n) {
        if (n == 0 || !prepare(n)) return;
        dnnl_memory_set_data_handle(source_.get(), const_cast<void*>(in));
        dnnl_memory_set_data_handle(destination_.get(), out);
        const dnnl_exec_arg_t arguments[] = {{DNNL_ARG_SRC, source_.get()},
                                             {DNNL_ARG_DST, destination_.get()}};
        dnnl_primitive_execute(primitive_.get(), stream_.get(), 2, arguments);
        dnnl_stream_wait(stream_.get());
    }

  private:
    bool start() {
        return dnnl_engine_create(engine_.slot(), dnnl_cpu, 0) == dnnl_success &&
               dnnl_stream_create(stream_.slot(), engine_.get(), dnnl_stream_default_flags) == dnnl_success;
    }

    dnnl_alg_kind_t kind_;
    float alpha_;
    float beta_;
    std::size_t n_ = 0;
    owned<dnnl_engine_t, dnnl_engine_destroy> engine_;
    owned<dnnl_stream_t, dnnl_stream_destroy> stream_;
    owned<dnnl_primitive_t, dnnl_primitive_destroy> primitive_;
    owned<dnnl_memory_t, dnnl_memory_destroy> source_;
    owned<dnnl_memory_t, dnnl_memory_destroy> destination_;
};

/// The parameters of an eltwise primitive, fit for a template argument.
struct parameters {
    dnnl_alg_kind_t kind;
    float alpha = 0.0F;
    float beta = 0.0F;
};

template <parameters P>
void* create(std::size_t n_max) {
    auto made = std::make_unique<eltwise>(P.kind, P.alpha, P.beta);
    return made->prepare(n_max == 0 ? 1 : n_max) ? made.release() : nullptr;
}

void destroy(void* ctx) { delete static_cast<eltwise*>(ctx); }

void eval(void* ctx, const void* in, void* out, std::size_t n) {
    const ulpfront::simd::kept_control_state kept;
    omp_set_num_threads(1);
    static_cast<eltwise*>(ctx)->run(in, out, n);
}

template <parameters P>
constexpr ulpfront_row row(const char* function, const char* note) {
    return make_row<float>({function, "eltwise", note}, &eval, &create<P>, &destroy);
}

}  // namespace

ULPFRONT_PEER_ROWS(std::array{
    row<parameters{dnnl_eltwise_relu}>("relu", "relu, alpha 0"),
    row<parameters{dnnl_eltwise_relu, 0.01F}>("leaky_relu", "relu, alpha 0.01"),
    row<parameters{dnnl_eltwise_bounded_relu, 6.0F}>("relu6", "bounded_relu, alpha 6"),
    row<parameters{dnnl_eltwise_clip, -1.0F, 1.0F}>("hardtanh", "clip, -1 and 1"),
    row<parameters{dnnl_eltwise_hardswish}>("hardswish", "hardswish"),
    row<parameters{dnnl_eltwise_logistic}>("sigmoid", "logistic"),
    row<parameters{dnnl_eltwise_tanh}>("tanh", "tanh"),
    row<parameters{dnnl_eltwise_soft_relu}>("softplus", "soft_relu"),
    row<parameters{dnnl_eltwise_logsigmoid}>("logsigmoid", "logsigmoid"),
    row<parameters{dnnl_eltwise_elu, 1.0F}>("elu", "elu, alpha 1"),
    row<parameters{dnnl_eltwise_swish, 1.0F}>("silu", "swish, alpha 1"),
    row<parameters{dnnl_eltwise_swish, 1.702F}>("quick_gelu", "swish, alpha 1.702"),
    row<parameters{dnnl_eltwise_gelu_erf}>("gelu", "gelu_erf"),
    row<parameters{dnnl_eltwise_gelu_tanh}>("gelu_tanh", "gelu_tanh"),
    row<parameters{dnnl_eltwise_mish}>("mish", "mish"),
})
