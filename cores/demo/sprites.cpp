#include "sprites.hpp"

namespace demo {
namespace {

constexpr std::string_view ship[] = {
    ".......W.......",
    "......WLW......",
    "......LLL......",
    ".....LLLLL.....",
    ".....LGGGL.....",
    "....DLGWGLD....",
    "....DLGGGLD....",
    "...DDLLGLLDD...",
    "..DLDLLLLLDLD..",
    ".DLLDLLLLLDLLD.",
    "DLLLDLDDDLDLLLD",
    "DLLDDDDDDDDDLLD",
    "DDD..KOOOK..DDD",
    ".D....KKK....D.",
};

constexpr std::string_view star[] = {
    ".....Y.....",
    ".....Y.....",
    "....YWY....",
    "....YWY....",
    "YYYYYWYYYYY",
    ".YWWWWWWWY.",
    "..YYWWWYY..",
    "...YWWWY...",
    "..YWWYWWY..",
    "..YWYYYWY..",
    ".YYY...YYY.",
};

constexpr std::string_view crown[] = {
    "Y..Y..Y",
    "YY.Y.YY",
    "YYYYYYY",
    "YRYGYRY",
    "YYYYYYY",
};

constexpr std::string_view comet[] = {
    "...BBBBB...",
    ".BBCCCCCBB.",
    ".BCCWWWCCB.",
    "BCCWWWWWCCB",
    "BCWWWWWWWCB",
    "BCWWWWWWWCB",
    "BCWWWWWWWCB",
    "BCCWWWWWCCB",
    ".BCCWWWCCB.",
    ".BBCCCCCBB.",
    "...BBBBB...",
};

constexpr Ink common[] = {
    {'W', 0xFFFFFF},
    {'G', 0x7FE9FF},
    {'K', 0x2A2A3A},
    {'O', 0xFFB04A},
    {'Y', 0xFFD23F},
    {'R', 0xFF4F6D},
    {'B', 0x3C8DFF},
    {'C', 0x9BE1FF},
};

} // namespace

const Sprite shipSprite{ship}, starSprite{star}, crownSprite{crown}, cometSprite{comet};
const std::span<const Ink> commonInks{common};

} // namespace demo
