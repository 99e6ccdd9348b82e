#include "bench/paired/elf.hpp"

#include <elf.h>
#include <fmt/format.h>

#include <cstring>

#include "impls/tool.hpp"

namespace ulpfront::paired {
namespace {

/// An ELF file's bytes, read with care: what it says of itself need not be so.
class elf_file {
  public:
    explicit elf_file(const std::string& path) : path_(path), bytes_(read_whole(path)) {
        if (bytes_.size() < sizeof(Elf64_Ehdr) || std::memcmp(bytes_.data(), ELFMAG, SELFMAG) != 0 ||
            bytes_[EI_CLASS] != ELFCLASS64) {
            reject("is not a 64-bit ELF file");
        }
        header_ = at<Elf64_Ehdr>(0);
    }

    [[nodiscard]] std::size_t sections() const { return header_.e_shnum; }
    [[nodiscard]] Elf64_Shdr section(std::size_t i) const {
        return at<Elf64_Shdr>(header_.e_shoff + i * sizeof(Elf64_Shdr));
    }
    [[nodiscard]] Elf64_Sym symbol(const Elf64_Shdr& table, std::size_t i) const {
        return at<Elf64_Sym>(table.sh_offset + i * sizeof(Elf64_Sym));
    }
    [[nodiscard]] std::string name(const Elf64_Shdr& strings, std::size_t offset) const {
        const std::size_t begin = strings.sh_offset + offset;
        if (begin >= bytes_.size()) reject("has a name outside of it");
        return {bytes_.data() + begin, strnlen(bytes_.data() + begin, bytes_.size() - begin)};
    }

  private:
    template <class T>
    [[nodiscard]] T at(std::size_t offset) const {
        T value{};
        if (offset > bytes_.size() || bytes_.size() - offset < sizeof value) reject("is cut short");
        std::memcpy(&value, bytes_.data() + offset, sizeof value);
        return value;
    }
    [[noreturn]] void reject(const char* why) const {
        throw failure(exit_bad_input, fmt::format("'{}' {}", path_, why));
    }

    std::string path_;
    std::string bytes_;
    Elf64_Ehdr header_{};
};

}  // namespace

std::vector<std::string> unique_symbols(const std::string& path) {
    const elf_file file(path);
    std::vector<std::string> names;
    for (std::size_t s = 0; s < file.sections(); ++s) {
        const Elf64_Shdr table = file.section(s);
        if (table.sh_type != SHT_DYNSYM || table.sh_link >= file.sections()) continue;
        const Elf64_Shdr strings = file.section(table.sh_link);
        for (std::size_t i = 0; i < table.sh_size / sizeof(Elf64_Sym); ++i) {
            const Elf64_Sym symbol = file.symbol(table, i);
            if (ELF64_ST_BIND(symbol.st_info) == STB_GNU_UNIQUE)
                names.push_back(file.name(strings, symbol.st_name));
        }
    }
    return names;
}

}  // namespace ulpfront::paired
