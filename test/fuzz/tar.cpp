// What was in a core's own folder, as the store gives it back.
#include "worker/tar.hpp"
#include "../temp_dir.hpp"

#include <cstdint>
#include <cstdlib>

using namespace cloudretro;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const test::TempDir dir;
    const auto inside = dir.path / "inside";
    std::filesystem::create_directory(inside);
    worker::unpackFolder({reinterpret_cast<const char*>(data), size}, inside);
    if (std::distance(std::filesystem::directory_iterator(dir.path), {}) != 1) std::abort(); // it got out
    return 0;
}
