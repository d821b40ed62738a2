#!/usr/bin/env bash
# Do Java's HTTP clients send a write once and unchanged, and return Okta's `Link` fields?
#
# Versions, of Debian 12: OpenJDK 17.0.21.1 (HttpURLConnection and java.net.http), OkHttp 3.13.1, Apache HttpClient 4.5.14. Needs
# root for apt-get update; the packages are unpacked and not installed.
# Expected: A request without a response is an error, because the org may have carried it out. A DELETE of an active user
# deactivates it, and the second DELETE deletes it for ever. A redirected PUT or DELETE keeps its method.
# Seen with each client's defaults, if the connection ends without a response:
# - HttpURLConnection sends a POST and a DELETE twice, even as the first request of a connection.
# - OkHttp sends a POST and a DELETE twice if the connection has been used before.
# - Apache HttpClient sends a DELETE four times. It sends a POST once. java.net.http sends each once.
# Seen with responses:
# - OkHttp sends a POST again after a 408 and after a 503 with `Retry-After: 0`. It does not retry any other 503.
# - OkHttp follows a 302 after a PUT or DELETE with a GET, and reports 200. It does not follow a 307 after a PUT, and reports
#   307 without an error. Apache HttpClient's LaxRedirectStrategy follows a 302 after a DELETE with a GET.
# - HttpURLConnection and OkHttp return the last of two `Link` fields, and the other two the first. HttpURLConnection returns
#   the list of both in reverse order. It does not follow a 308, and refuses PATCH.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download openjdk-17-jre-headless openjdk-17-jdk-headless libokhttp-java libokio-java \
    libhttpclient-java libhttpcore-java libcommons-logging-java libcommons-codec-java
for package in *.deb; do
    echo "${package%_*}"
    dpkg -x "$package" "$folder/root"
done | sed 's/%3a/:/' > "$folder/versions"
for version in openjdk-17-jdk-headless_17.0.21 libokhttp-java_3.13.1 libhttpclient-java_4.5.14; do
    grep -q "^$version" "$folder/versions" || { echo "skipped: this needs $version, and another version is served"; exit 0; }
done
java=$folder/root/usr/lib/jvm/java-17-openjdk-amd64
find "$java" -lname '/etc/java-17-openjdk/*' | while read -r link; do
    ln -sfn "$folder/root$(readlink "$link")" "$link"
done
cat > Requests.java <<'JAVA'
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.apache.http.client.methods.RequestBuilder;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.impl.client.LaxRedirectStrategy;
import org.apache.http.util.EntityUtils;

public class Requests {
    interface Client {
        /** Returns the status and the first `Link` field, as the client gives it by name. */
        String send(String method, String address) throws Exception;
    }

    static String body(String method) {
        return method.equals("GET") || method.equals("DELETE") ? null : "{}";
    }

    static String connection(String method, String address) throws Exception {
        var connection = (HttpURLConnection) new URL(address).openConnection();
        connection.setRequestMethod(method);
        if (body(method) != null) {
            connection.setDoOutput(true);
            connection.getOutputStream().write(body(method).getBytes());
        }
        int status = connection.getResponseCode();
        InputStream stream = status < 400 ? connection.getInputStream() : connection.getErrorStream();
        stream.readAllBytes();
        var links = connection.getHeaderFields().get("Link");
        return status + " " + connection.getHeaderField("Link") + (links == null ? "" : " of " + links);
    }

    static Client jdk() {
        var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NORMAL).build();
        return (method, address) -> {
            var content = body(method) == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body(method));
            var request = java.net.http.HttpRequest.newBuilder(URI.create(address)).method(method, content).build();
            var response = client.send(request, BodyHandlers.ofString());
            return response.statusCode() + " " + response.headers().firstValue("Link").orElse(null);
        };
    }

    static Client okHttp() {
        var client = new OkHttpClient();
        return (method, address) -> {
            var content = body(method) == null ? null : RequestBody.create(null, body(method));
            try (var response = client.newCall(new Request.Builder().url(address).method(method, content).build()).execute()) {
                response.body().string();
                return response.code() + " " + response.header("Link");
            }
        };
    }

    static Client apache(CloseableHttpClient client) {
        return (method, address) -> {
            var request = RequestBuilder.create(method).setUri(address);
            if (body(method) != null) {
                request.setEntity(new StringEntity(body(method)));
            }
            try (var response = client.execute(request.build())) {
                EntityUtils.consume(response.getEntity());
                var link = response.getFirstHeader("Link");
                return response.getStatusLine().getStatusCode() + " " + (link == null ? null : link.getValue());
            }
        };
    }

    public static void main(String[] arguments) {
        String[] names = {"HttpURLConnection", "java.net.http", "OkHttp", "Apache", "Apache-Lax"};
        for (String test : arguments[1].split(",")) {
            String[] parts = test.split(" ");
            for (String name : names) {
                Client client = switch (name) {
                    case "HttpURLConnection" -> Requests::connection;
                    case "java.net.http" -> jdk();
                    case "OkHttp" -> okHttp();
                    case "Apache" -> apache(HttpClients.createDefault());
                    default -> apache(HttpClients.custom().setRedirectStrategy(new LaxRedirectStrategy()).build());
                };
                String seen;
                try {
                    if (parts.length > 2) {
                        client.send("GET", arguments[0] + "/200?before");
                    }
                    seen = client.send(parts[0], arguments[0] + "/" + parts[1] + "?" + name + parts.length);
                } catch (Exception error) {
                    seen = "error";
                }
                System.out.println(test + "," + name + "," + seen);
            }
        }
        System.exit(0);
    }
}
JAVA
nice python3 - "$java/bin/java" "$folder/root/usr/share/java" <<'PYTHON'
import collections, subprocess, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

java, jars = sys.argv[1:]
arrived = collections.defaultdict(list)


class Handler(BaseHTTPRequestHandler):
    """The last part of the path says how the org responds; the query names the client."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def do_any(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        path, client = self.path.split("?")
        arrived[client].append(self.command)
        if path == "/lost":
            self.close_connection = True
            return
        self.send_response(int(path[1:4]))
        if path.startswith("/30"):
            self.send_header("Location", f"/200?{client}")
        if path == "/503-0":
            self.send_header("Retry-After", "0")
        if path == "/200":
            self.send_header("Link", "<self>")
            self.send_header("Link", "<next>")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"[]")

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = do_any


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
NAMES = ["HttpURLConnection", "java.net.http", "OkHttp", "Apache", "Apache-Lax"]
FIELDS = ["<next> of [<next>, <self>]", "<self>", "<next>", "<self>", "<self>"]
SAME = ["200 " + field for field in FIELDS]
# For each test: the requests that the org got from each client, and what the client returned.
tests = {
    "POST lost": ([2, 1, 1, 1, 1], ["error"] * 5),
    "DELETE lost": ([2, 1, 1, 4, 4], ["error"] * 5),
    "POST lost kept": ([2, 1, 2, 1, 1], ["error"] * 5),
    "DELETE lost kept": ([2, 1, 2, 4, 4], ["error"] * 5),
    "POST 408": ([1, 1, 2, 1, 1], ["408 null"] * 5),
    "POST 503-0": ([1, 1, 2, 1, 1], ["503 null"] * 5),
    "POST 503": ([1] * 5, ["503 null"] * 5),
    "GET 200": ([1] * 5, SAME),
    "PUT 302": (["PUT PUT", "PUT PUT", "PUT GET", 1, 1], SAME[:3] + ["302 null"] * 2),
    "DELETE 302": (["DELETE DELETE", "DELETE DELETE", "DELETE GET", 1, "DELETE GET"], SAME[:3] + ["302 null"] + SAME[4:]),
    "PUT 307": (["PUT PUT", "PUT PUT", 1, 1, 1], SAME[:2] + ["307 null"] * 3),
    "GET 308": ([1, "GET GET", "GET GET", "GET GET", "GET GET"], ["308 null"] + SAME[1:]),
    "PATCH 200": ([0, 1, 1, 1, 1], ["error"] + SAME[1:]),
}
failed = False
for test, (requests, results) in tests.items():
    arrived.clear()
    output = subprocess.run([java, "-cp", jars + "/*", "Requests.java", f"http://127.0.0.1:{server.server_port}", test],
                            capture_output=True, text=True, timeout=60)
    if output.returncode != 0:
        sys.exit(output.stderr)
    seen = {line.split(",", 2)[1]: line.split(",", 2)[2] for line in output.stdout.splitlines()}
    for name, count, result in zip(NAMES, requests, results):
        got = arrived[name + str(len(test.split()))]
        method = test.split()[0]
        expected = count if isinstance(count, str) else " ".join([method] * count)
        print(f"{test}, {name}: sent {' '.join(got) or 'nothing'}; returned {seen[name]}")
        if " ".join(got) != expected or seen[name] != result:
            failed = True
            print(f"  changed: expected {expected}; {result}", file=sys.stderr)
sys.exit(failed)
PYTHON
