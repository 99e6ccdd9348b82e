// Finds and loads the engine for this CPU.
#include <dlfcn.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <filesystem>

#include "accuracy/reference/engine.hpp"
#include "impls/cpu.hpp"
#include "impls/tool.hpp"

namespace ulpfront {
namespace {

const engine_table* try_engine(const std::filesystem::path& file) {
    void* const handle = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (handle == nullptr) return nullptr;
    void* const symbol = dlsym(handle, "ulpfront_engine");
    return symbol == nullptr ? nullptr : reinterpret_cast<const engine_table* (*)()>(symbol)();
}

const engine_table* widest_engine() {
    const auto& isas = built_isas();
    for (auto isa = isas.rbegin(); isa != isas.rend(); ++isa) {
        if (const engine_table* engine = find_engine(isa->name); engine != nullptr) return engine;
    }
    throw failure(exit_internal, fmt::format("no reference engine for this CPU in {}; build the project anew",
                                             built_folder("engine").lexically_normal().string()));
}

}  // namespace

const engine_table* find_engine(const char* isa) {
    const auto& isas = built_isas();
    const auto found = std::find_if(isas.begin(), isas.end(),
                                    [&](const auto& each) { return std::strcmp(each.name, isa) == 0; });
    if (found == isas.end() || !missing_features(found->id).empty()) return nullptr;
    return try_engine(built_folder("engine") / fmt::format("libulpfront_engine_{}.so", isa));
}

const engine_table& load_engine() {
    static const engine_table* const engine = widest_engine();
    return *engine;
}

const engine_function* find_engine_function(const engine_table& engine, const char* name) {
    for (std::size_t i = 0; i < engine.function_count; ++i) {
        if (std::strcmp(engine.functions[i].name, name) == 0) return &engine.functions[i];
    }
    return nullptr;
}

const f64_function* find_f64_function(const engine_table& engine, const char* name) {
    for (std::size_t i = 0; i < engine.f64_function_count; ++i) {
        if (std::strcmp(engine.f64_functions[i].name, name) == 0) return &engine.f64_functions[i];
    }
    return nullptr;
}

}  // namespace ulpfront
