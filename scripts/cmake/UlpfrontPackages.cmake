# The libraries of Debian 12 that the tools are built on.
include_guard()

find_package(benchmark REQUIRED)
find_package(Boost 1.74 REQUIRED)
find_package(Catch2 2 REQUIRED)
find_package(CLI11 REQUIRED)
find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(MPFR REQUIRED IMPORTED_TARGET mpfr)
include(CTest)
include(Catch)

# Headers of others give warnings that are not ours to mend.
foreach(target IN ITEMS benchmark::benchmark Catch2::Catch2 CLI11::CLI11 fmt::fmt nlohmann_json::nlohmann_json)
    get_target_property(directories ${target} INTERFACE_INCLUDE_DIRECTORIES)
    if(directories)
        set_target_properties(${target} PROPERTIES INTERFACE_SYSTEM_INCLUDE_DIRECTORIES "${directories}")
    endif()
endforeach()

option(ULPFRONT_TOGETHER "Files of the tools and tests are compiled several at a time" OFF)

# ulpfront_together(target): with ULPFRONT_TOGETHER its files are compiled eight at a time, as one: that takes half
# the time, but a file may then lack an #include, or hide a name of another one, so that the release build does not.
function(ulpfront_together target)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ${ULPFRONT_TOGETHER} UNITY_BUILD_BATCH_SIZE 8)
    if(ULPFRONT_TOGETHER)
        target_compile_options(${target} PRIVATE -Wno-shadow)
    endif()
endfunction()

# ulpfront_precompile(target): what nearly every file of a tool includes, by way of others if not itself, is
# compiled once: reading it takes longer than what most of these files have of their own.
function(ulpfront_precompile target)
    target_precompile_headers(${target} PRIVATE <nlohmann/json.hpp> <fmt/format.h>)
    ulpfront_together(${target})
    # g++ 12 falsely warns of the insides of std::string, and takes them for ours once they are precompiled.
    target_compile_options(${target} PRIVATE
        "$<$<AND:$<COMPILE_LANGUAGE:CXX>,$<CXX_COMPILER_ID:GNU>>:-Wno-array-bounds;-Wno-restrict;-Wno-stringop-overflow;-Wno-stringop-overread>")
endfunction()

# ulpfront_lightly_optimised(target): what waits for kernels, files and people gains nothing from -O3, which
# takes the compiler half as long again; nor with sanitizers from -O1. At -O1 g++ 12 takes an empty std::optional
# for one that is read.
function(ulpfront_lightly_optimised target)
    target_compile_options(${target} PRIVATE "$<$<CONFIG:RelWithDebInfo>:-O0>"
        "$<$<CONFIG:Release>:-O1;$<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>>")
endfunction()

# ulpfront_test(name [LIBRARIES lib...] [DEFINITIONS def...] sources...): one Catch2 binary, each case a
# ctest test of its own.
function(ulpfront_test name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LIBRARIES;DEFINITIONS")
    add_executable(${name} ${arg_SOURCES} ${arg_UNPARSED_ARGUMENTS})
    target_link_libraries(${name} PRIVATE ${arg_LIBRARIES} Catch2::Catch2 ulpfront_catch_main)
    target_compile_definitions(${name} PRIVATE ${arg_DEFINITIONS})
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
    ulpfront_lightly_optimised(${name})
    ulpfront_together(${name})
    catch_discover_tests(${name} TEST_PREFIX "${name}: ")
endfunction()

find_library(CATCH_MAIN NAMES Catch2WithMain)
if(CATCH_MAIN)
    add_library(ulpfront_catch_main INTERFACE)
    target_link_libraries(ulpfront_catch_main INTERFACE ${CATCH_MAIN})
else()
    file(CONFIGURE OUTPUT "${CMAKE_BINARY_DIR}/generated/catch_main.cpp"
        CONTENT "#define CATCH_CONFIG_MAIN\n#include <catch2/catch.hpp>\n")
    add_library(ulpfront_catch_main STATIC "${CMAKE_BINARY_DIR}/generated/catch_main.cpp")
    target_link_libraries(ulpfront_catch_main PUBLIC Catch2::Catch2)
endif()
