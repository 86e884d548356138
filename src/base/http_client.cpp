#include "base/http_client.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <cctype>

namespace cloudretro::base {
namespace {

using Easy = Owned<CURL, curl_easy_cleanup>;
using Headers = Owned<curl_slist, curl_slist_free_all>;

struct Transfer {
    HttpRequest request;
    std::function<void(HttpReply)> done;
    HttpReply reply;
    Headers headers;
    Easy easy; // before all that it uses
};

std::string lower(std::string text) {
    for (auto& c : text) c = char(std::tolower(static_cast<unsigned char>(c)));
    return text;
}

std::size_t onBody(char* bytes, std::size_t, std::size_t size, void* data) {
    auto& transfer = *static_cast<Transfer*>(data);
    if (transfer.reply.body.size() + size > transfer.request.maxReplyBytes) return 0; // CURLE_WRITE_ERROR
    transfer.reply.body.append(bytes, size);
    return size;
}

std::size_t onHeader(char* bytes, std::size_t, std::size_t size, void* data) {
    auto& reply = static_cast<Transfer*>(data)->reply;
    const std::string line(bytes, size);
    if (line.starts_with("HTTP/")) reply.headers.clear(); // those before were of an interim reply
    const auto colon = line.find(':');
    const auto start = line.find_first_not_of(" \t", colon == line.npos ? colon : colon + 1);
    if (colon == line.npos || start == line.npos || reply.headers.size() > 100) return size;
    const auto end = line.find_last_not_of(" \t\r\n");
    reply.headers[lower(line.substr(0, colon))] = end < start ? "" : line.substr(start, end + 1 - start);
    return size;
}

void sign(CURL* easy, const AwsSigning& signing) {
    if (signing.key.empty()) return;
    const auto provider = "aws:amz:" + signing.region + ":" + signing.service;
    curl_easy_setopt(easy, CURLOPT_AWS_SIGV4, provider.c_str());
    curl_easy_setopt(easy, CURLOPT_USERNAME, signing.key.c_str()); // apart: a key may contain a colon
    curl_easy_setopt(easy, CURLOPT_PASSWORD, signing.secret.c_str());
}

void limit(CURL* easy, const HttpRequest& request) {
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, long(request.connectTimeout.count()));
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, long(request.timeout.count()));
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 1024L);
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, std::max(1L, long(request.stallTimeout.count() / 1000)));
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
}

void carry(CURL* easy, const HttpRequest& request) {
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    if (request.method == "HEAD") curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
    if (!request.body) return;
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body->size()));
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request.body->data());
}

std::unique_ptr<Transfer> prepare(HttpRequest request, std::function<void(HttpReply)> done) {
    auto transfer = std::make_unique<Transfer>();
    transfer->request = std::move(request);
    transfer->done = std::move(done);
    for (const auto& header : transfer->request.headers)
        transfer->headers.reset(curl_slist_append(transfer->headers.release(), header.c_str()));
    transfer->easy.reset(curl_easy_init());
    auto* easy = transfer->easy.get();
    curl_easy_setopt(easy, CURLOPT_URL, transfer->request.url.c_str());
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, transfer->headers.get());
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, onBody);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, transfer.get());
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, onHeader);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, transfer.get());
    sign(easy, transfer->request.signing);
    limit(easy, transfer->request);
    carry(easy, transfer->request);
    return transfer;
}

HttpReply replyOf(Transfer& transfer, CURLcode code) {
    if (code != CURLE_OK) return {0, curl_easy_strerror(code), {}, {}};
    long status = 0;
    curl_easy_getinfo(transfer.easy.get(), CURLINFO_RESPONSE_CODE, &status);
    transfer.reply.status = int(status);
    return std::move(transfer.reply);
}

}

// curl says which sockets it waits for, and until when; the loop tells it what came.
struct HttpClient::Transfers {
    Transfers();
    ~Transfers();

    void start(std::unique_ptr<Transfer> transfer);
    void act(curl_socket_t socket, int events);
    void finish(CURL* easy, CURLcode code);

    static int onSocket(CURL*, curl_socket_t socket, int what, void* self, void*);
    static int onTimer(CURLM*, long milliseconds, void* self);

    Owned<CURLM, curl_multi_cleanup> multi{curl_multi_init()};
    std::map<CURL*, std::unique_ptr<Transfer>> running;
    std::map<curl_socket_t, Watch> sockets;
    Watch timer;
    std::weak_ptr<Transfers> self;
};

HttpClient::Transfers::Transfers() {
    curl_multi_setopt(multi.get(), CURLMOPT_SOCKETFUNCTION, onSocket);
    curl_multi_setopt(multi.get(), CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(multi.get(), CURLMOPT_TIMERFUNCTION, onTimer);
    curl_multi_setopt(multi.get(), CURLMOPT_TIMERDATA, this);
    curl_multi_setopt(multi.get(), CURLMOPT_MAX_HOST_CONNECTIONS, 8L);
}

HttpClient::Transfers::~Transfers() {
    for (const auto& [easy, transfer] : running) curl_multi_remove_handle(multi.get(), easy);
    running.clear();
    multi.reset(); // which still calls onSocket
}

void HttpClient::Transfers::start(std::unique_ptr<Transfer> transfer) {
    auto* easy = transfer->easy.get();
    running[easy] = std::move(transfer);
    curl_multi_add_handle(multi.get(), easy);
}

int HttpClient::Transfers::onSocket(CURL*, curl_socket_t socket, int what, void* data, void*) {
    auto& self = *static_cast<Transfers*>(data);
    self.sockets.erase(socket);
    if (what == CURL_POLL_REMOVE) return 0;
    int condition = G_IO_ERR | G_IO_HUP;
    if (what & CURL_POLL_IN) condition |= G_IO_IN;
    if (what & CURL_POLL_OUT) condition |= G_IO_OUT;
    self.sockets[socket] =
        Loop::ready(socket, GIOCondition(condition), [weak = self.self, socket](GIOCondition is) {
            const auto alive = weak.lock();
            if (!alive) return;
            int events = 0;
            if (is & (G_IO_IN | G_IO_HUP)) events |= CURL_CSELECT_IN;
            if (is & G_IO_OUT) events |= CURL_CSELECT_OUT;
            if (is & G_IO_ERR) events |= CURL_CSELECT_ERR;
            alive->act(socket, events);
        });
    return 0;
}

int HttpClient::Transfers::onTimer(CURLM*, long milliseconds, void* data) {
    auto& self = *static_cast<Transfers*>(data);
    self.timer = {};
    if (milliseconds < 0) return 0;
    self.timer = Loop::after(std::chrono::milliseconds(milliseconds), [weak = self.self] {
        if (const auto alive = weak.lock()) alive->act(CURL_SOCKET_TIMEOUT, 0);
    });
    return 0;
}

void HttpClient::Transfers::act(curl_socket_t socket, int events) {
    int still = 0;
    curl_multi_socket_action(multi.get(), socket, events, &still);
    int left = 0;
    while (const auto* message = curl_multi_info_read(multi.get(), &left))
        if (message->msg == CURLMSG_DONE) finish(message->easy_handle, message->data.result);
}

// The answer is posted, since it may send the next request or destroy the client.
void HttpClient::Transfers::finish(CURL* easy, CURLcode code) {
    curl_multi_remove_handle(multi.get(), easy);
    const auto ended = std::move(running.extract(easy).mapped());
    Loop::post([weak = self, done = std::move(ended->done), reply = replyOf(*ended, code)] {
        if (!weak.expired()) done(reply);
    });
}

std::optional<std::int64_t> httpTime(const std::string& text) {
    const auto time = curl_getdate(text.c_str(), nullptr);
    if (time < 0) return std::nullopt;
    return time;
}

HttpClient::HttpClient() {
    static const auto initialised = curl_global_init(CURL_GLOBAL_DEFAULT); // once a process
    (void)initialised;
    transfers_ = std::make_shared<Transfers>();
    transfers_->self = transfers_;
}

HttpClient::~HttpClient() = default;

void HttpClient::send(HttpRequest request, std::function<void(HttpReply)> done) {
    transfers_->start(prepare(std::move(request), std::move(done)));
}

}
