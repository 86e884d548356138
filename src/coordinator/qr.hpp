#pragma once
// A text as a QR code, to be read by a phone's camera.
#include <cstddef>
#include <optional>
#include <string>

namespace cloudretro::coordinator {

inline constexpr std::size_t maxQrBytes = 300;

// An SVG picture, dark on light with its quiet zone; nullopt: no text, or too much of it.
std::optional<std::string> qrSvg(const std::string& text);

}
