# Before glibc 2.35 libmvec has no tanhf; on Arm it came with 2.38.
find_library(MVEC_LIBRARY mvec)
set(CMAKE_REQUIRED_LIBRARIES "${MVEC_LIBRARY}" m)
check_function_exists(_ZGVbN4v_tanhf MVEC_HAS_TANH)
unset(CMAKE_REQUIRED_LIBRARIES)
if(NOT MVEC_HAS_TANH)
    ulpfront_peer_absent(libmvec "libc6-dev 2.35 or newer")
    return()
endif()
execute_process(COMMAND getconf GNU_LIBC_VERSION OUTPUT_VARIABLE glibc OUTPUT_STRIP_TRAILING_WHITESPACE)
ulpfront_peer(libmvec VERSION "${glibc}" SOURCES kernels.cpp LIBRARIES "${MVEC_LIBRARY}" m
    ISAS sse2 avx2 avx512
    DEFINITIONS_sse2 ULPFRONT_MVEC_F32_PREFIX=_ZGVbN4v_ ULPFRONT_MVEC_F64_PREFIX=_ZGVbN2v_
    DEFINITIONS_avx2 ULPFRONT_MVEC_F32_PREFIX=_ZGVdN8v_ ULPFRONT_MVEC_F64_PREFIX=_ZGVdN4v_
    DEFINITIONS_avx512 ULPFRONT_MVEC_F32_PREFIX=_ZGVeN16v_ ULPFRONT_MVEC_F64_PREFIX=_ZGVeN8v_)
