// What a frontend has to survive.
#pragma once

#include <chrono>

namespace testcard {

[[noreturn]] void hang();
void crash();
void waste(std::chrono::milliseconds time); // busily

} // namespace testcard
