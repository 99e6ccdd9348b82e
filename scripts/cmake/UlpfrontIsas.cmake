# The one list of instruction sets. An ISA is a name and the CPU features it needs; the features give
# both the compiler's flags (-mFEATURE) and the run-time check (Linux's /proc/cpuinfo names them alike),
# so that a library is never built with more than its check asks for.
#
#   ULPFRONT_ISAS                       names, for this target architecture
#   ulpfront_isa_flags(OUT isa)         compiler flags
#   ulpfront_isa_is_vector(OUT isa)     whether *.simd.cpp are built for it
#   ulpfront_isa_builds_plain(OUT isa)  whether plain *.cpp are built for it
#   ULPFRONT_ISA_INC                    generated C++: {id, name, features} of every ISA of the list
include_guard()

if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64|amd64)$")
    set(ULPFRONT_ISAS scalar sse2 avx2 avx512)
    set(plain_isas scalar avx2)
elseif(CMAKE_SYSTEM_PROCESSOR MATCHES "^(aarch64|arm64)$")
    set(ULPFRONT_ISAS scalar neon64)
    set(plain_isas scalar neon64)
else()
    message(FATAL_ERROR "ulpfront: ${CMAKE_SYSTEM_PROCESSOR} is not supported; x86-64 and 64-bit Arm are")
endif()

set(ULPFRONT_ONLY_ISAS "" CACHE STRING "Instruction sets to build for, as a regular expression; empty: all")
if(ULPFRONT_ONLY_ISAS)
    list(FILTER ULPFRONT_ISAS INCLUDE REGEX "^(${ULPFRONT_ONLY_ISAS})$")
endif()

set(features_scalar)
set(features_sse2 sse2)
set(features_avx2 avx2 fma f16c)
set(features_avx512 avx2 fma f16c avx512f avx512cd avx512dq avx512bw avx512vl)
set(features_neon64 asimd)

function(ulpfront_isa_flags out isa)
    set(flags)
    if(isa STREQUAL scalar)
        # The name is a promise: no autovectorisation behind it.
        if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
            set(flags -fno-tree-vectorize -fno-tree-slp-vectorize)
        else()
            set(flags -fno-vectorize -fno-slp-vectorize)
        endif()
    elseif(NOT isa STREQUAL neon64)
        foreach(feature IN LISTS features_${isa})
            list(APPEND flags -m${feature})
        endforeach()
    endif()
    if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND isa MATCHES "^avx")
        # The vectors of a turn are independent: g++ interleaves them only if it schedules before it allocates
        # registers. Kernels of long chains gain up to a tenth.
        list(APPEND flags -fschedule-insns -fsched-pressure)
    endif()
    if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND isa STREQUAL avx2)
        # By itself g++ copies a struct of vectors in halves, and a vector read where two halves were just written
        # waits for both: code that keeps its values in structs took two to four times as long.
        list(APPEND flags -mmove-max=256 -mstore-max=256)
    endif()
    if(isa STREQUAL avx512)
        list(APPEND flags -mprefer-vector-width=512)
        if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
            # g++ 12 sees uninitialised values inside its own AVX-512 min and max intrinsics.
            list(APPEND flags -Wno-maybe-uninitialized -Wno-uninitialized)
        endif()
    endif()
    set(${out} "${flags}" PARENT_SCOPE)
endfunction()

function(ulpfront_isa_is_vector out isa)
    if(isa STREQUAL scalar)
        set(${out} OFF PARENT_SCOPE)
    else()
        set(${out} ON PARENT_SCOPE)
    endif()
endfunction()

function(ulpfront_isa_builds_plain out isa)
    if(isa IN_LIST plain_isas)
        set(${out} ON PARENT_SCOPE)
    else()
        set(${out} OFF PARENT_SCOPE)
    endif()
endfunction()

set(rows "")
foreach(isa IN LISTS ULPFRONT_ISAS)
    string(TOUPPER ${isa} upper)
    string(JOIN " " features ${features_${isa}})
    string(APPEND rows "{ULPFRONT_ISA_${upper}, \"${isa}\", \"${features}\"},\n")
endforeach()
set(ULPFRONT_ISA_INC "${CMAKE_BINARY_DIR}/generated/ulpfront/isas.inc")
file(CONFIGURE OUTPUT "${ULPFRONT_ISA_INC}" CONTENT "${rows}" @ONLY)
include_directories("${CMAKE_BINARY_DIR}/generated")
