// ulpfront-accuracy list
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "accuracy/process/commands.hpp"
#include "accuracy/process/listing.hpp"
#include "accuracy/process/row.hpp"
#include "accuracy/process/table.hpp"
#include "impls/tool.hpp"

namespace ulpfront {

int run_list(const list_options& options) {
    catch_interrupts();
    const listing all = list_libraries(options.which, usual_timeout);
    const std::vector<kernel_info> kernels = select_kernels(all.kernels, options.which);
    if (options.json) {
        nlohmann::json list = nlohmann::json::array();
        for (const kernel_info& kernel : kernels) {
            nlohmann::json members = kernel_members(kernel);
            members["runs_here"] = kernel.why_not_here().empty();
            members["why_not_here"] = kernel.why_not_here();
            list.push_back(std::move(members));
        }
        put_out(fmt::format("{}\n", list.dump(1)));
        return exit_ok;
    }
    print_kernels(kernels);
    for (const skipped_library& each : all.libraries.skipped)
        put_out(fmt::format("skipped {}: {}\n", each.path, each.reason));
    return exit_ok;
}

}  // namespace ulpfront
