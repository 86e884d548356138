#include "worker/worker.hpp"

#include "base/failure.hpp"
#include "base/json.hpp"
#include "base/log.hpp"
#include "base/plain_name.hpp"
#include "base/secret.hpp"
#include "worker/core_finder.hpp"
#include "worker/folders.hpp"
#include "worker/troubles.hpp"

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <thread>

namespace cloudretro::worker {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr auto restAfterStart =
    1500ms;                        // warming up the next process must not slow the game that just started
constexpr auto lonelyTime = 10min; // games go on without a coordinator for so long
constexpr auto sendingTime = 5s;   // for the last saves of a room, before it is said to be over

// The room's own folder for what its core writes by itself, which the core alone may write to. What cores
// wrote before saves went into the store lay in a folder a game, and belongs to who plays it first.
std::string makeSaveDir(const base::Config& config, const protocol::OpenRoom& order) {
    const auto dir = fs::path(order.keepDir) / "files",
               old = fs::path(config.dataDir) / "saves" / order.system / order.name;
    std::error_code error;
    if (order.saveFiles.object.empty()) fs::rename(old, dir, error);
    makeSaveFolder(dir);
    return dir;
}

}

Worker::Worker(const base::Config& config)
    : config_(config),
      token_(base::readSecret(config.workerTokenFile)),
      id_(base::randomId(8)),
      cores_(findCores(coreDirs(config.coresDirs))),
      capacity_(double(std::max(1u, std::thread::hardware_concurrency())), config.maxRooms),
      mediaPort_(MediaPort::make(config)),
      landmark_(mediaPort_ ? base::PortRange{} : config.mediaPorts),
      folder_(config.dataDir, id_),
      outbox_(folder_.outbox(), httpAddress(workerUrl(config.coordinator)), token_),
      supplies_(config, workerUrl(config.coordinator), token_),
      spareBackoff_(500ms, 30s),
      link_(config.coordinator) {
    supplies_.onProgress = [this](const auto& news) { link_.send(base::encode(news)); };
    outbox_.onRefused = [this](const protocol::SaveUpload& about, const protocol::Trouble& trouble) {
        link_.send(base::encode(protocol::RoomNotSaved{about.room, about.request, trouble}));
    };
    link_.onConnected = [this] { introduce(); };
    link_.onMessage = [this](std::string_view message) { receive(message); };
    // Games go on: the players' connections do not need the coordinator, which will be back.
    link_.onLost = [this] {
        outbox_.setOnline(false);
        alone_ = base::Loop::after(lonelyTime, [this] { closeAll(); });
    };
    if (mediaPort_) mediaPort_->lead(landmark_.describe().user, landmark_.port());
    status_ = base::Loop::every(1s, [this] { reportStatus(); });
    makeSpare();
}

void Worker::introduce() {
    alone_ = {};
    protocol::Register hello{protocol::version, token_, id_, g_get_host_name(), {}, landmark_.describe()};
    for (const auto& [name, path] : cores_) hello.cores.push_back(name);
    hello.landmark.region = config_.region;
    if (mediaPort_) hello.landmark.candidates = mediaPort_->candidates();
    hello.sharesGames = config_.sharedGames;
    hello.build = CLOUDRETRO_VERSION;
    link_.send(base::encode(hello));
    for (const auto& [id, room] : rooms_)
        if (!room->isClosing()) link_.send(base::encode(room->kept()));
    reportStatus();
}

// Coordinator ▶ room. What needs files is understood here; the rest goes to the room's process as it came.
void Worker::receive(std::string_view text) {
    auto message = base::decode<protocol::ToWorker>(text);
    if (!message)
        return base::logWarning("The coordinator sent something that this version does not understand.");
    if (std::holds_alternative<protocol::Registered>(*message)) {
        outbox_.setOnline(true); // only now does it know the rooms that these saves are of
        return base::logInfo(
            "Registered with the coordinator; " + std::to_string(cores_.size()) + " cores here.");
    }
    if (auto* order = std::get_if<protocol::OpenRoom>(&*message)) return open(std::move(*order));
    if (auto* order = std::get_if<protocol::LoadRoom>(&*message); order && !order->state.object.empty())
        return load(std::move(*order));
    if (const auto* ping = std::get_if<protocol::Ping>(&*message))
        return link_.send(base::encode(protocol::Pong{ping->time}));
    if (const auto* drain = std::get_if<protocol::Drain>(&*message)) return setDraining(drain->on);

    const auto room = std::visit(
        [](const auto& m) {
            if constexpr (requires { m.room; })
                return m.room;
            else
                return std::string();
        },
        *message);
    const auto hosted = rooms_.find(room);
    if (hosted == rooms_.end()) return;
    if (mediaPort_) {
        if (std::holds_alternative<protocol::PeerCandidate>(*message)) return; // the room cannot reach it
        if (const auto* removed = std::get_if<protocol::RemovePeer>(&*message))
            mediaPort_->forget(room, removed->peer);
    }
    if (std::holds_alternative<protocol::CloseRoom>(*message))
        close(room, *hosted->second);
    else
        hosted->second->deliver(*message, text);
}

// The coordinator weighs the load; here only the owner's word counts, and rooms about to end do not.
bool Worker::isFull() const {
    const auto running =
        std::ranges::count_if(rooms_, [](const auto& entry) { return !entry.second->isClosing(); });
    return config_.maxRooms && running >= config_.maxRooms;
}

void Worker::open(protocol::OpenRoom order) {
    const auto room = order.room;
    order.keepDir.clear();
    try {
        const auto core = cores_.find(order.core);
        if (core == cores_.end())
            throw base::Failure("missing-core", "The worker does not have the core \"" + order.core + "\".",
                "Install it on the worker and start the worker again.");
        if (stopping_ || draining_ || isFull())
            throw base::Failure(
                "no-capacity", "The worker has no room for another game.", "Try again in a moment.");
        if (!base::isPlainName(order.system) || !base::isPlainName(order.name) || !base::isPlainName(room) ||
            rooms_.contains(room))
            throw badOrder();
        order.core = core->second;
        order.keepDir = folder_.makeRoom(room);
        complete(order);
        host(room);
        supplies_.fetch(order, [this, room](Supplies::Result result) { supplied(room, std::move(result)); });
    } catch (const base::Failure& failure) {
        if (!order.keepDir.empty()) folder_.removeRoom(room);
        refuse(room, failure.trouble());
    }
    reportStatus();
}

void Worker::complete(protocol::OpenRoom& order) const {
    order.systemDir = config_.systemDir;
    order.saveDir = makeSaveDir(config_, order);
    order.firstPort = config_.mediaPorts.first;
    order.lastPort = config_.mediaPorts.last;
    order.relayed = mediaPort_ != nullptr;
    order.sandbox = config_.sandbox;
    order.earlyFrames = config_.earlyFrames;
}

void Worker::host(const std::string& room) {
    auto hosted = std::make_unique<HostedRoom>(room, takeSpare());
    hosted->takeProcess = [this] { return takeSpare(); };
    hosted->onMessage = [this](const std::string& message) { link_.send(message); };
    if (mediaPort_)
        hosted->translate = [this](const auto& message) { return mediaPort_->translate(message); };
    hosted->onSaved = [this](const auto& about, const auto& file, const auto& jpeg) {
        if (outbox_.add(about, file, jpeg)) return;
        const auto trouble = cannotWriteSave().trouble();
        base::logWarning(trouble.message, about.room);
        if (about.request)
            link_.send(base::encode(protocol::RoomNotSaved{about.room, about.request, trouble}));
    };
    hosted->onOpened = [this](const protocol::RoomOpened& opened) {
        sandbox_ = opened.sandbox.empty() ? std::vector<std::string>{"none"} : opened.sandbox;
    };
    hosted->onGone = [this, room](const protocol::Trouble& trouble) { gone(room, trouble); };
    rooms_[room] = std::move(hosted);
}

void Worker::supplied(const std::string& room, Supplies::Result result) {
    if (const auto* trouble = std::get_if<protocol::Trouble>(&result)) return forget(room, *trouble);
    rooms_.at(room)->open(std::get<protocol::OpenRoom>(result));
}

void Worker::load(protocol::LoadRoom order) {
    if (!rooms_.contains(order.room)) return;
    supplies_.fetchState(
        order.state, folder_.loadsOf(order.room), [this, order](auto state, const auto& trouble) {
            const auto hosted = rooms_.find(order.room);
            if (hosted == rooms_.end()) return;
            if (trouble)
                return link_.send(base::encode(protocol::RoomLoaded{order.room, order.request, *trouble}));
            const protocol::LoadRoom complete{order.room, order.request, state};
            hosted->second->deliver(complete, base::encode(complete));
        });
}

// The files that it may still wait for are not wanted any more.
void Worker::close(const std::string& room, HostedRoom& hosted) {
    if (!hosted.isOpen()) supplies_.release(room);
    hosted.close();
}

void Worker::refuse(const std::string& room, protocol::Trouble trouble) {
    base::logWarning(trouble.message, room);
    link_.send(base::encode(protocol::RoomClosed{room, std::move(trouble)}));
}

// First what it left is sent: the coordinator may open the game again elsewhere as soon as it hears of the
// end.
void Worker::gone(const std::string& room, const protocol::Trouble& trouble) {
    outbox_.whenSent(room, sendingTime, [this, room, trouble] { forget(room, trouble); });
}

void Worker::forget(const std::string& room, protocol::Trouble trouble) {
    if (!trouble.code.empty()) base::logWarning(trouble.message, room);
    link_.send(base::encode(protocol::RoomClosed{room, std::move(trouble)}));
    rooms_.erase(room);
    if (mediaPort_) mediaPort_->forget(room);
    supplies_.release(room);
    folder_.removeRoom(room);
    reportStatus();
    stopIfDone();
}

void Worker::closeAll() {
    for (auto& [id, hosted] : rooms_) close(id, *hosted);
}

void Worker::stop() {
    stopping_ = true;
    nextSpare_ = {};
    spare_.reset();
    closeAll();
    stopIfDone();
}

void Worker::drain() { setDraining(true); }

void Worker::setDraining(bool on) {
    if (stopping_) return;
    draining_ = on;
    base::logInfo(on ? "Takes no new rooms, and leaves when the last one is done." : "Takes rooms again.");
    reportStatus();
    stopIfDone();
}

void Worker::stopIfDone() {
    if ((stopping_ || draining_) && rooms_.empty() && onStopped) onStopped();
}

void Worker::reportStatus() {
    Usage used;
    for (const auto& [id, hosted] : rooms_) {
        if (!hosted->pid()) continue;
        const auto more = usageOfTree(hosted->pid());
        used.cpuSeconds += more.cpuSeconds;
        used.memoryMiB += more.memoryMiB;
    }
    const int rooms = int(rooms_.size());
    capacity_.sample(machineTime(), used, rooms);
    link_.send(base::encode(protocol::Status{capacity_.cpu(), usageOfTree(::getpid()).memoryMiB, rooms,
        capacity_.roomsThatFit(rooms), draining_, sandbox_}));
}

std::unique_ptr<RoomProcess> Worker::takeSpare() {
    spareBackoff_.reset();
    auto process = spare_ ? std::move(spare_) : std::make_unique<RoomProcess>();
    nextSpare_ = base::Loop::after(restAfterStart, [this] { makeSpare(); });
    return process;
}

void Worker::makeSpare() {
    nextSpare_ = {};
    try {
        spare_ = std::make_unique<RoomProcess>();
        spare_->onGone = [this](const RoomProcess::End& end) {
            base::logWarning("The spare process ended (" + end.exit.text() + ").");
            spare_.reset();
            makeSpareLater();
        };
    } catch (const base::Failure& failure) {
        base::logWarning(failure.what());
        makeSpareLater();
    }
}

void Worker::makeSpareLater() {
    nextSpare_ = base::Loop::after(spareBackoff_.next(), [this] { makeSpare(); });
}

}
