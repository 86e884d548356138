#include "misbehaviour.hpp"

#include <cstdint>
#include <cstdlib>

namespace testcard {

void hang() {
    for (volatile bool forever = true; forever;) {}
    std::abort();
}

// Into the middle of nowhere, for some sandboxes have something at address 0.
void crash() {
    volatile uintptr_t nowhere = uintptr_t{0xDEAD} << 48;
    *reinterpret_cast<volatile int*>(nowhere) = 1;
}

void waste(std::chrono::milliseconds time) {
    for (auto end = std::chrono::steady_clock::now() + time; std::chrono::steady_clock::now() < end;) {}
}

} // namespace testcard
