#include "coordinator/browser.hpp"

#include "base/json.hpp"
#include "coordinator/player.hpp"
#include "coordinator/sdp_filter.hpp"
#include "coordinator/store/save_key.hpp"
#include "coordinator/troubles.hpp"

#include <algorithm>

namespace cloudretro::coordinator {
namespace {

using namespace std::chrono_literals;
using namespace protocol;

constexpr auto patience = 30s, greetingTime = 10s;
constexpr std::size_t maxCodecs = 16, maxTrips = 256;

// Decoded, but is it also what a browser could mean?
bool isSane(const FromBrowser& message) {
    return std::visit(base::overloaded{
                          [](const Hello& m) {
                              return m.codecs.size() <= maxCodecs && isSaneName(m.name) &&
                                     m.key.size() <= maxKey && m.tab.size() <= maxKey;
                          },
                          [](const Start& m) { return m.roundTrips.size() <= maxTrips; },
                          [](const Rename& m) { return isSaneName(m.name); },
                          [](const SaveGame& m) { return store::isNumbered(m.slot) && isSaneName(m.name); },
                          [](const LoadGame& m) {
                              return (store::isNumbered(m.slot) || m.slot == "auto") && m.sequence >= 0;
                          },
                          [](const Answer& m) { return isSaneSdp(m.sdp); },
                          [](const Candidate& m) { return isSaneCandidate(m.candidate) && m.line >= 0; },
                          [](const auto&) { return true; },
                      },
        message);
}

}

Browser::Browser(base::Ref<SoupWebsocketConnection> connection, BrowserId id, Welcome welcome)
    : socket_(std::move(connection), patience),
      welcome_(std::move(welcome)) {
    visitor_.browser = id;
    socket_.onText = [this](std::string_view text) { receive(text); };
    socket_.onClosed = [this] {
        if (auto handler = onGone) handler();
    };
    deadline_ =
        base::Loop::after(greetingTime, [this] { socket_.close(base::CloseCode::Violation, "no hello"); });
}

void Browser::send(const ToBrowser& message) { socket_.send(base::encodeAny(message)); }

void Browser::receive(std::string_view text) {
    if (state_ == State::Leaving) return;
    if (!rate_.allow(std::chrono::steady_clock::now())) return reject(badMessage());
    auto message = base::decode<FromBrowser>(text);
    if (!message || !isSane(*message)) return reject(badMessage());
    const auto* hello = std::get_if<Hello>(&*message);
    if ((hello != nullptr) != (state_ == State::Greeting)) return reject(badMessage());
    if (hello) return greet(*hello);
    if (auto* rename = std::get_if<Rename>(&*message)) visitor_.name = rename->name = plainName(rename->name);
    if (auto* save = std::get_if<SaveGame>(&*message)) save->name = plainName(save->name);
    onMessage(std::move(*message));
}

void Browser::greet(const Hello& hello) {
    if (hello.version != protocol::version) return reject(wrongVersion());
    deadline_ = {};
    state_ = State::Welcome;
    visitor_.codecs = hello.codecs;
    visitor_.name = plainName(hello.name);
    visitor_.tab = hello.tab;
    visitor_.player = playerOf(hello.key);
    send(welcome_);
    onReady();
}

void Browser::reject(const Trouble& trouble) {
    state_ = State::Leaving;
    send(Failed{trouble});
    socket_.close(base::CloseCode::Violation, trouble.code.c_str());
}

}
