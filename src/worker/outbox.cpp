#include "worker/outbox.hpp"

#include "base/background.hpp"
#include "base/files.hpp"
#include "base/glib.hpp"
#include "base/json.hpp"
#include "base/log.hpp"

#include <algorithm>
#include <iomanip>
#include <set>
#include <sstream>
#include <system_error>
#include <utility>

namespace cloudretro::worker {
namespace {

namespace fs = std::filesystem;
using protocol::SaveUpload;
using protocol::Trouble;

constexpr auto bytesExtension = ".zst", photoExtension = ".jpg", aboutExtension = ".json";

bool write(const fs::path& path, std::string_view bytes) { return base::writeWhole(path, bytes).empty(); }

bool writePhoto(const fs::path& path, const std::string& base64) {
    gsize size = 0;
    const base::Owned<guchar, g_free> bytes(g_base64_decode(base64.c_str(), &size));
    return write(path, {reinterpret_cast<const char*>(bytes.get()), size});
}

bool linkOrCopy(const fs::path& from, const fs::path& to) {
    std::error_code error;
    fs::create_hard_link(from, to, error);
    if (error) fs::copy_file(from, to, error);
    return !error;
}

std::string numbered(std::uint64_t number) {
    std::ostringstream name;
    name << std::setw(10) << std::setfill('0') << number;
    return name.str();
}

base::Form formOf(const std::string& about, std::string bytes, std::string photo) {
    std::vector<base::FormPart> parts{
        {"about", "application/json", about}, {"bytes", "application/zstd", std::move(bytes)}};
    if (!photo.empty()) parts.push_back({"picture", "image/jpeg", std::move(photo)});
    return base::writeForm(parts);
}

// The coordinator may say it better.
Trouble troubleOf(const base::HttpReply& reply) {
    const auto told = base::decodePart<Trouble>(reply.body);
    if (told && !told->code.empty()) return *told;
    if (reply.status == 409)
        return {
            "stale", "The game goes on elsewhere, and was saved there since.", "Open that game to go on."};
    return {"not-saved", "The server did not take the save (status " + std::to_string(reply.status) + ").",
        "Try again; if it happens every time, tell whoever runs this server."};
}

bool isPassing(int status) { return status == 0 || status >= 500 || status == 408 || status == 429; }

}

Outbox::Outbox(fs::path dir, const std::string& address, const std::string& token)
    : dir_(std::move(dir)),
      address_(address + "/saves"),
      token_(token) {
    find();
}

// What a worker before us could not send. Without a .json it is not complete.
void Outbox::find() {
    std::set<std::string> names;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(dir_, error)) names.insert(entry.path().stem());
    for (const auto& name : names) {
        Parcel parcel{{}, name};
        if (auto about = base::decodePart<SaveUpload>(base::readAll(pathOf(parcel, aboutExtension)));
            about && !about->room.empty()) {
            parcel.about = std::move(*about);
            base::logInfo("A save is still to be sent to the coordinator.", parcel.about.room);
            enqueue(std::move(parcel));
        } else {
            removeFiles(parcel);
        }
    }
}

bool Outbox::add(const SaveUpload& about, const fs::path& file, const std::string& jpeg) {
    Parcel parcel{about, numbered(++number_)};
    const bool whole = linkOrCopy(file, pathOf(parcel, bytesExtension)) &&
                       (jpeg.empty() || writePhoto(pathOf(parcel, photoExtension), jpeg)) &&
                       write(pathOf(parcel, aboutExtension), base::encode(about));
    if (whole)
        enqueue(std::move(parcel));
    else
        removeFiles(parcel);
    return whole;
}

void Outbox::enqueue(Parcel parcel) {
    const auto room = parcel.about.room;
    auto& line = lines_[room];
    const auto isOlder = [&](const Parcel& other) {
        const bool older = other.about.request == 0 && other.about.kind == parcel.about.kind;
        if (older) removeFiles(other);
        return older;
    };
    if (parcel.about.request == 0)
        line.parcels.erase(
            std::remove_if(line.parcels.begin() + (line.busy ? 1 : 0), line.parcels.end(), isOlder),
            line.parcels.end());
    line.parcels.push_back(std::move(parcel));
    sendNext(room);
}

void Outbox::setOnline(bool online) {
    online_ = online;
    if (!online) return;
    std::vector<std::string> rooms;
    for (auto& [room, line] : lines_) {
        line.again = {};
        line.backoff.reset();
        rooms.push_back(room);
    }
    for (const auto& room : rooms) sendNext(room);
}

void Outbox::sendNext(const std::string& room) {
    auto& line = lines_.at(room);
    if (!online_ || line.busy || line.again || line.parcels.empty()) return;
    line.busy = true;
    const auto& parcel = line.parcels.front();
    base::inBackground(
        [about = base::encode(parcel.about), bytes = pathOf(parcel, bytesExtension),
            photo = pathOf(parcel, photoExtension)] {
            return formOf(about, base::readAll(bytes), base::readAll(photo));
        },
        [this, alive = std::weak_ptr(alive_), room](base::Form form) {
            if (!alive.expired()) send(room, std::move(form));
        });
}

void Outbox::send(const std::string& room, base::Form form) {
    base::HttpRequest request;
    request.method = "POST";
    request.url = address_;
    request.headers = {"Authorization: Bearer " + token_, "Content-Type: " + form.contentType,
        "Expect:"}; // no leave to go on: another turn for nothing
    request.body = std::make_shared<const std::string>(std::move(form.body));
    client_.send(std::move(request), [this, room](const base::HttpReply& reply) { answered(room, reply); });
}

void Outbox::answered(const std::string& room, const base::HttpReply& reply) {
    auto& line = lines_.at(room);
    line.busy = false;
    if (isPassing(reply.status)) {
        base::logInfo("A save cannot be sent now (" +
                          (reply.status ? "status " + std::to_string(reply.status) : reply.error) + ").",
            room);
        line.again = base::Loop::after(line.backoff.next(), [this, room] {
            lines_.at(room).again = {};
            sendNext(room);
        });
        return;
    }
    line.backoff.reset();
    const auto about = line.parcels.front().about;
    drop(room); // `line` may be gone
    if (reply.status >= 200 && reply.status < 300) return;
    const auto trouble = troubleOf(reply);
    base::logWarning("A save is lost. " + trouble.message, room);
    if (about.request && onRefused) onRefused(about, trouble);
}

void Outbox::drop(const std::string& room) {
    auto& line = lines_.at(room);
    removeFiles(line.parcels.front());
    line.parcels.pop_front();
    if (!line.parcels.empty()) return sendNext(room);
    lines_.erase(room);
    std::list<Waiter> done;
    for (auto it = waiters_.begin(); it != waiters_.end();) {
        const auto waiter = it++;
        if (waiter->room == room) done.splice(done.end(), waiters_, waiter);
    }
    for (const auto& waiter : done) base::Loop::post(waiter.done);
}

void Outbox::whenSent(
    const std::string& room, std::chrono::milliseconds patience, std::function<void()> done) {
    if (!lines_.contains(room)) return done();
    const auto waiter = waiters_.insert(waiters_.end(), {room, std::move(done), {}});
    waiter->patience = base::Loop::after(patience, [this, waiter] {
        const auto call = waiter->done;
        waiters_.erase(waiter);
        call();
    });
}

void Outbox::removeFiles(const Parcel& parcel) const {
    std::error_code ignored;
    for (const auto* extension : {aboutExtension, photoExtension, bytesExtension})
        fs::remove(pathOf(parcel, extension), ignored);
}

fs::path Outbox::pathOf(const Parcel& parcel, const char* extension) const {
    return dir_ / (parcel.name + extension);
}

}
