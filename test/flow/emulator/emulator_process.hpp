#pragma once
// Plays the room to a real emulator process: this program again, in the role of the emulator.
#include "base/child.hpp"
#include "base/json.hpp"
#include "base/message_socket.hpp"
#include "base/shared_memory.hpp"
#include "cloudretro/ipc.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace cloudretro::test {

// Red, green and blue of one pixel, each 0..255.
struct Colour {
    int red = 0, green = 0, blue = 0;
    bool operator==(const Colour&) const = default;
};
inline constexpr Colour black{0, 0, 0}, white{255, 255, 255}, red{255, 0, 0}, green{0, 255, 0},
    blue{0, 0, 255};
std::ostream& operator<<(std::ostream& out, const Colour& colour);

// The newest picture, copied out of its slot.
struct Picture {
    ipc::FrameHeader header{};
    std::vector<std::byte> bytes;
    Colour at(unsigned x, unsigned y) const;
    Colour middle() const { return at(header.width / 2, header.height / 2); }
};

// What it handed over for keeping.
struct Keepsake {
    ipc::KeptHeader header{};
    std::vector<std::byte> bytes;
};

class EmulatorProcess {
public:
    EmulatorProcess() : EmulatorProcess(ipc::magic) {}
    struct WrongMagic {};
    explicit EmulatorProcess(WrongMagic) : EmulatorProcess(ipc::magic + 1) {}
    explicit EmulatorProcess(const protocol::Load& load) : EmulatorProcess() { send(load); }
    EmulatorProcess(const EmulatorProcess&) = delete;
    EmulatorProcess& operator=(const EmulatorProcess&) = delete;

    template <class Message> void send(const Message& message) { sendText(base::encode(message)); }
    void sendText(std::string_view text) { control_->send(text); }
    void hangUp() { control_.reset(); }
    void kill(int signal) { child_.kill(signal); }
    int pid() const { return child_.pid(); }

    // Runs the loop until `done()`. Throws after 60 s, or when the process ends before.
    void await(const std::function<bool()>& done);
    void awaitFrames(std::size_t count); // more than there were
    void awaitLoaded() {
        await([this] { return loaded.has_value(); });
    }
    base::Exit awaitExit();

    const Keepsake& awaitKept(ipc::Kept kind, std::uint32_t request = 0); // the next that comes, or has come

    // Where Load and LoadState take it from.
    void give(const std::vector<std::byte>& bytes);

    void press(unsigned seat, Buttons buttons); // and hold; tells the emulator
    ipc::Shared& shared() { return *shared_; }
    std::vector<std::int16_t> takeSamples(); // pairs since the last call

    std::optional<protocol::Loaded> loaded;
    std::vector<protocol::TimingChanged> timings;
    std::optional<protocol::Trouble> trouble;
    std::optional<base::Exit> exit;
    bool shutdown = false;
    std::vector<Keepsake> kept; // until taken out
    std::vector<protocol::StateLoaded> statesLoaded;
    std::vector<protocol::SnapshotFailed> snapshotsFailed;
    std::vector<ipc::FrameHeader> frames; // the headers, in order
    std::vector<std::int64_t> arrivals;   // when each came, on the clock of their timestamps
    Picture picture;                      // of the newest frame that is not a duplicate
    std::function<void(const Picture&)> onPicture = [](const Picture&) {};

private:
    explicit EmulatorProcess(std::uint32_t magic);
    void receive(std::string_view message);
    void takeFrames();
    void take(std::uint64_t number);
    void takeKept();
    void hear();

    base::SharedMemory memory_;
    ipc::Shared* shared_;
    base::Fd raised_, input_;
    base::SocketPair ends_;
    base::Child child_;
    std::optional<base::MessageSocket> control_;
    base::Watch watch_;
    std::uint64_t taken_ = 0, heard_ = 0;
    std::vector<std::int16_t> samples_;
    std::array<std::uint32_t, maxSeats> sequences_{};
};

}
