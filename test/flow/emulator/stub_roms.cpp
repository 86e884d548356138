#include "stub_roms.hpp"

#include <numeric>
#include <string_view>

namespace cloudretro::test {
namespace {

using namespace std::string_view_literals;

class Rom {
public:
    explicit Rom(std::size_t bytes) : bytes_(bytes, '\0') {}
    Rom& put(std::size_t at, std::string_view bytes) {
        bytes_.replace(at, bytes.size(), bytes);
        return *this;
    }
    Rom& put(std::size_t at, int byte) { return put(at, std::string(1, char(byte))); }
    int sum(std::size_t from, std::size_t to) const { // inclusive
        return std::accumulate(bytes_.begin() + long(from), bytes_.begin() + long(to) + 1, 0);
    }
    const std::string& bytes() const { return bytes_; }

private:
    std::string bytes_;
};

}

std::string gameBoyStub() {
    Rom rom(0x8000);
    rom.put(0x100, "\x00\xc3\x50\x01"sv) // nop; jp $0150
        .put(0x134, "STUB")
        .put(0x150, "\x18\xfe"); // jr $0150
    rom.put(0x14d, -rom.sum(0x134, 0x14c) - (0x14c - 0x134 + 1));
    return rom.bytes();
}

std::string gameBoyAdvanceStub() {
    Rom rom(0x8000);
    rom.put(0x00, "\x2e\x00\x00\xea"sv) // b 0xc0
        .put(0xa0, "STUB")
        .put(0xb2, 0x96)
        .put(0xc0, "\xfe\xff\xff\xea"); // b 0xc0
    rom.put(0xbd, -rom.sum(0xa0, 0xbc) - 0x19);
    return rom.bytes();
}

std::string superNesStub() {
    Rom rom(0x8000);
    rom.put(0x0000, "\x80\xfe") // bra $8000
        .put(0x7fc0, "STUB                 ")
        .put(0x7fd5, "\x20\x00\x05\x00\x01\x00\x00"sv) // LoROM of 32 KiB
        .put(0x7fdc, "\xff\xff\x00\x00"sv)             // complement and checksum, to be counted in
        .put(0x7ffc, "\x00\x80"sv);
    const int sum = rom.sum(0, 0x7fff);
    const auto word = [](int value) { return std::string{char(value), char(value >> 8)}; };
    return rom.put(0x7fdc, word(~sum)).put(0x7fde, word(sum)).bytes();
}

std::string pcEngineStub() {
    return Rom(0x2000)
        .put(0x0000, "\x80\xfe") // bra $e000
        .put(0x1ffe, "\x00\xe0"sv)
        .bytes();
}

std::string virtualBoyStub() {
    return Rom(0x10000)
        .put(0x10000 - 16, "\x00\xa8\x00\x00"sv) // jr $fffffff0
        .bytes();
}

std::string wonderSwanStub() {
    return Rom(0x10000)
        .put(0x0000, "\xeb\xfe")                         // jmp f000:0000
        .put(0x10000 - 16, "\xea\x00\x00\x00\xf0\x00"sv) // jmp far f000:0000
        .bytes();
}

// Each of its two processors gets a loop of its own.
std::string nintendoDsStub() {
    return Rom(0x8000)
        .put(0x00, "STUB")
        .put(0x20,
            "\x00\x40\x00\x00\x00\x00\x00\x02\x00\x00\x00\x02\x00\x02\x00\x00"sv) // at, entry, address, size
        .put(0x30, "\x00\x42\x00\x00\x00\x00\x38\x02\x00\x00\x38\x02\x00\x02\x00\x00"sv)
        .put(0x80, "\x00\x80\x00\x00\x00\x40\x00\x00"sv) // of the file, of the header
        .put(0x4000, "\xfe\xff\xff\xea")                 // b .
        .put(0x4200, "\xfe\xff\xff\xea")
        .bytes();
}

}
