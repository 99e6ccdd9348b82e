#include "impls/catalogue.hpp"

#include <dlfcn.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <tuple>

#include "impls/cpu.hpp"
#include "impls/tool.hpp"
#include "ulpfront/functions.hpp"

namespace ulpfront {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view own_library = "ulpfront";
// libulpfront_impls_avx2.so, libulpfront_peer_NAME_avx2.so
constexpr std::string_view own_file_prefixes[] = {"libulpfront_impls_", "libulpfront_peer_"};

const std::vector<skipped_library> absent_peers = {
#include "ulpfront/absent_peers.inc"
};

[[noreturn]] void reject(const std::string& path, const std::string& why) {
    throw failure(exit_usage, fmt::format("--kernels '{}': {}", path, why));
}

/// Names go into files, benchmark names and pages: keep them to characters that need no quoting.
bool is_plain_name(const char* name) {
    if (name == nullptr || *name == '\0') return false;
    const auto plain = [](unsigned char c) {
        return std::isalnum(c) != 0 || c == '_' || c == '-' || c == '.';
    };
    return std::all_of(name, name + std::char_traits<char>::length(name), plain);
}

/// The file's bytes under a fresh inode, so that the loader cannot mistake it for one it has.
std::string private_copy(const std::string& path) {
    const std::string bytes = read_whole(path);
    const int descriptor = memfd_create("ulpfront-kernels", MFD_CLOEXEC);
    if (descriptor < 0 ||
        write(descriptor, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size())) {
        reject(path, "cannot be copied into memory to be opened a second time");
    }
    return fmt::format("/proc/self/fd/{}", descriptor);
}

/// dlopen, with a copy for a file that this process has open already.
void* open_library(const std::string& path) {
    static std::set<std::pair<dev_t, ino_t>> opened;
    struct stat status {};
    if (stat(path.c_str(), &status) != 0)
        reject(path, "no such file; name a kernel library or a folder of them");
    const bool is_new = opened.emplace(status.st_dev, status.st_ino).second;
    void* handle = dlopen(is_new ? path.c_str() : private_copy(path).c_str(), RTLD_NOW | RTLD_LOCAL);
    if (handle == nullptr) reject(path, fmt::format("not a loadable shared library ({})", dlerror()));
    return handle;
}

const ulpfront_table* table_of(const std::string& path) {
    void* const symbol = dlsym(open_library(path), "ulpfront_kernels");
    if (symbol == nullptr) {
        reject(path, "exports no ulpfront_kernels(); a kernel library must (see impls/kernel_abi.h)");
    }
    const auto* table = reinterpret_cast<const ulpfront_table* (*)()>(symbol)();
    if (table == nullptr) reject(path, "ulpfront_kernels() returned null");
    if (table->abi_version != ULPFRONT_ABI_VERSION || table->row_size != sizeof(ulpfront_row)) {
        reject(path, fmt::format(
                         "was built for kernel ABI {} with rows of {} bytes, these tools for ABI {} with {}; "
                         "rebuild it against this impls/kernel_abi.h",
                         table->abi_version, table->row_size, ULPFRONT_ABI_VERSION, sizeof(ulpfront_row)));
    }
    if (!is_plain_name(table->library))
        reject(path, "its table has no library name of letters, digits, '_', '-', '.'");
    if (table->rows == nullptr && table->row_count != 0) reject(path, "its table has no rows");
    return table;
}

/// What a library says of itself, fit for a JSON file: bytes that are not UTF-8 are replaced.
std::string words_of(const char* text) {
    if (text == nullptr) return "";
    using nlohmann::json;
    return json::parse(json(text).dump(-1, ' ', false, json::error_handler_t::replace));
}

/// The first thing wrong with a row; empty if nothing is.
std::string defect_of(const ulpfront_row* row) {
    if (row == nullptr) return "is a null pointer";
    if (!is_plain_name(row->function)) return "has no function name of letters, digits, '_', '-', '.'";
    if (!is_plain_name(row->kernel)) return "has no kernel name of letters, digits, '_', '-', '.'";
    if (dtype_name(row->dtype).empty()) return fmt::format("has the unknown dtype {}", row->dtype);
    if (isa_name(row->isa).empty()) return fmt::format("has the unknown ISA {}", row->isa);
    if (method_name(row->method).empty()) return fmt::format("has the unknown method {}", row->method);
    if (promise_name(row->promise_kind).empty())
        return fmt::format("has the unknown promise kind {}", row->promise_kind);
    if (!(row->promise_value >= 0.0)) return fmt::format("promises an error of {}", row->promise_value);
    if (row->eval == nullptr) return "has a null eval";
    if (row->seams == nullptr && row->seam_count != 0) return "counts seams but has none";
    return "";
}

kernel_info info_of(const ulpfront_table& table, std::size_t index, const std::string& path) {
    const ulpfront_row& row = *table.rows[index];
    return {
        .function = row.function,
        .kernel = row.kernel,
        .library = table.library,
        .library_version = words_of(table.version),
        .compiler = words_of(table.compiler),
        .flags = words_of(table.flags),
        .path = path,
        .row = index,
        .method = row.method,
        .dtype = row.dtype,
        .isa = row.isa,
        .promise_kind = row.promise_kind,
        .promise_value = row.promise_value,
        .promise_flags = row.promise_flags,
        .mode_flags = row.mode_flags,
        .seams = std::vector<double>(row.seams, row.seams + row.seam_count),
        .note = words_of(row.note),
        .code_id = row.code_id == nullptr ? 0 : *row.code_id,
    };
}

auto sort_key(const kernel_info& k) {
    return std::make_tuple(k.library != own_library, std::cref(k.function), k.dtype, k.method,
                           std::cref(k.library), std::cref(k.kernel), k.isa);
}

/// The ISA in the name of one of the project's own libraries, peers among them; nullopt for any other file.
std::optional<std::uint32_t> own_isa(const fs::path& file) {
    const std::string stem = file.stem().string();
    const auto begins = [&](std::string_view prefix) { return stem.rfind(prefix, 0) == 0; };
    if (std::none_of(std::begin(own_file_prefixes), std::end(own_file_prefixes), begins)) return std::nullopt;
    return isa_from_name(std::string_view(stem).substr(stem.rfind('_') + 1));
}

/// Adds a library, unless it is one of the project's own for an ISA that would not run.
void add_library(const fs::path& file, library_list& to) {
    const auto isa = own_isa(file);
    const std::string missing = isa ? missing_features(*isa) : "";
    if (missing.empty()) {
        to.paths.push_back(fs::absolute(file).lexically_normal().string());
    } else {
        to.skipped.push_back({file.string(), "the CPU lacks " + missing});
    }
}

void add_folder(const fs::path& folder, library_list& to) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() == ".so" && !entry.is_directory()) files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    for (const auto& file : files) add_library(file, to);
}

}  // namespace

const std::vector<const function_facts*>& known_functions() {
#define ULPFRONT_FACTS(name) &functions::name##_facts,
    static const std::vector<const function_facts*> list = {ULPFRONT_FOR_EACH_FUNCTION(ULPFRONT_FACTS)};
#undef ULPFRONT_FACTS
    return list;
}

const function_facts* find_function(std::string_view name) {
    const auto& list = known_functions();
    const auto found =
        std::find_if(list.begin(), list.end(), [&](const auto* facts) { return facts->name == name; });
    return found == list.end() ? nullptr : *found;
}

std::string kernel_info::shown_name() const {
    return library == own_library ? kernel : library + ":" + kernel;
}

std::string kernel_info::id() const {
    return fmt::format("{}/{}/{}/{}", function, dtype_name(dtype), shown_name(), isa_name(isa));
}

std::string kernel_info::why_not_here() const {
    const std::string missing = missing_features(isa);
    return missing.empty() ? "" : "the CPU lacks " + missing;
}

kernel_library::kernel_library(const std::string& path) : table_(table_of(path)) {
    std::set<std::tuple<std::string, std::string, std::uint32_t, std::uint32_t>> seen;
    for (std::size_t i = 0; i < table_->row_count; ++i) {
        const ulpfront_row* row = table_->rows[i];
        if (const std::string defect = defect_of(row); !defect.empty()) {
            reject(path,
                   fmt::format(
                       "row {}{} {}", i,
                       row != nullptr && is_plain_name(row->kernel) ? fmt::format(" ({})", row->kernel) : "",
                       defect));
        }
        kernels_.push_back(info_of(*table_, i, path));
        if (!seen.emplace(row->function, row->kernel, row->dtype, row->isa).second) {
            reject(path, fmt::format("row {} is a second {}; names must be unique", i, kernels_.back().id()));
        }
    }
}

std::filesystem::path own_libraries() { return built_folder("lib"); }

library_list find_libraries(const std::vector<std::string>& extra, bool with_own) {
    library_list result;
    const fs::path own = own_libraries();
    if (with_own) {
        if (fs::is_directory(own)) add_folder(own, result);
        result.skipped.insert(result.skipped.end(), absent_peers.begin(), absent_peers.end());
    }
    for (const std::string& path : extra) {
        const std::size_t before = result.paths.size() + result.skipped.size();
        if (fs::is_directory(path)) {
            add_folder(path, result);
            if (result.paths.size() + result.skipped.size() == before)
                reject(path, "the folder holds no *.so file");
        } else if (fs::exists(path)) {
            add_library(path, result);
        } else {
            reject(path, "no such file; name a kernel library or a folder of them");
        }
    }
    return result;
}

void put_in_order(std::vector<kernel_info>& kernels) {
    std::map<std::string, std::set<std::string>> paths_with;  // id -> the libraries that have it
    std::map<std::string, std::size_t> rank_of;               // library -> how many before it share a kernel
    for (const kernel_info& kernel : kernels) {
        auto& paths = paths_with[kernel.id()];
        auto& rank = rank_of[kernel.path];
        paths.insert(kernel.path);
        rank = std::max(rank, paths.size());
    }
    for (kernel_info& kernel : kernels) {
        if (rank_of[kernel.path] > 1) kernel.library += fmt::format("#{}", rank_of[kernel.path]);
    }
    std::stable_sort(kernels.begin(), kernels.end(),
                     [](const auto& a, const auto& b) { return sort_key(a) < sort_key(b); });
}

void to_json(nlohmann::json& to, const kernel_info& k) {
    to = {{"function", k.function},
          {"kernel", k.kernel},
          {"library", k.library},
          {"library_version", k.library_version},
          {"compiler", k.compiler},
          {"flags", k.flags},
          {"path", k.path},
          {"row", k.row},
          {"method", k.method},
          {"dtype", k.dtype},
          {"isa", k.isa},
          {"promise_kind", k.promise_kind},
          {"promise_value", k.promise_value},
          {"promise_flags", k.promise_flags},
          {"mode_flags", k.mode_flags},
          {"seams", k.seams},
          {"note", k.note},
          {"code_id", k.code_id}};
}

void from_json(const nlohmann::json& from, kernel_info& k) {
    from.at("function").get_to(k.function);
    from.at("kernel").get_to(k.kernel);
    from.at("library").get_to(k.library);
    from.at("library_version").get_to(k.library_version);
    from.at("compiler").get_to(k.compiler);
    from.at("flags").get_to(k.flags);
    from.at("path").get_to(k.path);
    from.at("row").get_to(k.row);
    from.at("method").get_to(k.method);
    from.at("dtype").get_to(k.dtype);
    from.at("isa").get_to(k.isa);
    from.at("promise_kind").get_to(k.promise_kind);
    from.at("promise_value").get_to(k.promise_value);
    from.at("promise_flags").get_to(k.promise_flags);
    from.at("mode_flags").get_to(k.mode_flags);
    from.at("seams").get_to(k.seams);
    from.at("note").get_to(k.note);
    from.at("code_id").get_to(k.code_id);
}

}  // namespace ulpfront
