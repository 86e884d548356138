#include "base/compression.hpp"

#include <zstd.h>

#include <memory>
#include <new>

namespace cloudretro::base {
namespace {

// The fastest one: states of games shrink to a fraction at every level.
constexpr int level = 1;

struct FreeContext {
    void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
    void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

}

std::string compress(std::string_view bytes) {
    const std::unique_ptr<ZSTD_CCtx, FreeContext> context(ZSTD_createCCtx());
    if (!context) throw std::bad_alloc();
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, level);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
    std::string out(ZSTD_compressBound(bytes.size()), '\0');
    const auto size = ZSTD_compress2(context.get(), out.data(), out.size(), bytes.data(), bytes.size());
    if (ZSTD_isError(size)) throw std::bad_alloc(); // with room enough, memory is all that it can lack
    out.resize(size);
    out.shrink_to_fit();
    return out;
}

std::optional<std::string> decompress(std::string_view compressed, std::size_t size) {
    if (ZSTD_getFrameContentSize(compressed.data(), compressed.size()) != size) return std::nullopt;
    std::string out(size, '\0');
    const auto got = ZSTD_decompress(out.data(), out.size(), compressed.data(), compressed.size());
    if (ZSTD_isError(got) || got != size) return std::nullopt;
    return out;
}

bool unpacksTo(std::string_view compressed, std::size_t size) {
    if (ZSTD_getFrameContentSize(compressed.data(), compressed.size()) != size) return false;
    const std::unique_ptr<ZSTD_DCtx, FreeContext> context(ZSTD_createDCtx());
    if (!context) throw std::bad_alloc();
    std::string piece(ZSTD_DStreamOutSize(), '\0');
    ZSTD_inBuffer in{compressed.data(), compressed.size(), 0};
    std::size_t got = 0, left = 1; // of the frame; 0: it is complete, and its checksum is right
    while (left) {
        ZSTD_outBuffer out{piece.data(), piece.size(), 0};
        left = ZSTD_decompressStream(context.get(), &out, &in);
        got += out.pos;
        if (ZSTD_isError(left) || got > size || (left && in.pos == in.size && out.pos < out.size))
            return false;
    }
    return got == size && in.pos == in.size;
}

}
