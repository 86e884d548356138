#pragma once
// One file on its way from the coordinator: survives broken connections, believes nothing unproven.
#include "base/backoff.hpp"
#include "base/fd.hpp"
#include "base/glib.hpp"
#include "base/loop.hpp"
#include "base/sha256.hpp"
#include "cloudretro/protocol.hpp"

#include <libsoup/soup.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace cloudretro::worker {

// Where files are, and what opens the door.
struct FileSource {
    base::Ref<SoupSession> session;
    std::string address; // http://host:port/worker/files/
    std::string token;
};

// Lives on the loop. Destroying it stops it; what came so far stays in the part file, and the next one goes
// on from there.
class Download {
public:
    // Writes into `part`. `onDone` comes once, never from within the constructor, and may destroy this
    // object: without a trouble, `part` holds what `file` says. Throws Failure when it cannot write.
    Download(const FileSource& source, protocol::GameFile file, const std::string& part,
        std::function<void(std::optional<protocol::Trouble>)> onDone);
    Download(const Download&) = delete;
    ~Download();

    std::uint64_t have() const { return sum_.size(); } // bytes

private:
    struct Call; // of libsoup, which may answer when we are gone

    void goOn(std::optional<base::Sha256> before);
    void request();
    static void answered(GObject* session, GAsyncResult* result, gpointer call);
    void judge(unsigned status, base::Ref<GInputStream> body);
    void read();
    static void arrived(GObject* body, GAsyncResult* result, gpointer call);
    void take(std::string_view bytes);
    bool write(std::string_view bytes);
    void startOver();
    void check();
    void wrong();
    void broken(const std::string& reason);
    void end(std::optional<protocol::Trouble> trouble);

    const FileSource source_;
    const protocol::GameFile file_;
    base::Fd part_;
    base::Sha256 sum_; // of all that `part_` holds
    std::function<void(std::optional<protocol::Trouble>)> onDone_;
    std::shared_ptr<Download*> self_ = std::make_shared<Download*>(this);
    std::unique_ptr<base::FileHasher> before_;
    base::Ref<GCancellable> stopping_;
    base::Ref<SoupMessage> message_;
    base::Ref<GInputStream> body_;
    base::Backoff backoff_;
    base::Watch again_;
    int failures_ = 0;            // in a row, without a byte between them
    int wrongs_ = 0;              // bodies that were not the file
    std::uint64_t atRequest_ = 0; // have() then
};

}
