#include "room/fingerprint.hpp"

#include <catch2/catch.hpp>

using namespace cloudretro::room;

TEST_CASE("a certificate's fingerprint is what openssl says it is", "[fingerprint]") {
    // openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes …; openssl x509 -fingerprint
    // -sha256
    const auto pem = R"(-----BEGIN CERTIFICATE-----
MIIBdDCCARmgAwIBAgIULFiPsUwYQ/3/wDOGrbcQaG1Ej4wwCgYIKoZIzj0EAwIw
DzENMAsGA1UEAwwEdGVzdDAeFw0yNjExMjIyMjIwMzNaFw0zNjExMTkyMjIwMzNa
MA8xDTALBgNVBAMMBHRlc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAASxuEe+
DlQfgbwWSP+5od7JijVyA/VISIEiw9SzPSpeSdGUdvvCAY8TUwvgv0HtuCp4wslV
XWs2PJd8EMgkomVeo1MwUTAdBgNVHQ4EFgQUMmhZJ198TJbmHnTAFknlDadW1skw
HwYDVR0jBBgwFoAUMmhZJ198TJbmHnTAFknlDadW1skwDwYDVR0TAQH/BAUwAwEB
/zAKBggqhkjOPQQDAgNJADBGAiEA6opTiROAM7F7hFZl3kUgjOkq9JCBl5gRcIuL
1XCe8dACIQCY4GXfdT12lG+r/rW/Q3ZigU5MoKSciDOEccldWjk4PQ==
-----END CERTIFICATE-----
)";
    CHECK(fingerprintOf(pem) ==
          "8D:B9:0B:AA:23:7F:B9:E9:FE:71:DE:9D:13:40:6A:5E:D8:61:5D:73:7D:E1:73:F3:AB:B5:07:72:D5:09:68:2A");
    CHECK(fingerprintOf("").empty());
    CHECK(fingerprintOf("-----END CERTIFICATE----- -----BEGIN CERTIFICATE-----").empty());
}

TEST_CASE("fingerprints are read from the session and from each medium", "[fingerprint]") {
    GstSDPMessage* message = nullptr;
    REQUIRE(gst_sdp_message_new_from_text("v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n"
                                          "a=fingerprint:sha-256 aa:bb\r\n"
                                          "m=video 9 UDP/TLS/RTP/SAVPF 96\r\nc=IN IP4 0.0.0.0\r\n"
                                          "a=fingerprint:sha-256 CC:DD\r\n"
                                          "m=audio 9 UDP/TLS/RTP/SAVPF 97\r\nc=IN IP4 0.0.0.0\r\n"
                                          "a=fingerprint:sha-1 EE:FF\r\n",
                &message) == GST_SDP_OK);
    CHECK(fingerprintsOf(message) == std::vector<std::string>{"AA:BB", "CC:DD"});
    gst_sdp_message_free(message);
}
