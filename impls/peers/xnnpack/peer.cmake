# It has neither a package file for CMake nor one for pkg-config.
find_path(XNNPACK_INCLUDE xnnpack.h)
find_path(PTHREADPOOL_INCLUDE pthreadpool.h)
find_library(XNNPACK_LIBRARY XNNPACK)
if(NOT XNNPACK_INCLUDE OR NOT PTHREADPOOL_INCLUDE OR NOT XNNPACK_LIBRARY)
    ulpfront_peer_absent(xnnpack "libxnnpack-dev (with libpthreadpool-dev)")
    return()
endif()
ulpfront_peer(xnnpack VERSION "" SOURCES kernels.cpp LIBRARIES "${XNNPACK_LIBRARY}")
