#include "worker/download.hpp"

#include "base/failure.hpp"
#include "base/log.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace cloudretro::worker {
namespace {

using namespace std::chrono_literals;
using protocol::Trouble;

constexpr int maxFailures = 6; // with the pauses between them: about ten seconds
constexpr int maxWrongs = 2;
constexpr gsize pieceBytes = 256 * 1024;

Trouble cannotWrite(int error) {
    if (error == ENOSPC || error == EDQUOT)
        return {"no-space", "The disk of the machine that runs the game is full.",
            "Whoever runs this server has to free some space on that worker."};
    return {"no-cache",
        std::string("The machine that runs the game cannot keep its files: ") + std::strerror(error) + ".",
        "Whoever runs this server has to look at the data folder of that worker."};
}

Trouble refused() {
    return {"wrong-token", "The server does not give the game's file to the machine that is to run it.",
        "Whoever runs this server has to copy the worker token file to that worker again."};
}

Trouble unreachable(unsigned status) {
    if (status == SOUP_STATUS_NOT_FOUND)
        return {"missing-game", "The game's file is gone, or has changed while it was on its way.",
            "Start the game again from the library."};
    return {"no-files", "The machine that runs the game could not fetch its file from the server.",
        "Try again; if it happens every time, whoever runs this server has to look at the network between "
        "the two."};
}

Trouble damaged() {
    return {"damaged-file", "The game's file arrived damaged, twice.",
        "Try again; if it happens every time, whoever runs this server has to look at its disk, and at "
        "proxies on the way to the worker."};
}

}

struct Download::Call {
    std::weak_ptr<Download*> self;

    static gpointer make(const Download& download) { return new Call{download.self_}; }
    // Once, in the callback; null: it is gone.
    static std::shared_ptr<Download*> take(gpointer data) {
        const std::unique_ptr<Call> call(static_cast<Call*>(data));
        return call->self.lock();
    }
};

Download::Download(const FileSource& source, protocol::GameFile file, const std::string& part,
    std::function<void(std::optional<Trouble>)> onDone)
    : source_(source),
      file_(std::move(file)),
      part_(::open(part.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)),
      onDone_(std::move(onDone)),
      backoff_(250ms, 4s) {
    if (!part_) {
        const auto trouble = cannotWrite(errno);
        throw base::Failure(trouble.code, trouble.message, trouble.remedy);
    }
    before_ = std::make_unique<base::FileHasher>(
        part, [this](std::optional<base::Sha256> before) { goOn(std::move(before)); });
}

Download::~Download() { g_cancellable_cancel(stopping_.get()); }

void Download::goOn(std::optional<base::Sha256> before) {
    if (before && double(before->size()) <= file_.size)
        sum_ = std::move(*before);
    else
        startOver();
    ::lseek(part_.get(), off_t(have()), SEEK_SET);
    before_.reset();
    double(have()) == file_.size ? check() : request();
}

void Download::request() {
    atRequest_ = have();
    stopping_ = base::Ref<GCancellable>::adopt(g_cancellable_new());
    message_ = base::Ref<SoupMessage>::adopt(
        soup_message_new(SOUP_METHOD_GET, (source_.address + file_.hash).c_str()));
    soup_message_add_flags(message_.get(), SOUP_MESSAGE_NO_REDIRECT); // the secret is for this server alone
    soup_message_disable_feature(message_.get(), SOUP_TYPE_CONTENT_DECODER);
    auto* headers = soup_message_get_request_headers(message_.get());
    soup_message_headers_replace(headers, "Authorization", ("Bearer " + source_.token).c_str());
    if (have()) soup_message_headers_set_range(headers, goffset(have()), -1);
    soup_session_send_async(source_.session.get(), message_.get(), G_PRIORITY_DEFAULT, stopping_.get(),
        &Download::answered, Call::make(*this));
}

void Download::answered(GObject* session, GAsyncResult* result, gpointer call) {
    base::Error error;
    auto body = base::Ref<GInputStream>::adopt(
        soup_session_send_finish(SOUP_SESSION(session), result, base::ErrorSlot(error)));
    const auto self = Call::take(call);
    if (!self) return;
    auto& download = **self;
    if (!body) return download.broken(error->message);
    download.judge(soup_message_get_status(download.message_.get()), std::move(body));
}

void Download::judge(unsigned status, base::Ref<GInputStream> body) {
    goffset first = 0, last = 0, size = 0;
    if (status == SOUP_STATUS_UNAUTHORIZED || status == SOUP_STATUS_FORBIDDEN) return end(refused());
    if (status == SOUP_STATUS_OK)
        startOver(); // all of it comes, whatever was asked for
    else if (status != SOUP_STATUS_PARTIAL_CONTENT ||
             !soup_message_headers_get_content_range(
                 soup_message_get_response_headers(message_.get()), &first, &last, &size) ||
             std::uint64_t(first) != have())
        return broken("status " + std::to_string(status));
    body_ = std::move(body);
    read();
}

void Download::read() {
    g_input_stream_read_bytes_async(
        body_.get(), pieceBytes, G_PRIORITY_DEFAULT, stopping_.get(), &Download::arrived, Call::make(*this));
}

void Download::arrived(GObject* body, GAsyncResult* result, gpointer call) {
    base::Error error;
    const auto bytes = base::Ref<GBytes>::adopt(
        g_input_stream_read_bytes_finish(G_INPUT_STREAM(body), result, base::ErrorSlot(error)));
    const auto self = Call::take(call);
    if (!self) return;
    if (!bytes) return (*self)->broken(error->message);
    gsize size = 0;
    const auto* data = static_cast<const char*>(g_bytes_get_data(bytes.get(), &size));
    (*self)->take({data, size});
}

void Download::take(std::string_view bytes) {
    const bool ended = bytes.empty();
    if (double(have() + bytes.size()) > file_.size) return wrong();
    if (!write(bytes)) return end(cannotWrite(errno));
    if (!ended) return read();
    if (double(have()) < file_.size) return broken("it ended too soon");
    check();
}

bool Download::write(std::string_view bytes) {
    for (auto left = bytes; !left.empty();) {
        const auto written = ::write(part_.get(), left.data(), left.size());
        if (written < 0) return false;
        left.remove_prefix(std::size_t(written));
    }
    sum_.add(bytes);
    return true;
}

void Download::startOver() {
    sum_ = {};
    if (::ftruncate(part_.get(), 0) != 0 || ::lseek(part_.get(), 0, SEEK_SET) != 0)
        base::logWarning("A file of the cache cannot be emptied.", file_.hash);
}

void Download::check() {
    body_ = {};
    sum_.hex() == file_.hash ? end({}) : wrong();
}

void Download::wrong() {
    body_ = {};
    startOver();
    base::logWarning("What came is not what the coordinator promised.", file_.name);
    ++wrongs_ == maxWrongs ? end(damaged()) : request();
}

void Download::broken(const std::string& reason) {
    const auto status = soup_message_get_status(message_.get());
    body_ = {};
    if (have() > atRequest_) {
        failures_ = 0;
        backoff_.reset();
    }
    base::logInfo("The transfer of a game broke off (" + reason + ").", file_.name);
    if (++failures_ == maxFailures) return end(unreachable(status));
    again_ = base::Loop::after(backoff_.next(), [this] { request(); });
}

void Download::end(std::optional<Trouble> trouble) {
    g_cancellable_cancel(stopping_.get());
    auto done = std::move(onDone_);
    done(std::move(trouble));
}

}
