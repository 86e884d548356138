// Runs a fuzz target without libFuzzer, on the files that are named and on random bytes: for builds with gcc.
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

void feed(const std::string& text) {
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
}

// One to eight bytes of `text` become others.
std::string damaged(std::string text, std::mt19937& random) {
    for (unsigned n = random() % 8 + 1; n && !text.empty(); --n)
        text[random() % text.size()] = char(random());
    return text;
}

}

int main(int argc, char** argv) {
    std::mt19937 random(1);
    for (int i = 1; i < argc; ++i) {
        std::ifstream file(argv[i], std::ios::binary);
        const std::string seed{std::istreambuf_iterator<char>(file), {}};
        feed(seed);
        for (int round = 0; round < 2000; ++round) feed(damaged(seed, random));
        for (std::size_t cut = 0; cut < seed.size(); cut += 1 + seed.size() / 500) feed(seed.substr(0, cut));
    }
    std::cout << argc - 1 << " seeds\n";
}
