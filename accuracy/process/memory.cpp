#include "accuracy/process/memory.hpp"

#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "impls/tool.hpp"

namespace ulpfront {
namespace {

[[noreturn]] void no_memory(std::size_t bytes) {
    throw failure(exit_internal, fmt::format("no memory: {} MiB could not be had ({}); use fewer --threads",
                                             bytes >> 20, std::strerror(errno)));
}

}  // namespace

descriptor::~descriptor() {
    if (number_ >= 0) close(number_);
}

descriptor make_shared_memory(const char* name, std::size_t bytes) {
    descriptor memory(memfd_create(name, MFD_CLOEXEC));
    if (!memory || ftruncate(memory.get(), static_cast<off_t>(bytes)) != 0) no_memory(bytes);
    return memory;
}

std::size_t whole_pages(std::size_t bytes) {
    static const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
    return (bytes + page - 1) / page * page;
}

mapping mapping::of_private(std::size_t bytes, bool guards) {
    return {bytes, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0, protection::read_write, guards};
}

mapping mapping::of_shared(const descriptor& memory, std::size_t offset, std::size_t bytes, protection how,
                           bool guards) {
    return {bytes, MAP_SHARED, memory.get(), offset, how, guards};
}

mapping::mapping(std::size_t bytes, int flags, int memory, std::size_t offset, protection how, bool guards)
    : whole_bytes_(whole_pages(bytes) + (guards ? 2 * guard_bytes : 0)), bytes_(whole_pages(bytes)) {
    void* const whole =
        mmap(nullptr, whole_bytes_, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (whole == MAP_FAILED) no_memory(whole_bytes_);
    whole_ = static_cast<std::byte*>(whole);
    begin_ = whole_ + (guards ? guard_bytes : 0);
    const int access = how == protection::read_only ? PROT_READ : PROT_READ | PROT_WRITE;
    if (mmap(begin_, bytes_, access, flags | MAP_FIXED, memory, static_cast<off_t>(offset)) == MAP_FAILED) {
        const int error = errno;
        munmap(whole_, whole_bytes_);
        errno = error;
        no_memory(bytes_);
    }
}

mapping::~mapping() {
    if (whole_ != nullptr) munmap(whole_, whole_bytes_);
}

}  // namespace ulpfront
