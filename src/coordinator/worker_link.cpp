#include "coordinator/worker_link.hpp"

#include "base/json.hpp"
#include "base/log.hpp"
#include "base/secret.hpp"
#include "coordinator/reflexive.hpp"

#include <algorithm>

namespace cloudretro::coordinator {
namespace {

using namespace std::chrono_literals;
using namespace protocol;

constexpr auto patience = 3s; // it reports every second
constexpr auto greetingTime = 10s;

double now() { return double(g_get_monotonic_time()) / 1000; } // ms

}

WorkerLink::WorkerLink(base::Ref<SoupWebsocketConnection> connection, WorkerId id, std::string token)
    : socket_(std::move(connection), patience),
      token_(std::move(token)) {
    facts_.id = id;
    socket_.onText = [this](std::string_view text) { receive(text); };
    socket_.onClosed = [this] {
        if (auto handler = onGone) handler();
    };
    deadline_ =
        base::Loop::after(greetingTime, [this] { socket_.close(base::CloseCode::Violation, "no register"); });
}

// An order takes up room at once, before the worker's next report says so.
void WorkerLink::send(const ToWorker& message) {
    if (std::holds_alternative<OpenRoom>(message)) {
        --facts_.status.capacity;
        ++facts_.status.rooms;
    }
    socket_.send(base::encodeAny(message));
}

void WorkerLink::receive(std::string_view text) {
    const auto message = base::decode<FromWorker>(text);
    const auto* hello = message ? std::get_if<Register>(&*message) : nullptr;
    if (!registered_) {
        if (hello) return prove(*hello);
        return socket_.close(base::CloseCode::Violation, "register first");
    }
    if (!message || hello)
        return base::logWarning(
            "A worker said something that this version does not understand.", facts_.name);
    if (const auto* status = std::get_if<Status>(&*message))
        note(*status);
    else if (const auto* pong = std::get_if<Pong>(&*message))
        note(now() - pong->time);
    else
        onMessage(*message);
}

// The shortest tells how far it is, longer ones how busy somebody was: down at once, up slowly.
void WorkerLink::note(double roundTrip) {
    auto& known = facts_.roundTrip;
    known = known < 0 ? roundTrip : std::min(roundTrip, known + 0.1 * (roundTrip - known));
}

void WorkerLink::measure() { send(Ping{now()}); }

void WorkerLink::note(const Status& status) {
    facts_.status = status;
    if (!std::exchange(ready_, true)) onReady();
}

void WorkerLink::prove(const Register& hello) {
    if (!base::equalSecrets(hello.token, token_)) {
        base::logWarning("A worker that does not know the secret was turned away.", hello.name);
        return socket_.close(
            base::CloseCode::Violation, "wrong token: copy the coordinator's worker token file");
    }
    if (hello.version != protocol::version)
        return socket_.close(
            base::CloseCode::Violation, "another version: install the same on both machines");
    deadline_ = {};
    registered_ = true;
    facts_.key = hello.id;
    facts_.name = hello.name;
    facts_.cores = hello.cores;
    facts_.landmark = hello.landmark;
    facts_.landmark.worker = hello.id;
    alsoReachedAt(facts_.landmark, socket_.remoteAddress());
    facts_.sharesGames = hello.sharesGames;
    facts_.build = hello.build;
    send(Registered{});
    measure();
    measuring_ = base::Loop::every(2s, [this] { measure(); });
}

}
