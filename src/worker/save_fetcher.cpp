#include "worker/save_fetcher.hpp"

#include "base/background.hpp"
#include "base/backoff.hpp"
#include "base/files.hpp"
#include "base/log.hpp"
#include "base/sha256.hpp"
#include "worker/troubles.hpp"

#include <utility>

namespace cloudretro::worker {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using protocol::Trouble;

constexpr std::size_t largest = std::size_t{66} << 20; // what does not shrink grows a little
constexpr int maxFailures = 6;                         // with the pauses between them: about ten seconds

const Trouble missing{
    "save-missing", "The save is not in the server's store any more.", "Load an older one."};
const Trouble unreachable{"no-saves",
    "The machine that runs the game could not fetch the save from the server.",
    "Try again; if it happens every time, whoever runs this server has to look at the network between the "
    "two."};

bool isPassing(const base::HttpReply& reply) {
    return reply.status == 0 || reply.status == 200 || reply.status >= 500 || reply.status == 429;
}

}

struct SaveFetcher::Job {
    protocol::SavedBytes what;
    Done done;
    base::Backoff backoff{250ms, 4s};
    base::Watch again;
    int failures = 0;
};

SaveFetcher::SaveFetcher(const std::string& address, const std::string& token)
    : address_(address + "/saves/"),
      token_(token) {}

void SaveFetcher::fetch(protocol::SavedBytes what, const fs::path& dir, Done done) {
    if (!base::isSha256(what.object)) return done(std::move(what), badOrder().trouble());
    what.file = dir / what.object;
    std::error_code none;
    if (fs::exists(what.file, none)) return done(std::move(what), {});
    const auto job = std::make_shared<Job>();
    job->what = std::move(what);
    job->done = std::move(done);
    request(job);
}

void SaveFetcher::request(const std::shared_ptr<Job>& job) {
    base::HttpRequest request;
    request.url = address_ + job->what.object;
    request.headers = {"Authorization: Bearer " + token_};
    request.maxReplyBytes = largest;
    client_.send(std::move(request), [this, job](base::HttpReply reply) { answered(job, std::move(reply)); });
}

void SaveFetcher::answered(const std::shared_ptr<Job>& job, base::HttpReply reply) {
    if (reply.status == 200 && base::sha256(reply.body) == job->what.object)
        return base::inBackground(
            [file = job->what.file, body = std::move(reply.body)] {
                return base::writeWhole(file, body).empty();
            },
            [job, alive = std::weak_ptr(alive_)](bool written) {
                if (alive.expired()) return;
                job->done(job->what, written ? std::nullopt : std::optional(cannotWriteSave().trouble()));
            });
    base::logInfo("A save could not be fetched (" +
                  (reply.status ? "status " + std::to_string(reply.status) : reply.error) + ").");
    if (!isPassing(reply)) return job->done(job->what, missing);
    if (++job->failures == maxFailures) return job->done(job->what, unreachable);
    job->again = base::Loop::after(job->backoff.next(), [this, job, alive = std::weak_ptr(alive_)] {
        const auto kept = std::move(job->again);
        if (!alive.expired()) request(job);
    });
}

}
