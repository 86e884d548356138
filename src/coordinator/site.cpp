#include "coordinator/site.hpp"

#include "base/failure.hpp"
#include "base/json.hpp"
#include "base/secret.hpp"
#include "coordinator/qr.hpp"
#include "coordinator/troubles.hpp"

#include <filesystem>
#include <set>

namespace cloudretro::coordinator {
namespace {

using Steady = std::chrono::steady_clock;
using Calendar = std::chrono::system_clock;

constexpr Attempts::Limit perAddress{0.1, 10}, together{1, 60};
constexpr Attempts::Limit unlimited{1e9, 1e9};      // others cannot keep an administrator out
constexpr auto watching = std::chrono::seconds(15); // the page asks every two
constexpr std::string_view roomsFolder = "/api/rooms/", adminRoomsFolder = "/api/admin/rooms/";
constexpr std::size_t shortestPassword = 8, shortestToken = 32;

std::string passwordOf(const base::Config& config) {
    if (!config.passwordFile.empty())
        return base::readNamedSecret(config.passwordFile, "--password-file", shortestPassword);
    if (!config.password.empty() && config.password.size() < shortestPassword)
        throw base::Failure("config", "The password of --password is too short to be safe.",
            "Use at least " + std::to_string(shortestPassword) + " characters.");
    return config.password;
}

Access accessOf(const base::Config& config) {
    const auto password = passwordOf(config);
    if (password.empty()) return {};
    const auto file = std::filesystem::path(config.dataDir) / "cookie.secret";
    return {password, base::readOrMakeSecret(file.string())};
}

bool isPage(const std::string& path) {
    return path == "/" || path.starts_with("/play/") || path.starts_with("/room/") ||
           path.starts_with("/game/");
}

// What the login page needs, what workers use, who prove themselves otherwise, and what tells nothing.
bool isOpenToAll(const std::string& path) {
    static const std::set<std::string> open{"/icon.svg", "/css/tokens.css", "/css/base.css", "/css/login.css",
        "/js/login.js", "/js/elements.js", "/js/cover/wordmark.js", "/js/cover/pixel_font.js",
        "/js/search.js"};
    return open.contains(path) || path.starts_with("/worker/");
}

bool isApi(const std::string& path) { return path.starts_with("/api/"); }
bool isAdminApi(const std::string& path) { return path == "/api/admin" || path.starts_with("/api/admin/"); }

HttpAnswer goTo(const std::string& path) {
    auto answer = textAnswer(303, "text/plain", "");
    answer.headers = {{"Location", path}};
    return answer;
}

HttpAnswer refuseForNow(std::chrono::seconds wait) {
    auto answer = troubleAnswer(429, tooManyAttempts(wait));
    answer.headers = {{"Retry-After", std::to_string(wait.count())}};
    return answer;
}

HttpAnswer qrCode(const HttpRequest& request) {
    const auto text = request.parameter("text");
    const auto svg = text ? qrSvg(*text) : std::nullopt;
    if (!svg) return troubleAnswer(400, badQrText());
    return textAnswer(200, "image/svg+xml", *svg);
}

struct Login {
    std::string password;
    static void fields(auto& m, auto&& f) { f("password", m.password); }
};

bool isSane(const AdminMessage& message) {
    return !message.text.empty() && message.text.size() <= AdminMessage::maxText;
}
bool isSane(const auto&) { return true; }

}

Site::Site(const base::Config& config, SiteSources sources)
    : sources_(std::move(sources)),
      files_(config.webroot),
      access_(accessOf(config)),
      logins_(perAddress, together),
      adminAttempts_(perAddress, unlimited) {
    if (!config.adminTokenFile.empty())
        adminToken_.emplace(
            base::readNamedSecret(config.adminTokenFile, "--admin-token-file", shortestToken));
}

bool Site::takesPost(const std::string& path) {
    static const std::set<std::string> paths{
        "/login", "/api/admin/drain", "/api/admin/close", "/api/admin/message"};
    return paths.contains(path);
}

HttpAnswer Site::answer(const HttpRequest& request) {
    const auto& path = request.path;
    if (path == "/healthz") return jsonAnswer(200, sources_.health());
    if (path == "/metrics") return metrics(request);
    if (isAdminApi(path)) return admin(request);
    if (path == "/login" && request.method == "POST") return logIn(request);
    if (auto refusal = refuse(request)) return *refusal;
    if (path == "/login") return goTo("/");
    if (path == "/admin") return page("/admin.html", 200);
    if (path == "/api/games") return jsonAnswer(200, sources_.games());
    if (path == "/api/rooms") return jsonAnswer(200, sources_.rooms());
    if (path.starts_with(roomsFolder)) return photo(request, roomsFolder, false);
    if (path == "/api/status") return jsonAnswer(200, sources_.status());
    if (path == "/api/qr.svg") return qrCode(request);
    if (isApi(path)) return troubleAnswer(404, nothingHere());
    if (auto file = files_.find(isPage(path) ? "/index.html" : path)) return *file;
    return textAnswer(404, "text/html; charset=utf-8",
        "<!doctype html><html lang=\"en\"><title>Not found</title><p>There is no such page. "
        "<a href=\"/\">To the library</a>\n");
}

std::optional<HttpAnswer> Site::refuse(const HttpRequest& request) const {
    if (isOpenToAll(request.path) || isInside(request)) return std::nullopt;
    return askToLogIn(request);
}

int Site::refuseSocket(const HttpRequest& request) const {
    if (const int status = refuseStrangers(request)) return status;
    return isInside(request) ? 0 : 401;
}

bool Site::isWatched() const { return Steady::now() - watched_ < watching; }

// "<folder><room>/photo"
HttpAnswer Site::photo(const HttpRequest& request, std::string_view folder, bool unlisted) const {
    constexpr std::string_view file = "/photo";
    auto room = std::string_view(request.path).substr(folder.size());
    if (!room.ends_with(file)) return troubleAnswer(404, nothingHere());
    room.remove_suffix(file.size());
    auto jpeg = sources_.photo(std::string(room), unlisted);
    if (!jpeg) return troubleAnswer(404, nothingHere());
    return {200, "image/jpeg", std::move(jpeg), {}};
}

// ---- the password ----

bool Site::isInside(const HttpRequest& request) const {
    return access_.admits(request.header("Cookie"), Calendar::now());
}

HttpAnswer Site::askToLogIn(const HttpRequest& request) const {
    if (isApi(request.path)) return troubleAnswer(401, notLoggedIn());
    return page("/login.html", 401);
}

// Without a tag: what is cached for an address must not depend on who asks.
HttpAnswer Site::page(const std::string& file, int status) const {
    auto answer = files_.find(file).value_or(troubleAnswer(404, nothingHere()));
    if (answer.status == 200) answer.status = status;
    answer.etag.clear();
    return answer;
}

HttpAnswer Site::logIn(const HttpRequest& request) {
    if (refuseStrangers(request)) return troubleAnswer(403, strangeOrigin());
    const auto login = isJson(request) ? base::decodePart<Login>(request.body) : std::nullopt;
    if (!login) return troubleAnswer(400, badRequest());
    const auto address = networkOf(request);
    if (const auto wait = logins_.wait(address, Steady::now()); wait.count()) return refuseForNow(wait);
    if (!access_.isPassword(login->password)) {
        logins_.spend(address, Steady::now());
        return troubleAnswer(401, wrongPassword());
    }
    auto answer = textAnswer(204, "text/plain", "");
    const bool secure = request.header("X-Forwarded-Proto") == "https";
    answer.headers = {{"Set-Cookie", access_.cookie(secure, Calendar::now())}};
    return answer;
}

// ---- who runs the server ----

// nullopt: has the token.
std::optional<HttpAnswer> Site::refuseAdmin(const HttpRequest& request) {
    if (!adminToken_) return troubleAnswer(404, noAdmin());
    const auto address = networkOf(request);
    if (const auto wait = adminAttempts_.wait(address, Steady::now()); wait.count())
        return refuseForNow(wait);
    if (adminToken_->is(bearerOf(request.header("Authorization")))) return std::nullopt;
    if (!request.header("Authorization").empty()) adminAttempts_.spend(address, Steady::now());
    auto answer = troubleAnswer(401, wrongAdminToken());
    answer.headers = {{"WWW-Authenticate", "Bearer"}};
    return answer;
}

HttpAnswer Site::metrics(const HttpRequest& request) {
    if (!isLocal(request))
        if (auto refusal = refuseAdmin(request)) return *refusal;
    return textAnswer(200, prometheusType, prometheusText(sources_.metrics()));
}

HttpAnswer Site::admin(const HttpRequest& request) {
    const auto& origin = request.header("Origin");
    if (!origin.empty() && !isSameOrigin(origin, request.header("Host")))
        return troubleAnswer(403, strangeOrigin());
    if (auto refusal = refuseAdmin(request)) return *refusal;
    if (request.method == "POST") return act(request);
    if (request.path.starts_with(adminRoomsFolder)) return photo(request, adminRoomsFolder, true);
    if (request.path != "/api/admin") return troubleAnswer(404, nothingHere());
    watched_ = Steady::now();
    return jsonAnswer(200, base::dumpJson(base::encodePart(sources_.adminView())));
}

HttpAnswer Site::act(const HttpRequest& request) const {
    const auto obey = [&]<class Order>(const std::function<bool(const Order&)>& action) {
        const auto order = isJson(request) ? base::decodePart<Order>(request.body) : std::nullopt;
        if (!order || !isSane(*order)) return troubleAnswer(400, badRequest());
        if (!action(*order)) return troubleAnswer(409, notPossible());
        return jsonAnswer(200, "{}");
    };
    if (request.path == "/api/admin/drain") return obey(sources_.drain);
    if (request.path == "/api/admin/close") return obey(sources_.close);
    return obey(sources_.message);
}

}
