#include "coordinator/browser.hpp"

#include "base/json.hpp"
#include "coordinator/sdp_filter.hpp"
#include "coordinator/troubles.hpp"

#include <algorithm>

namespace cloudretro::coordinator {
namespace {

using namespace std::chrono_literals;
using namespace protocol;

constexpr auto patience = 30s, greetingTime = 10s;
constexpr std::size_t maxCodecs = 16, maxName = 64;

// Decoded, but is it also what a browser could mean?
bool isSane(const FromBrowser& message) {
    return std::visit(
        base::overloaded{
            [](const Hello& m) { return m.codecs.size() <= maxCodecs && m.name.size() <= maxName; },
            [](const Answer& m) { return isSaneSdp(m.sdp); },
            [](const Candidate& m) { return isSaneCandidate(m.candidate) && m.line >= 0; },
            [](const auto&) { return true; },
        },
        message);
}

}

Browser::Browser(base::Ref<SoupWebsocketConnection> connection, std::vector<IceServer> iceServers)
    : socket_(std::move(connection), patience),
      iceServers_(std::move(iceServers)) {
    socket_.onText = [this](std::string_view text) { receive(text); };
    socket_.onClosed = [this] {
        if (auto handler = onGone) handler();
    };
    deadline_ =
        base::Loop::after(greetingTime, [this] { socket_.close(base::CloseCode::Violation, "no hello"); });
}

void Browser::send(const ToBrowser& message) {
    socket_.send(std::visit([](const auto& m) { return base::encode(m); }, message));
}

void Browser::receive(std::string_view text) {
    if (state_ == State::Leaving) return;
    if (!rate_.allow(std::chrono::steady_clock::now())) return reject(badMessage());
    auto message = base::decode<FromBrowser>(text);
    if (!message || !isSane(*message)) return reject(badMessage());
    const auto* hello = std::get_if<Hello>(&*message);
    if ((hello != nullptr) != (state_ == State::Greeting)) return reject(badMessage());
    if (hello)
        greet(*hello);
    else
        onMessage(std::move(*message));
}

void Browser::greet(const Hello& hello) {
    if (hello.version != protocol::version) return reject(wrongVersion());
    deadline_ = {};
    state_ = State::Welcome;
    codecs_ = hello.codecs;
    send(Welcome{protocol::version, iceServers_});
}

void Browser::reject(const Trouble& trouble) {
    state_ = State::Leaving;
    send(Failed{trouble});
    socket_.close(base::CloseCode::Violation, trouble.code.c_str());
}

}
