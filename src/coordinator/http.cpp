#include "coordinator/http.hpp"

#include "base/json.hpp"

#include <algorithm>
#include <charconv>

namespace cloudretro::coordinator {
namespace {

// "http://host:80" ▶ "host", "https://host:444" ▶ "host:444"; empty: not the origin of a web page.
std::string authorityOf(const std::string& origin) {
    for (const auto& [scheme, port] : {std::pair{"http://", ":80"}, std::pair{"https://", ":443"}}) {
        if (!origin.starts_with(scheme)) continue;
        auto authority = origin.substr(std::string_view(scheme).size());
        if (authority.ends_with(port)) authority.resize(authority.size() - std::string_view(port).size());
        return authority;
    }
    return {};
}

// nullopt: something else than digits.
std::optional<std::size_t> numberOf(std::string_view digits) {
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    return number;
}

// An IPv4 address that came over an IPv6 socket counts as what it is; empty reference: no address.
base::Ref<GInetAddress> addressOf(std::string text) {
    if (g_ascii_strncasecmp(text.c_str(), "::ffff:", 7) == 0 && text.find('.') != text.npos) text.erase(0, 7);
    return base::Ref<GInetAddress>::adopt(g_inet_address_new_from_string(text.c_str()));
}

bool isLoopback(const std::string& text) {
    const auto address = addressOf(text);
    return address && g_inet_address_get_is_loopback(address.get());
}

// The last of a list: what the nearest proxy wrote; those before it may be invented.
std::string lastOf(const std::string& list) {
    const auto comma = list.rfind(',');
    const auto start = list.find_first_not_of(" \t", comma == list.npos ? 0 : comma + 1);
    if (start == list.npos) return {};
    return list.substr(start, list.find_last_not_of(" \t") + 1 - start);
}

}

bool HttpRequest::AnyCase::operator()(const std::string& a, const std::string& b) const {
    return g_ascii_strcasecmp(a.c_str(), b.c_str()) < 0;
}

const std::string& HttpRequest::header(const std::string& name) const {
    static const std::string none;
    const auto found = headers.find(name);
    return found == headers.end() ? none : found->second;
}

std::optional<std::string> HttpRequest::parameter(const std::string& name) const {
    const auto fields = base::Ref<GHashTable>::adopt(
        g_uri_parse_params(query.data(), gssize(query.size()), "&", G_URI_PARAMS_WWW_FORM, nullptr));
    const auto* value =
        fields ? static_cast<const char*>(g_hash_table_lookup(fields.get(), name.c_str())) : nullptr;
    return value ? std::optional<std::string>(value) : std::nullopt;
}

HttpAnswer textAnswer(int status, const std::string& type, const std::string& text) {
    return {status, type, base::Ref<GBytes>::adopt(g_bytes_new(text.data(), text.size())), {}};
}

HttpAnswer jsonAnswer(int status, const std::string& text) {
    return textAnswer(status, "application/json", text);
}

HttpAnswer troubleAnswer(int status, const protocol::Trouble& trouble) {
    return jsonAnswer(status, base::dumpJson(base::encodePart(trouble)));
}

// Only the kernel touches the mapped bytes, in the system call that sends them: a file that was shortened is
// an error of that call (EFAULT), and no SIGBUS.
std::optional<HttpAnswer> fileAnswer(
    const std::string& path, const std::string& type, const std::string& etag) {
    const auto file = base::Ref<GMappedFile>::adopt(g_mapped_file_new(path.c_str(), FALSE, nullptr));
    if (!file || g_mapped_file_get_length(file.get()) == 0) return std::nullopt;
    return HttpAnswer{200, type, base::Ref<GBytes>::adopt(g_mapped_file_get_bytes(file.get())), etag};
}

Slice sliceOf(std::string_view range, std::size_t size) {
    constexpr std::string_view unit = "bytes=";
    const auto dash = range.find('-');
    if (!range.starts_with(unit) || dash == range.npos) return {};
    const auto from = range.substr(unit.size(), dash - unit.size()), to = range.substr(dash + 1);
    const auto first = numberOf(from), last = numberOf(to);
    if ((!first && !from.empty()) || (!last && !to.empty()) || (!first && !last)) return {};
    if (!first) { // so many at the end
        const auto length = std::min(*last, size);
        return length ? Slice{Slice::Kind::Part, size - length, length} : Slice{Slice::Kind::Outside};
    }
    if (last && *last < *first) return {};
    if (*first >= size) return {Slice::Kind::Outside};
    const auto end = last ? std::min(*last, size - 1) : size - 1;
    return {Slice::Kind::Part, *first, end - *first + 1};
}

bool isSameOrigin(const std::string& origin, const std::string& host) {
    const auto authority = authorityOf(origin);
    if (authority.empty()) return false;
    const auto usual = origin.starts_with("https") ? ":443" : ":80";
    const auto bare =
        host.ends_with(usual) ? host.substr(0, host.size() - std::string_view(usual).size()) : host;
    return g_ascii_strcasecmp(authority.c_str(), bare.c_str()) == 0;
}

bool isLocal(const HttpRequest& request) {
    return request.header("X-Forwarded-For").empty() && request.header("Forwarded").empty() &&
           isLoopback(request.peer);
}

int refuseStrangers(const HttpRequest& request) {
    const auto& origin = request.header("Origin");
    const bool good = origin.empty() ? isLocal(request) : isSameOrigin(origin, request.header("Host"));
    return good ? 0 : 403;
}

bool isWithin(std::string_view path, std::string_view folder) {
    return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

bool isJson(const HttpRequest& request) {
    return request.header("Content-Type").starts_with("application/json");
}

std::string networkOf(const HttpRequest& request) {
    const auto& forwarded = request.header("X-Forwarded-For");
    const auto& text = forwarded.empty() || !isLoopback(request.peer) ? request.peer : lastOf(forwarded);
    const auto address = addressOf(text);
    if (!address) return "unknown";
    if (g_inet_address_get_family(address.get()) == G_SOCKET_FAMILY_IPV4)
        return base::Chars(g_inet_address_to_string(address.get())).get();
    const auto* bytes = g_inet_address_to_bytes(address.get());
    return std::string(reinterpret_cast<const char*>(bytes), 8);
}

}
