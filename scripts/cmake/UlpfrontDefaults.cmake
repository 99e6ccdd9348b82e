# What every target of the project is built with.
include_guard()

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_STANDARD 99)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

get_property(multi_config GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
if(NOT CMAKE_BUILD_TYPE AND NOT multi_config)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()

set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/lib")

# Contraction would turn a*b+c into an FMA where the source does not ask for one: results would then
# differ by compiler. FMA is always explicit here.
add_compile_options(-ffp-contract=off -Wall -Wextra -Wpedantic -Wshadow)
add_compile_options("$<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor;-Wconversion>")
if(ULPFRONT_WERROR)
    add_compile_options(-Werror)
endif()
include_directories("${CMAKE_SOURCE_DIR}")

# Levels of optimisation. Vector code gets -O3, but not from the sanitizers, who take it many minutes at that, and a
# third of what is left for the alignment of each operand, which a register has not and a load from memory traps on
# by itself.
set(ULPFRONT_VECTOR_CODE "$<$<NOT:$<CONFIG:RelWithDebInfo>>:-O3>" "$<$<CONFIG:RelWithDebInfo>:-fno-sanitize=alignment>")
