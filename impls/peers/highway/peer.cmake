pkg_check_modules(HWY QUIET IMPORTED_TARGET libhwy)
if(NOT HWY_FOUND)
    ulpfront_peer_absent(highway libhwy-dev)
    return()
endif()
# Highway takes AVX2 for given only beside BMI2, AES and PCLMUL, which every such CPU has; its SSE2 is scalar
# code.
ulpfront_peer(highway VERSION "${HWY_VERSION}" SOURCES kernels.cpp LIBRARIES PkgConfig::HWY
    ISAS avx2 avx512
    OPTIONS -mbmi -mbmi2 -maes -mpclmul)
