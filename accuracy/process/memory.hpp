// Memory with walls: mappings that clean up after themselves, pages between guards, memory shared by name.
#pragma once

#include <cstddef>
#include <utility>

namespace ulpfront {

/// A file descriptor that closes itself.
class descriptor {
  public:
    descriptor() = default;
    explicit descriptor(int number) : number_(number) {}
    descriptor(const descriptor&) = delete;
    descriptor& operator=(const descriptor&) = delete;
    descriptor(descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    descriptor& operator=(descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~descriptor();

    [[nodiscard]] int get() const { return number_; }
    explicit operator bool() const { return number_ >= 0; }

  private:
    int number_ = -1;
};

/// Anonymous memory of this many bytes that other processes can be given. Throws failure (exit_internal).
descriptor make_shared_memory(const char* name, std::size_t bytes);

/// A size rounded up to whole pages.
std::size_t whole_pages(std::size_t bytes);

enum class protection { read_only, read_write };

/// A mapping of memory, unmapped in the end. With guards there are inaccessible pages on both sides, so that
/// touching anything outside is a fault at the address touched.
class mapping {
  public:
    /// Private memory, filled with zeros.
    static mapping of_private(std::size_t bytes, bool guards);
    /// A part of shared memory; offset and size in whole pages.
    static mapping of_shared(const descriptor& memory, std::size_t offset, std::size_t bytes, protection how,
                             bool guards);

    mapping(const mapping&) = delete;
    mapping& operator=(const mapping&) = delete;
    mapping(mapping&& other) noexcept
        : whole_(std::exchange(other.whole_, nullptr)),
          whole_bytes_(other.whole_bytes_),
          begin_(other.begin_),
          bytes_(other.bytes_) {}
    mapping& operator=(mapping&&) = delete;
    ~mapping();

    [[nodiscard]] std::byte* begin() const { return begin_; }
    [[nodiscard]] std::byte* end() const { return begin_ + bytes_; }
    [[nodiscard]] std::size_t size() const { return bytes_; }

    /// The place of n elements that end where the mapping ends.
    template <class T>
    [[nodiscard]] T* upper(std::size_t n) const {
        return reinterpret_cast<T*>(end()) - n;
    }
    /// The place of elements that begin where the mapping begins.
    template <class T>
    [[nodiscard]] T* lower() const {
        return reinterpret_cast<T*>(begin_);
    }

    /// Inaccessible bytes on each side of a guarded mapping.
    static constexpr std::size_t guard_bytes = std::size_t{1} << 16;

  private:
    mapping(std::size_t bytes, int flags, int memory, std::size_t offset, protection how, bool guards);

    std::byte* whole_;  // guards included
    std::size_t whole_bytes_;
    std::byte* begin_;
    std::size_t bytes_;
};

}  // namespace ulpfront
