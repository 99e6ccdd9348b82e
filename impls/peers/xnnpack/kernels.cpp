// XNNPACK's f32 operators on one thread; XNNPACK chooses the instruction set. Its operators run with
// subnormal numbers flushed to zero, which the rows declare. Its documentation bounds no error.
#include <xnnpack.h>

#include <limits>

#include "impls/peers/peer.hpp"
#include "impls/simd/control_state.hpp"

namespace {

using namespace ulpfront::peers;

constexpr float inf = std::numeric_limits<float>::infinity();

using setup_function = xnn_status (*)(xnn_operator_t, std::size_t, const float*, float*, pthreadpool_t);

template <xnn_status (*Create)(xnn_operator_t*)>
void* create(std::size_t /*n_max*/) {
    xnn_operator_t op = nullptr;
    if (xnn_initialize(nullptr) != xnn_status_success || Create(&op) != xnn_status_success) return nullptr;
    return op;
}

void destroy(void* ctx) { xnn_delete_operator(static_cast<xnn_operator_t>(ctx)); }

/// One channel, n rows of it.
template <setup_function Setup>
void eval(void* ctx, const void* in, void* out, std::size_t n) {
    const ulpfront::simd::kept_control_state kept;
    auto* const op = static_cast<xnn_operator_t>(ctx);
    if (n == 0 ||
        Setup(op, n, static_cast<const float*>(in), static_cast<float*>(out), nullptr) != xnn_status_success)
        return;
    xnn_run_operator(op, nullptr);
}

template <setup_function Setup, xnn_status (*Create)(xnn_operator_t*)>
constexpr ulpfront_row row(const char* function, const char* note) {
    return make_row<float>({function, "operator", note, 0.0, ULPFRONT_MODE_FLUSH_TO_ZERO}, &eval<Setup>,
                           &create<Create>, &destroy);
}

xnn_status relu(xnn_operator_t* op) { return xnn_create_clamp_nc_f32(1, 1, 1, 0.0F, inf, 0, op); }
xnn_status relu6(xnn_operator_t* op) { return xnn_create_clamp_nc_f32(1, 1, 1, 0.0F, 6.0F, 0, op); }
xnn_status hardtanh(xnn_operator_t* op) { return xnn_create_clamp_nc_f32(1, 1, 1, -1.0F, 1.0F, 0, op); }
xnn_status leaky_relu(xnn_operator_t* op) { return xnn_create_leaky_relu_nc_f32(1, 1, 1, 0.01F, 0, op); }
xnn_status elu(xnn_operator_t* op) { return xnn_create_elu_nc_f32(1, 1, 1, 1.0F, 0, op); }
xnn_status hardswish(xnn_operator_t* op) { return xnn_create_hardswish_nc_f32(1, 1, 1, 0, op); }
xnn_status sigmoid(xnn_operator_t* op) { return xnn_create_sigmoid_nc_f32(1, 1, 1, 0, op); }

}  // namespace

ULPFRONT_PEER_ROWS(std::array{
    row<&xnn_setup_clamp_nc_f32, &relu>("relu", "clamp from 0 to infinity"),
    row<&xnn_setup_clamp_nc_f32, &relu6>("relu6", "clamp from 0 to 6"),
    row<&xnn_setup_clamp_nc_f32, &hardtanh>("hardtanh", "clamp from -1 to 1"),
    row<&xnn_setup_leaky_relu_nc_f32, &leaky_relu>("leaky_relu", "leaky_relu"),
    row<&xnn_setup_elu_nc_f32, &elu>("elu", "elu, alpha 1"),
    row<&xnn_setup_hardswish_nc_f32, &hardswish>("hardswish", "hardswish"),
    row<&xnn_setup_sigmoid_nc_f32, &sigmoid>("sigmoid", "sigmoid"),
})
