// The certificates of the reference: made, gone on with, compared, and damaged on purpose.
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <limits>
#include <string>

#include "accuracy/process/certificate.hpp"
#include "accuracy/process/row.hpp"
#include "accuracy/tests/process/run_binary.hpp"
#include "impls/catalogue.hpp"
#include "impls/tool.hpp"

using namespace ulpfront;

namespace {

/// The built-in certificate of a function that has a whole one.
certificate whole(const std::string& function) {
    auto there = read_certificate(own_certificates(), function);
    REQUIRE(there);
    REQUIRE(there->is_whole());
    return *there;
}

/// A few binades of it: comparing these takes no time.
certificate part_of(const std::string& function) {
    certificate part{function, {}};
    for (const std::size_t number : {100U, 300U, 383U})
        part.binades.emplace(number, whole(function).binades.at(number));
    return part;
}

run_result check_in(const scratch_folder& folder, const std::string& function) {
    return run_binary({"certify", folder.path("."), "--check", "--function", function});
}

}  // namespace

TEST_CASE("every function has a whole certificate, and its reference never leaves its bound") {
    for (const function_facts* facts : known_functions()) {
        INFO(facts->name);
        for (const auto& [number, of] : whole(facts->name).binades) CHECK(of.share < 1.0);
    }
}

TEST_CASE("certificates are of this build's reference") {
    const scratch_folder folder;
    for (const function_facts* facts : known_functions()) {
        write_certificate(folder.path("."), part_of(facts->name));
        const run_result result = check_in(folder, facts->name);
        INFO(result.out << result.err);
        CHECK(result.code == 0);
        CHECK(result.out.find("certified in part, 3 of 512 binades") != std::string::npos);
    }
}

TEST_CASE("a certificate of another reference, or of other roundings, is refused") {
    const scratch_folder folder;
    for (const bool rounding : {false, true}) {
        certificate other = part_of("tanh");
        certified_binade& of = other.binades.at(300);
        ++(rounding ? of.rounded : of.reference);
        write_certificate(folder.path("."), other);
        const run_result result = check_in(folder, "tanh");
        CHECK(result.code == 65);
        CHECK(result.out.find("tanh: REFUSED: ") != std::string::npos);
        CHECK(result.out.find("another build's reference: it has other values from") != std::string::npos);
        const run_result more = run_binary({"certify", folder.path("."), "--function", "tanh"});
        CHECK(more.code == 65);
        CHECK(more.err.find("another build's reference") != std::string::npos);
    }
}

TEST_CASE("a certificate that was cut, edited, or is another function's is refused") {
    const scratch_folder folder;
    write_certificate(folder.path("."), part_of("tanh"));
    const std::string path = certificate_path(folder.path("."), "tanh");
    const std::string text = read_whole(path);
    const auto refused = [&](const std::string& damaged, const std::string& why) {
        write_whole(path, damaged);
        const run_result result = check_in(folder, "tanh");
        INFO(result.out);
        CHECK(result.code == 65);
        CHECK(result.out.find(why) != std::string::npos);
    };
    refused(text.substr(0, text.rfind("end ")), "is cut short");
    std::string edited = text;
    edited[edited.find(" 0.") + 3] ^= 1;
    refused(edited, "was edited");
    refused(text.substr(0, text.find("100 ")) + "garbage\n" + text.substr(text.find("100 ")), "is damaged");
    refused("ulpfront-certificate 1 f32 sigmoid\n" + text.substr(text.find('\n') + 1),
            "is no certificate of tanh");
    CHECK_NOTHROW((write_whole(path, text), read_certificate(folder.path("."), "tanh")));
}

TEST_CASE("certifying names what is wrong with its words") {
    const run_result unknown = run_binary({"certify", "--check", "--function", "sigmod"});
    CHECK(unknown.code == 64);
    CHECK(unknown.err.find("sigmoid") != std::string::npos);
    const run_result nowhere = run_binary({"certify"});
    CHECK(nowhere.code == 64);
    CHECK(nowhere.err.find("accuracy/certificates") != std::string::npos);
    const scratch_folder folder;
    const run_result none = check_in(folder, "relu");
    CHECK(none.code == 0);
    CHECK(none.out == "relu: skipped: it has no certificate\n");
    CHECK(run_binary({"certify", "/dev/full/certificates", "--function", "relu"}).code == 73);
}

TEST_CASE("an interrupted certificate is gone on with") {
    const scratch_folder folder;
    const std::string path = certificate_path(folder.path("."), "hardtanh");
    std::size_t before = 0;
    for (int part = 0; part < 2; ++part) {
        const auto grown = [&] {
            if (!std::filesystem::exists(path)) return false;
            return read_certificate(folder.path("."), "hardtanh")->binades.size() > before;
        };
        const run_result result =
            run_binary({"certify", folder.path("."), "--function", "hardtanh"}, {grown, SIGINT});
        INFO(result.out << result.err);
        CHECK(result.code == 130);
        const certificate there = read_certificate(folder.path("."), "hardtanh").value();
        CHECK(there.binades.size() > before);
        before = there.binades.size();
        const certificate all = whole("hardtanh");
        for (const auto& [number, of] : there.binades) {
            CHECK(of.rounded == all.binades.at(number).rounded);
            CHECK(of.reference == all.binades.at(number).reference);
        }
    }
}

TEST_CASE("a maximum is called certified only where every input was compared with the certified reference") {
    outcome result;
    result.kernel.function = "relu";
    result.kernel.dtype = ULPFRONT_DTYPE_F32;
    result.measured.inputs = std::uint64_t{1} << 32;
    result.reference = whole("relu").reference();
    CHECK(kind_of(result) == std::string("certified"));
    ++result.reference;
    CHECK(kind_of(result) == std::string("exhaustive"));
    --result.reference;
    --result.measured.inputs;
    CHECK(kind_of(result) == std::string("found"));
}
