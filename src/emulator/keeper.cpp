#include "emulator/keeper.hpp"

#include "emulator/control.hpp"

#include <algorithm>

namespace cloudretro::emulator {
namespace {

constexpr Nanoseconds lookEvery = 500'000'000;
constexpr Nanoseconds unrestFor = 1'500'000'000; // then it is kept as it is: a game may never stop writing

bool same(std::span<const std::byte> a, const std::vector<std::byte>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

}

Keeper::Keeper(ipc::Shared& shared, const Timeline& game, Video& video, std::span<const std::byte> sram)
    : shared_(shared),
      game_(game),
      video_(video),
      pacer_(now()) {
    const auto current = sram.empty() ? std::span<const std::byte>(game.sram()) : sram;
    sramKept_.assign(current.begin(), current.end());
    sramSeen_ = sramKept_;
}

void Keeper::betweenFrames(Nanoseconds slack) {
    watchSram(false);
    serveRequests();
    if (!stateless_ && pacer_.isDue(now(), slack) && isFree()) stateless_ = !takeState(0);
}

void Keeper::snapshot(std::uint32_t request) {
    watchSram(true);
    if (request == 0 && (stateless_ || snapshotFrame_ == game_.frame())) return;
    requests_.push_back(request);
    serveRequests();
}

void Keeper::serveRequests() {
    while (!requests_.empty() && isFree()) {
        const auto request = requests_.front();
        requests_.pop_front();
        if (!takeState(request) && request && onRefused) onRefused(request);
    }
}

void Keeper::jumped() { pacer_.hurry(now()); }

bool Keeper::isFree() const {
    return published_ - shared_.keptTaken.load(std::memory_order_acquire) < ipc::keptSlots;
}

bool Keeper::takeState(std::uint32_t request) {
    const auto size = game_.stateSize();
    if (size == 0 || size > ipc::keptBytes) return false;
    const auto start = now();
    if (!game_.saveState({ipc::keptSlot(shared_, published_ + 1), size})) return false;
    publish(ipc::Kept::State, size, request);
    snapshotFrame_ = game_.frame();
    const auto end = now();
    pacer_.took(end, end - start);
    return true;
}

// A game writes its save over several frames: it is kept once it has come to rest.
void Keeper::watchSram(bool hurry) {
    const auto time = now();
    if (!hurry && time < sramLook_) return;
    sramLook_ = time + lookEvery;
    const auto sram = game_.sram();
    if (sram.empty() || sram.size() > ipc::keptBytes) return;
    const bool rests = same(sram, sramSeen_);
    if (!rests) sramSeen_.assign(sram.begin(), sram.end());
    if (same(sram, sramKept_)) {
        sramChanged_ = 0;
        return;
    }
    if (sramChanged_ == 0) sramChanged_ = time;
    if ((rests || hurry || time - sramChanged_ >= unrestFor) && isFree()) takeSram(sram);
}

void Keeper::takeSram(std::span<const std::byte> sram) {
    std::copy(sram.begin(), sram.end(), ipc::keptSlot(shared_, published_ + 1));
    sramKept_.assign(sram.begin(), sram.end());
    sramChanged_ = 0;
    publish(ipc::Kept::Sram, sram.size(), 0);
}

void Keeper::publish(ipc::Kept kind, std::size_t bytes, std::uint32_t request) {
    ++published_;
    shared_.keptHeaders[published_ % ipc::keptSlots] = {
        .sequence = published_, .frame = game_.frame(), .bytes = bytes, .kind = kind, .request = request};
    shared_.kept.store(published_, std::memory_order_release);
    video_.raise();
}

}
