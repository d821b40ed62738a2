#!/usr/bin/env bash
# Do C++'s HTTP clients and GNOME's send a write once and unchanged, and return what the org sent?
#
# Versions, of Debian 12: Qt 5.15.8 (QNetworkAccessManager), C++ REST SDK (cpprest) 2.10.18, POCO 1.11.0, cpp-httplib 0.11.4,
# libsoup 3.2.3, with their defaults. Needs g++ and, for apt-get update, root; the packages are unpacked and not installed.
# Expected: A POST or DELETE without a response is an error, because the org may have carried it out. The second DELETE of a user
# deletes them for ever. A redirected PUT or DELETE keeps its method, or the caller gets the redirect. Half a body is an error.
# Seen:
# - Qt sends a POST and a DELETE twice if the connection ends without a response, even as the first request of a connection. If
#   the second one succeeds, the caller sees a 200, and the org has carried out both.
# - cpprest does so if the connection has been used before. libsoup does so for a DELETE.
# - libsoup and cpprest follow a 302 after a PUT or DELETE with a GET, and return 200. The write is lost.
# - POCO returns half a body as a success, and libsoup does so if the body is sent in chunks.
# - Qt, cpprest and POCO return 103 Early Hints as the response. cpp-httplib waits and reports an error.
# - POCO's getPathAndQuery turns the login ada%2Fb into ada/b. cpp-httplib sends the search a+b, which is two words, as a%2Bb,
#   which is one.
# - POCO and cpp-httplib return the first of two `Link` fields, and libsoup's get_one the last. Qt and cpprest join both.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
command -v g++ >/dev/null || { echo "skipped: this needs g++"; exit 0; }
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download qtbase5-dev libqt5core5a libqt5network5 libicu72 libpcre2-16-0 libpcre2-8-0 \
    libdouble-conversion3 libzstd1 libmd4c0 libpoco-dev libpoconet80 libpocofoundation80 libcpprest-dev libcpprest2.10 \
    libboost1.74-dev libboost-{system,thread,chrono,filesystem}1.74.0 libssl-dev libssl3 libbrotli1 libcpp-httplib-dev \
    libcpp-httplib0.11 libsoup-3.0-dev libsoup-3.0-0 libglib2.0-dev libglib2.0-0 libffi8 libnghttp2-14 libpsl5 libsqlite3-0 \
    libproxy1v5 libgssapi-krb5-2 libkrb5-3 libkrb5support0 libk5crypto3 libkeyutils1
for version in libqt5network5_5.15.8+dfsg-11 libpoconet80_1.11.0-3 libcpprest2.10_2.10.18-1 libcpp-httplib0.11_0.11.4 \
    libsoup-3.0-0_3.2.3; do
    ls "$version"* >/dev/null 2>&1 || { echo "skipped: this needs $version, and another version is served"; exit 0; }
done
for package in *.deb; do dpkg -x "$package" root; done
# Each program gets a method, an address, and perhaps an address to request before.
cat >qt.cpp <<'CPP'
#include <QCoreApplication>
#include <QEventLoop>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <iostream>

QNetworkAccessManager *manager;

QNetworkReply *send(QByteArray method, QByteArray address) {
    QNetworkRequest request(QUrl::fromEncoded(address));
    request.setHeader(QNetworkRequest::ContentTypeHeader, "application/json");
    QNetworkReply *reply = method == "GET"    ? manager->get(request)
                           : method == "POST" ? manager->post(request, QByteArray("{}"))
                           : method == "PUT"  ? manager->put(request, QByteArray("{}"))
                                              : manager->deleteResource(request);
    QEventLoop loop;
    QObject::connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
    loop.exec();
    return reply;
}

int main(int count, char **arguments) {
    QCoreApplication application(count, arguments);
    manager = new QNetworkAccessManager;
    if (count > 3) send("GET", arguments[3]);
    auto reply = send(arguments[1], arguments[2]);
    if (reply->error() != QNetworkReply::NoError) std::cout << "an error\n";
    else std::cout << reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() << " " << reply->readAll().toStdString()
                   << " " << reply->rawHeader("Link").toStdString() << "\n";
}
CPP
cat >cpprest.cpp <<'CPP'
#include <cpprest/http_client.h>
#include <iostream>
#include <string>

int main(int count, char **arguments) try {
    std::string address = arguments[2];
    auto split = address.find('/', 8);
    web::http::client::http_client client(address.substr(0, split));
    auto send = [&](const std::string &method, const std::string &path) {
        web::http::http_request request(method);
        request.set_request_uri(path);
        if (method == "POST" || method == "PUT") request.set_body("{}", "application/json");
        auto response = client.request(request).get();
        return std::make_pair(response, response.extract_string(true).get());
    };
    if (count > 3) send("GET", std::string(arguments[3]).substr(split));
    auto response = send(arguments[1], address.substr(split));
    std::cout << response.first.status_code() << " " << response.second << " " << response.first.headers()["Link"] << "\n";
} catch (const std::exception &) {
    std::cout << "an error\n";
}
CPP
cat >poco.cpp <<'CPP'
#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/StreamCopier.h>
#include <Poco/URI.h>
#include <iostream>

using namespace Poco::Net;

int main(int count, char **arguments) try {
    Poco::URI address(arguments[2]);
    HTTPClientSession session(address.getHost(), address.getPort());
    session.setKeepAlive(true);
    HTTPResponse response;
    auto send = [&](const std::string &method, const Poco::URI &address) {
        HTTPRequest request(method, address.getPathAndQuery(), HTTPMessage::HTTP_1_1);
        bool writes = method == "POST" || method == "PUT";
        if (writes) request.setContentLength(2);
        auto &output = session.sendRequest(request);
        if (writes) output << "{}";
        std::string text;
        Poco::StreamCopier::copyToString(session.receiveResponse(response), text);
        return text;
    };
    if (count > 3) send("GET", Poco::URI(arguments[3]));
    auto text = send(arguments[1], address);
    std::cout << response.getStatus() << " " << text << " " << response.get("Link", "") << "\n";
} catch (const Poco::Exception &) {
    std::cout << "an error\n";
}
CPP
cat >httplib.cpp <<'CPP'
#include <httplib.h>
#include <iostream>

int main(int count, char **arguments) {
    std::string address = arguments[2];
    auto split = address.find('/', 8);
    httplib::Client client(address.substr(0, split));
    client.set_keep_alive(true);
    client.set_read_timeout(1, 0);
    auto send = [&](const std::string &method, const std::string &path) {
        return method == "GET"    ? client.Get(path)
               : method == "POST" ? client.Post(path, "{}", "application/json")
               : method == "PUT"  ? client.Put(path, "{}", "application/json")
                                  : client.Delete(path);
    };
    if (count > 3) send("GET", std::string(arguments[3]).substr(split));
    auto result = send(arguments[1], address.substr(split));
    if (!result) std::cout << "an error\n";
    else std::cout << result->status << " " << result->body << " " << result->get_header_value("Link") << "\n";
}
CPP
cat >libsoup.c <<'C'
#include <libsoup/soup.h>
#include <stdio.h>
#include <string.h>

static GBytes *send(SoupSession *session, const char *method, const char *address, SoupMessage **message) {
    *message = soup_message_new(method, address);
    if (!strcmp(method, "POST") || !strcmp(method, "PUT"))
        soup_message_set_request_body_from_bytes(*message, "application/json", g_bytes_new("{}", 2));
    return soup_session_send_and_read(session, *message, NULL, NULL);
}

int main(int count, char **arguments) {
    SoupSession *session = soup_session_new();
    SoupMessage *message;
    if (count > 3) send(session, "GET", arguments[3], &message);
    GBytes *body = send(session, arguments[1], arguments[2], &message);
    if (!body) return puts("an error") < 0;
    const char *link = soup_message_headers_get_one(soup_message_get_response_headers(message), "Link");
    printf("%d %.*s %s\n", soup_message_get_status(message), (int)g_bytes_get_size(body),
           (const char *)g_bytes_get_data(body, NULL), link ? link : "");
    return 0;
}
C
include=$folder/root/usr/include libraries=$folder/root/usr/lib/x86_64-linux-gnu
compile() { nice "$1" -w -fPIC -I"$include" -I"$include/x86_64-linux-gnu" "${@:2}" -Wl,--allow-shlib-undefined -pthread; }
qt=$include/x86_64-linux-gnu/qt5
compile g++ -std=c++14 qt.cpp -o Qt -I"$qt" -I"$qt/QtCore" -I"$qt/QtNetwork" -L"$libraries" -l:libQt5Core.so.5 \
    -l:libQt5Network.so.5
compile g++ -std=c++14 cpprest.cpp -o cpprest -L"$libraries" -l:libcpprest.so.2.10 -l:libboost_system.so.1.74.0 \
    -l:libboost_thread.so.1.74.0 -l:libssl.so.3 -l:libcrypto.so.3
compile g++ -std=c++14 poco.cpp -o POCO -L"$libraries" -l:libPocoNet.so.80 -l:libPocoFoundation.so.80
compile g++ -std=c++14 httplib.cpp -o cpp-httplib -DCPPHTTPLIB_OPENSSL_SUPPORT -DCPPHTTPLIB_ZLIB_SUPPORT \
    -DCPPHTTPLIB_BROTLI_SUPPORT -L"$libraries" -l:libcpp-httplib.so.0.11
compile gcc libsoup.c -o libsoup -I"$include/libsoup-3.0" -I"$include/glib-2.0" -I"$libraries/glib-2.0/include" \
    -L"$libraries" -l:libsoup-3.0.so.0 -l:libgio-2.0.so.0 -l:libgobject-2.0.so.0 -l:libglib-2.0.so.0
LD_LIBRARY_PATH=$libraries nice python3 - <<'PYTHON'
import subprocess, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

NAMES = ["Qt", "cpprest", "POCO", "cpp-httplib", "libsoup"]
arrived = []


class Handler(BaseHTTPRequestHandler):
    """The first part of the path says how the org responds."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def part(self, *lines):
        self.wfile.write("\r\n".join(lines).encode())
        self.close_connection = True

    def do_any(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        name = self.path[1:]
        if name != "before":
            arrived.append(f"{self.command} {name}")
        if name == "lost" or name == "once" and len(arrived) == 1:
            self.close_connection = True
            return
        if name == "half":
            return self.part("HTTP/1.1 200 OK", "Content-Length: 12", "", "[1,2")
        if name == "chunk":
            return self.part("HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "", "4", "[1,2", "")
        if name == "hints":
            self.wfile.write(b"HTTP/1.1 103 Early Hints\r\n\r\n")
        self.send_response(int(name) if name.isdigit() else 200)
        if name in ("302", "307"):
            self.send_header("Location", "/200")
        if name == "links":
            self.send_header("Link", "<self>")
            self.send_header("Link", "<next>")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"[]")

    do_GET = do_POST = do_PUT = do_DELETE = do_any


class Server(ThreadingHTTPServer):
    def handle_error(self, *arguments):
        pass


server = Server(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
org = f"http://127.0.0.1:{server.server_port}/"
ONE, TWO, GET = ["{}"] * 5, ["{0}, {0}"] * 5, "{0}, GET 200"
ERROR, LIST = ["an error"] * 5, ["200 []"] * 5
# For each request: what each client sends (`{0}` is the request), and what it returns. `kept`: the connection is used before.
CASES = {
    "POST lost": (TWO[:1] + ONE[1:], ERROR),
    "DELETE lost": (TWO[:1] + ONE[1:], ERROR),
    "POST lost kept": (TWO[:2] + ONE[2:], ERROR),
    "DELETE lost kept": (TWO[:2] + ONE[2:4] + TWO[:1], ERROR),
    "POST once": (TWO[:1] + ONE[1:], LIST[:1] + ERROR[1:]),
    "PUT 302": (["{0}", GET, "{0}", "{0}", GET], ["302 []", "200 []", "302 []", "302 []", "200 []"]),
    "DELETE 302": (["{0}", GET, "{0}", "{0}", GET], ["302 []", "200 []", "302 []", "302 []", "200 []"]),
    "PUT 307": (ONE, ["307 []"] * 5),
    "GET half": (ONE, ["an error", "an error", "200 [1,2", "an error", "an error"]),
    "GET chunk": (ONE, ["an error", "an error", "200 [1,2", "an error", "200 [1,2"]),
    "GET hints": (ONE, ["103", "103", "103", "an error", "200 []"]),
    "GET ada%2Fb?q=a+b": (["{0}", "{0}", "GET ada/b?q=a+b", "GET ada%2Fb?q=a%2Bb", "{0}"], LIST),
    "GET links": (ONE, ["200 [] <self>, <next>", "200 [] <self>, <next>", "200 [] <self>", "200 [] <self>", "200 [] <next>"]),
}
failed = False
for case, (requests, results) in CASES.items():
    for name, request, result in zip(NAMES, requests, results):
        method, path, *kept = case.split()
        arrived.clear()
        output = subprocess.run(["./" + name, method, org + path] + [org + "before" for _ in kept], capture_output=True, text=True,
                                timeout=60)
        seen = ", ".join(arrived) + " -> " + output.stdout.strip()
        print(f"{name}, {case}: {seen}")
        expected = request.format(f"{method} {path}") + " -> " + result
        if seen != expected:
            failed = True
            print(f"  changed: expected {expected}", file=sys.stderr)
sys.exit(failed)
PYTHON
