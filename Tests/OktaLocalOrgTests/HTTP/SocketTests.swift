#if LocalOrg
import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: HTTP as clients write it")
struct SocketTests {
    private func org(_ run: (LocalOrg) async throws -> Void) async throws {
        let org = try await LocalOrg.start()
        try await run(org)
        await org.stop()
    }

    @Test("HTTP: HEAD is GET without a body, an unsupported method is 405 E0000022, an unknown path is 404 with a body")
    func knowsMethods() async throws {
        try await org { org in
            let head = try await RawHTTP.get(org, "/api/v1/users?limit=1", method: "HEAD")
            #expect(head.status == 200 && head.body.isEmpty)
            #expect(head.fields("x-okta-request-id").count == 1 && head.fields("link").count == 1)
            // The length is that of the body for GET.
            #expect(head.fields("content-length").first.flatMap { Int($0) } ?? 0 > 100)
            for method in ["PATCH", "DELETE", "PUT", "OPTIONS"] {
                let wrong = try await RawHTTP.get(org, "/api/v1/users", method: method)
                #expect(wrong.status == 405, "\(method)")
                #expect(wrong.json?.text("errorCode") == "E0000022", "\(method)")
            }
            let unknown = try await RawHTTP.get(org, "/api/v1/nothing/here")
            #expect(unknown.status == 404 && unknown.json?.text("errorCode") == "E0000007")
        }
    }

    @Test("HTTP: each response has a date, a request id, the limits, and two separate Link fields")
    func hasFields() async throws {
        try await org { org in
            org.seed(users: 3)
            for target in ["/api/v1/users?limit=1", "/api/v1/users/nobody", "/nothing"] {
                let response = try await RawHTTP.get(org, target)
                for name in [
                    "date", "x-okta-request-id", "x-rate-limit-limit", "x-rate-limit-remaining", "x-rate-limit-reset",
                ] {
                    #expect(response.fields(name).count == 1, "\(name) of \(target)")
                }
                #expect(response.isComplete)
            }
            #expect(try await RawHTTP.get(org, "/api/v1/users?limit=1").fields("link").count == 2)
        }
    }

    @Test(
        "HTTP: segments are decoded once, a plus in the query is a space, and the first of repeated parameters counts")
    func decodes() async throws {
        try await org { org in
            let body =
                #"{"profile":{"login":"a+b/c%d@example.com","email":"a@example.com","firstName":"Ä","lastName":"B C"}}"#
            let head = "POST /api/v1/users HTTP/1.1\r\n\(RawHTTP.fields)Content-Type: application/json\r\n"
            let created = try await RawHTTP.send(
                org, ["\(head)Connection: close\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"])
            #expect(created.status == 200)
            let id = created.json?.text("id") ?? ""
            for target in ["/api/v1/users/a%2Bb%2Fc%25d%40example.com", "/api/v1/users/a+b%2fc%25d@example.com"] {
                #expect(try await RawHTTP.get(org, target).json?.text("id") == id, "\(target)")
            }
            let found = { (query: String) in
                try await RawHTTP.get(org, "/api/v1/users?\(query)").json?.elements?.compactMap { $0.text("id") }
            }
            #expect(try await found("search=profile.lastName+eq+%22B+C%22") == [id])
            #expect(try await found("search=profile.lastName%20eq%20%22B%20C%22") == [id])
            #expect(try await found("search=profile.login+eq+%22a%2Bb/c%25d@example.com%22") == [id])
            #expect(try await found("search=profile.login+eq+%22a+b/c%25d@example.com%22") == [])
            #expect(try await found("search=profile.lastName+eq+%22B+C%22&search=profile.lastName+eq+%22x%22") == [id])
        }
    }

    @Test("HTTP: trailing and double slashes make no difference")
    func ignoresSlashes() async throws {
        try await org { org in
            for target in ["/api/v1/users/me/", "//api/v1/users/me", "/api/v1/users/", "/api/v1//groups"] {
                let response = try await RawHTTP.get(org, target)
                #expect(response.status == 200, "\(target)")
            }
        }
    }

    @Test("HTTP: a body may wait for 100-continue, be chunked, and end with a half-closed connection")
    func takesBodies() async throws {
        try await org { org in
            let head = "POST /api/v1/groups HTTP/1.1\r\n\(RawHTTP.fields)Content-Type: application/json\r\n"
            let body = #"{"profile":{"name":"A"}}"#
            let expecting = try await RawHTTP.send(
                org,
                [
                    "\(head)Connection: close\r\nExpect: 100-continue\r\nContent-Length: \(body.utf8.count)\r\n\r\n",
                    body,
                ],
                awaited: "100 Continue")
            #expect(expecting.text.contains("HTTP/1.1 200 OK"))
            let chunked = try await RawHTTP.send(
                org,
                [
                    "\(head)Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n",
                    "a\r\n{\"profile\"\r\n", "e\r\n:{\"name\":\"B\"}}\r\n", "0\r\n\r\n",
                ])
            #expect(chunked.status == 200 && chunked.json?.text("profile.name") == "B")
            // The response arrives although this end is closed for writing.
            let closed = try await RawHTTP.send(
                org, ["GET /api/v1/groups HTTP/1.1\r\n\(RawHTTP.fields)\r\n"], closes: true)
            #expect(closed.status == 200 && closed.json?.count == 4)
            // The body ends too early, so nothing is created from it.
            _ = try await RawHTTP.send(
                org, ["\(head)Content-Length: 500\r\n\r\n{\"profile\":{\"name\":\"C\"}}"], closes: true)
            #expect(try await RawHTTP.get(org, "/api/v1/groups?q=C").json?.count == 0)
            let empty = try await RawHTTP.send(
                org,
                [
                    "POST /api/v1/users/me/lifecycle/reset_factors HTTP/1.1\r\n\(RawHTTP.fields)"
                        + "Content-Type: application/octet-stream\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                ])
            #expect(empty.status == 200)
        }
    }

    @Test("HTTP: overlong request lines and invalid requests get an ordinary error")
    func refusesUnreadable() async throws {
        try await org { org in
            let long = String(repeating: "a", count: 100_000)
            for text in [
                "GET /api/v1/users?q=\(long) HTTP/1.1\r\n\(RawHTTP.fields)\r\n",
                "GET /api/v1/users HTTP/1.1\r\n\(RawHTTP.fields)X-Long: \(long)\r\n\r\n", "NONSENSE\r\n\r\n",
            ] {
                let response = try await RawHTTP.send(org, [text])
                #expect(response.status == 400 && response.json?.text("errorCode") == "E0000001", "\(text.prefix(40))")
                #expect(response.json?.text("errorId")?.hasPrefix("oae") == true)
                #expect(response.fields("x-okta-request-id").count == 1)
            }
            #expect(try await RawHTTP.get(org, "/api/v1/users").status == 200)
        }
    }

    @Test("HTTP: a request needs one Host, and an absolute target takes precedence")
    func needsHost() async throws {
        try await org { org in
            let end = "Authorization: SSWS any\r\nConnection: close\r\n\r\n"
            let line = "GET /api/v1/users?limit=1 HTTP/1.1\r\n"
            for hosts in ["", "Host: a.example\r\nHost: b.example\r\n", "Host:\r\n"] {
                let response = try await RawHTTP.send(org, [line + hosts + end])
                #expect(response.status == 400 && response.json?.text("errorCode") == "E0000001", "\(hosts)")
                #expect(response.isComplete)
            }
            let whole = "GET http://a.example/api/v1/users?limit=1 HTTP/1.1\r\nHost: b.example\r\n"
            let response = try await RawHTTP.send(org, [whole + end])
            #expect(response.status == 200)
            #expect(response.json?.elements?.count == 1)
            #expect(response.fields("link").first?.hasPrefix("<http://a.example/api/v1/users?limit=1>") == true)
            let named = "GET http://ada@a.example/api/v1/users HTTP/1.1\r\nHost: b.example\r\n"
            #expect(try await RawHTTP.send(org, [named + end]).status == 400)
        }
    }

    @Test("HTTP: pipelined requests get their responses in order")
    func pipelines() async throws {
        try await org { org in
            let request = { (path: String, end: String) in "GET \(path) HTTP/1.1\r\n\(RawHTTP.fields)\(end)\r\n" }
            let response = try await RawHTTP.send(
                org,
                [
                    request("/api/v1/users/me", "") + request("/api/v1/groups", "")
                        + request("/api/v1/users/nobody", "Connection: close\r\n")
                ])
            let statuses = response.text.split(separator: "HTTP/1.1 ").map { $0.prefix(3) }
            #expect(statuses == ["200", "200", "404"])
            #expect(
                org.requests.map(\.path).suffix(3) == ["/api/v1/users/me", "/api/v1/groups", "/api/v1/users/nobody"])
        }
    }
}
#endif
