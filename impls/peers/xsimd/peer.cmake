# The project's own kernels are built on xsimd: it is there.
pkg_check_modules(XSIMD QUIET xsimd)
ulpfront_peer(xsimd VERSION "${XSIMD_VERSION}" SOURCES kernels.cpp ISAS sse2 avx2 avx512 neon64)
