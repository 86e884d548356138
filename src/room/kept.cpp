#include "room/kept.hpp"

namespace cloudretro::room {

std::optional<Kept> readKept(ipc::Shared& shared, std::uint64_t number) {
    const auto header = shared.keptHeaders[number % ipc::keptSlots];
    const bool sound = header.sequence == number && header.bytes > 0 && header.bytes <= ipc::keptBytes &&
                       (header.kind == ipc::Kept::State || header.kind == ipc::Kept::Sram);
    if (!sound) return std::nullopt;
    return Kept{header, {ipc::keptSlot(shared, number), std::size_t(header.bytes)}};
}

}
