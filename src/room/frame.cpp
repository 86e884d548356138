#include "room/frame.hpp"

namespace cloudretro::room {

bool isSound(const ipc::FrameHeader& h) {
    if (h.duplicate == 1) return true;
    if (h.duplicate > 1 || h.rotation > 3) return false;
    if (h.format != PixelFormat::Xrgb1555 && h.format != PixelFormat::Xrgb8888 &&
        h.format != PixelFormat::Rgb565)
        return false;
    if (h.width == 0 || h.height == 0 || h.width > ipc::maxWidth || h.height > ipc::maxHeight) return false;
    return h.pitch >= h.width * bytesPerPixel(h.format) && h.pitch <= ipc::slotBytes / h.height;
}

// The emulator is two frames further at most before it writes into this slot again.
bool stillThere(const ipc::Shared& shared, std::uint64_t number) {
    return shared.published.load(std::memory_order_acquire) < number + ipc::frameSlots - 1;
}

std::optional<Frame> readFrame(ipc::Shared& shared, std::uint64_t number) {
    Frame frame{shared.frames[number % ipc::frameSlots], {}};
    if (frame.header.sequence != number || !stillThere(shared, number) || !isSound(frame.header))
        return std::nullopt;
    if (!frame.header.duplicate)
        frame.pixels = {ipc::slot(shared, number), std::size_t{frame.header.pitch} * frame.header.height};
    return frame;
}

}
