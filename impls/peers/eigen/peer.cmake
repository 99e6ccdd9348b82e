find_package(Eigen3 3.3 QUIET NO_MODULE)
if(NOT Eigen3_FOUND)
    ulpfront_peer_absent(eigen libeigen3-dev)
    return()
endif()
ulpfront_peer(eigen VERSION "${Eigen3_VERSION}" SOURCES kernels.cpp LIBRARIES Eigen3::Eigen
    ISAS sse2 avx2 avx512 neon64 OPTIONS -w)
