#pragma once

namespace cloudretro::test {

// So many times longer may take what a test measures: AddressSanitizer slows us and everything we call down.
#ifdef __SANITIZE_ADDRESS__
inline constexpr int slowness = 4;
#else
inline constexpr int slowness = 1;
#endif

}
