#pragma once
// Everything that is asked for over HTTP: who may ask, and which answer it gets.
#include "base/config.hpp"
#include "coordinator/access.hpp"
#include "coordinator/admin.hpp"
#include "coordinator/attempts.hpp"
#include "coordinator/http.hpp"
#include "coordinator/metrics.hpp"
#include "coordinator/web_files.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>

namespace cloudretro::coordinator {

// What the site tells, and whom it asks to act.
struct SiteSources {
    std::function<std::string()> health, games, rooms, status; // JSON
    // A JPEG of a room, also of one that is not listed; empty: there is none.
    std::function<base::Ref<GBytes>(const std::string& room, bool unlisted)> photo;
    std::function<AdminView()> adminView;
    std::function<Metrics()> metrics;
    // False: there is no such worker or room.
    std::function<bool(const AdminDrain&)> drain;
    std::function<bool(const AdminClose&)> close;
    std::function<bool(const AdminMessage&)> message;
};

// Lives on the loop.
class Site {
public:
    // Reads the secrets that `config` names. Throws Failure "config".
    Site(const base::Config& config, SiteSources sources);

    HttpAnswer answer(const HttpRequest& request);
    static bool takesPost(const std::string& path);

    // Who did not give the password is asked for it; nullopt: may go on.
    std::optional<HttpAnswer> refuse(const HttpRequest& request) const;
    // Whether a WebSocket of a page may be opened: 0, or the status that says why not.
    int refuseSocket(const HttpRequest& request) const;
    // Somebody has looked at the admin page lately.
    bool isWatched() const;

private:
    bool isInside(const HttpRequest& request) const;
    HttpAnswer askToLogIn(const HttpRequest& request) const;
    HttpAnswer logIn(const HttpRequest& request);
    HttpAnswer metrics(const HttpRequest& request);
    HttpAnswer admin(const HttpRequest& request);
    HttpAnswer photo(const HttpRequest& request, std::string_view folder, bool unlisted) const;
    HttpAnswer act(const HttpRequest& request) const;
    std::optional<HttpAnswer> refuseAdmin(const HttpRequest& request);
    HttpAnswer page(const std::string& file, int status) const;

    SiteSources sources_;
    WebFiles files_;
    Access access_;
    std::optional<Token> adminToken_;
    Attempts logins_, adminAttempts_;
    std::chrono::steady_clock::time_point watched_{};
};

}
