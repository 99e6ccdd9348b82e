#include "reports/output.hpp"

#include <fmt/format.h>
#include <stdlib.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "impls/tool.hpp"

namespace ulpfront::reports {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void cannot_write(const std::string& folder, const std::string& why) {
    throw failure(exit_cannot_write,
                  fmt::format("cannot write the report to '{}': {}; nothing there was changed. Free space or "
                              "name another folder with -o",
                              folder, why));
}

/// Where files are written before they take their places: inside the folder, so that moving them is a
/// rename. It goes away with what is still in it, and so does a folder that was made in vain.
class staging {
  public:
    explicit staging(const std::string& folder) : folder_(folder) {
        std::error_code error;
        if (fs::exists(folder, error) && !fs::is_directory(folder))
            cannot_write(folder, "it is not a folder");
        made_folder_ = fs::create_directory(folder, error);
        if (error) cannot_write(folder, error.message());
        std::string pattern = folder + "/.report.XXXXXX";
        if (mkdtemp(pattern.data()) == nullptr) {
            const std::string why = std::strerror(errno);
            remove_folder_if_made();
            cannot_write(folder, why);
        }
        place_ = pattern;
    }
    ~staging() {
        std::error_code ignored;
        fs::remove_all(place_, ignored);
        if (!kept_) remove_folder_if_made();
    }
    staging(const staging&) = delete;
    staging& operator=(const staging&) = delete;

    [[nodiscard]] const fs::path& place() const { return place_; }
    void keep() { kept_ = true; }

  private:
    void remove_folder_if_made() const {
        std::error_code ignored;
        if (made_folder_) fs::remove(folder_, ignored);
    }

    std::string folder_;
    fs::path place_;
    bool made_folder_ = false;
    bool kept_ = false;
};

void write_all(const fs::path& place, const std::vector<report_file>& files) {
    for (const report_file& each : files) {
        const fs::path path = place / each.path;
        fs::create_directories(path.parent_path());
        write_whole(path.string(), each.content);
        if (interrupted()) throw failure(exit_interrupted, "interrupted; nothing was changed");
    }
}

}  // namespace

void write_folder(const std::string& folder, const std::vector<report_file>& files) {
    staging stage(folder);
    try {
        write_all(stage.place(), files);
        for (const report_file& each : files) {
            const fs::path to = fs::path(folder) / each.path;
            fs::create_directories(to.parent_path());
            if (fs::is_directory(to)) cannot_write(folder, fmt::format("'{}' is a folder", each.path));
        }
        stage.keep();
        for (const report_file& each : files)
            fs::rename(stage.place() / each.path, fs::path(folder) / each.path);
    } catch (const fs::filesystem_error& error) {
        cannot_write(folder, error.code().message());
    }
}

}  // namespace ulpfront::reports
