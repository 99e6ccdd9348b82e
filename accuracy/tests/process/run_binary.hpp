// Runs the binary as a user would.
#pragma once

#include <csignal>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "impls/tool.hpp"

struct run_result {
    int code = -1;  ///< exit code; -signal if it died of one
    std::string out;
    std::string err;
};

/// A signal to a program that runs.
struct sent_signal {
    std::function<bool()> when;  ///< asked every few milliseconds, until it says yes; empty: never
    int number = SIGINT;
};

/// Runs `ulpfront-accuracy WORDS...` to its end. Its standard output goes `to` a file that is not read, if
/// one is named.
run_result run_binary(const std::vector<std::string>& words, const sent_signal& signal = {},
                      const std::string& to = "");

/// A test library's path.
std::string library(const std::string& name);

using ulpfront::scratch_folder;

/// A wrong kernel of a test library, and the fault that it must be found guilty of.
struct expected_fault {
    const char* kernel;
    const char* code;
};

/// Runs `check WORDS... --out FILE` and reads the file.
struct check_result {
    run_result run;
    nlohmann::json file;
    /// The row of a kernel by its bare name; fails the test if there is none.
    [[nodiscard]] const nlohmann::json& row(const std::string& kernel) const;
    /// The codes of a row's faults, in their order.
    [[nodiscard]] std::vector<std::string> codes(const std::string& kernel) const;
};
check_result run_check(std::vector<std::string> words);
