#include "worker/worker.hpp"

#include "base/failure.hpp"
#include "base/json.hpp"
#include "base/log.hpp"
#include "base/plain_name.hpp"
#include "base/secret.hpp"
#include "worker/core_finder.hpp"

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

// One folder per game, which its core alone may write to.
std::string makeSaveDir(const base::Config& config, const protocol::OpenRoom& order) {
    const auto dir = fs::path(config.dataDir) / "saves" / order.system / order.name;
    std::error_code error;
    fs::create_directories(dir, error);
    if (error)
        throw base::Failure("no-save-dir",
            "The folder for this game's saves cannot be made: " + error.message() + ".",
            "Make sure that the server may write to its data folder.");
    return dir;
}

}

Worker::Worker(const base::Config& config)
    : config_(config),
      token_(base::readSecret(config.workerTokenFile)),
      id_(base::randomId(8)),
      cores_(findCores(coreDirs(config.coresDirs))),
      capacity_(double(std::max(1u, std::thread::hardware_concurrency())), config.maxRooms),
      landmark_(config.mediaPorts),
      spareBackoff_(500ms, 30s),
      link_(config.coordinator) {
    if (!config.sharedGames) {
        fetcher_.emplace(config, workerUrl(config.coordinator), token_);
        fetcher_->onProgress = [this](const auto& news) { link_.send(base::encode(news)); };
    }
    link_.onConnected = [this] { introduce(); };
    link_.onMessage = [this](std::string_view message) { receive(message); };
    // Games go on: the players' connections do not need the coordinator, which will be back.
    link_.onLost = [this] { alone_ = base::Loop::after(lonelyTime, [this] { closeAll(); }); };
    status_ = base::Loop::every(1s, [this] { reportStatus(); });
    makeSpare();
}

void Worker::introduce() {
    alone_ = {};
    protocol::Register hello{protocol::version, token_, id_, g_get_host_name(), {}, landmark_.describe()};
    for (const auto& [name, path] : cores_) hello.cores.push_back(name);
    hello.landmark.region = config_.region;
    hello.sharesGames = config_.sharedGames;
    link_.send(base::encode(hello));
    for (const auto& [id, process] : rooms_)
        if (!process->isClosing()) link_.send(base::encode(process->kept()));
    reportStatus();
}

// Coordinator ▶ room. Only OpenRoom is understood here; the rest goes to the room's process as it came.
void Worker::receive(std::string_view text) {
    auto message = base::decode<protocol::ToWorker>(text);
    if (!message)
        return base::logWarning("The coordinator sent something that this version does not understand.");
    if (std::holds_alternative<protocol::Registered>(*message))
        return base::logInfo(
            "Registered with the coordinator; " + std::to_string(cores_.size()) + " cores here.");
    if (auto* order = std::get_if<protocol::OpenRoom>(&*message)) return open(std::move(*order));
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
    const auto process = rooms_.find(room);
    if (process == rooms_.end()) return;
    if (std::holds_alternative<protocol::CloseRoom>(*message))
        close(room, *process->second);
    else
        process->second->deliver(*message, text);
}

// The coordinator weighs the load; here only the owner's word counts, and rooms about to end do not.
bool Worker::isFull() const {
    const auto running =
        std::ranges::count_if(rooms_, [](const auto& entry) { return !entry.second->isClosing(); });
    return config_.maxRooms && running >= config_.maxRooms;
}

void Worker::open(protocol::OpenRoom order) {
    const auto room = order.room;
    try {
        const auto core = cores_.find(order.core);
        if (core == cores_.end())
            throw base::Failure("missing-core", "The worker does not have the core \"" + order.core + "\".",
                "Install it on the worker and start the worker again.");
        if (stopping_ || draining_ || isFull())
            throw base::Failure(
                "no-capacity", "The worker has no room for another game.", "Try again in a moment.");
        if (!base::isPlainName(order.system) || !base::isPlainName(order.name) || rooms_.contains(room))
            throw base::Failure("bad-order", "The coordinator gave an order that cannot be right.",
                "Use the same version of the coordinator and the worker.");
        order.core = core->second;
        order.systemDir = config_.systemDir;
        order.saveDir = makeSaveDir(config_, order);
        order.firstPort = config_.mediaPorts.first;
        order.lastPort = config_.mediaPorts.last;
        order.sandbox = config_.sandbox;

        claim(takeSpare(), room);
        if (fetcher_)
            fetcher_->fetch(order, [this, order](auto result) { filesHere(order, std::move(result)); });
        else
            rooms_.at(room)->open(order);
    } catch (const base::Failure& failure) { refuse(room, failure.trouble()); }
    reportStatus();
}

void Worker::claim(std::unique_ptr<RoomProcess> process, const std::string& room) {
    process->onMessage = [this](std::string_view message) { link_.send(std::string(message)); };
    process->onGone = [this, room](protocol::Trouble trouble) { gone(room, std::move(trouble)); };
    process->claim(room);
    rooms_[room] = std::move(process);
}

void Worker::filesHere(protocol::OpenRoom order, GameFetcher::Result result) {
    if (auto* trouble = std::get_if<protocol::Trouble>(&result)) return gone(order.room, std::move(*trouble));
    const auto& place = std::get<GameFetcher::Place>(result);
    order.file = place.gameDir / order.files.front().name;
    if (!place.systemDir.empty()) order.systemDir = place.systemDir;
    rooms_.at(order.room)->open(order);
}

// The files that it may still wait for are not wanted any more.
void Worker::close(const std::string& room, RoomProcess& process) {
    process.close();
    if (fetcher_ && !process.isOpen()) fetcher_->release(room);
}

void Worker::refuse(const std::string& room, protocol::Trouble trouble) {
    base::logWarning(trouble.message, room);
    link_.send(base::encode(protocol::RoomClosed{room, std::move(trouble)}));
}

void Worker::gone(const std::string& room, protocol::Trouble trouble) {
    if (!trouble.code.empty()) base::logWarning(trouble.message, room);
    link_.send(base::encode(protocol::RoomClosed{room, std::move(trouble)}));
    rooms_.erase(room);
    if (fetcher_) fetcher_->release(room);
    reportStatus();
    stopIfDone();
}

void Worker::closeAll() {
    for (auto& [id, process] : rooms_) close(id, *process);
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
    for (const auto& [id, process] : rooms_) {
        const auto more = usageOfTree(process->pid());
        used.cpuSeconds += more.cpuSeconds;
        used.memoryMiB += more.memoryMiB;
    }
    const int rooms = int(rooms_.size());
    capacity_.sample(machineTime(), used, rooms);
    link_.send(base::encode(protocol::Status{capacity_.cpu(), usageOfTree(::getpid()).memoryMiB, rooms,
        capacity_.roomsThatFit(rooms), draining_}));
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
        spare_->onGone = [this](const protocol::Trouble& trouble) {
            base::logWarning("The spare process ended. " + trouble.message);
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
